import { AccessQuestion, AccessSubject } from '../access/rbac/access-question';
import { ExplainedProgram, FoundIdentity } from './explained-program';
import { Explanation, Remedy } from './explanation';
import { ForbiddenRequest } from './forbidden-message';
import { GrantedRequest, isApplication } from './grant-remedy';
import { quote, variableOf } from './typescript';

/** A Forbidden message, who it is about, and what there is to look into. */
export interface ForbiddenCase {
  readonly request: ForbiddenRequest;
  readonly identity: FoundIdentity;
  readonly right: GrantedRequest;
  /** The namespace of the request: `''` is the whole cluster, `undefined` if not known. */
  readonly namespace?: string;
  readonly program: ExplainedProgram;
  /** The text, for what it says of the tool that asks. */
  readonly words: string;
}

/** What there is to say of a case, besides who asks for what. */
export type Verdict = Pick<Explanation, 'program' | 'advice' | 'remedies'>;

/** How to bring the cluster to what the program says. */
export const APPLY =
  'apply the manifests of the program: by the commands that npm run synth prints, or by a sync of Argo CD or Flux';

/** The right that a request takes; an old or cut text does not contain the API group. */
export function rightOf({ verb, resource = '', subresource, apiGroup }: ForbiddenRequest): GrantedRequest {
  return {
    verb,
    apiGroup: apiGroup ?? (isApplication(resource) ? 'sparkoperator.k8s.io' : ''),
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
  };
}

/** The request as a question to the program. */
export function questionOf({ request, right, namespace }: ForbiddenCase): AccessQuestion {
  const { user = '', verb, path, resource, subresource, name } = request;
  if (path !== undefined) return { user, verb, path };
  return { user, verb, apiGroup: right.apiGroup, resource, subresource, name, namespace };
}

/** The line that makes the construct of a namespace, where the program has none. */
export function declaration(namespace: string | undefined, program: ExplainedProgram): Remedy[] {
  if (namespace === undefined || namespace === '' || (program.isGiven && program.hasJobNamespace(namespace))) return [];
  return [
    {
      when: `if the program does not have the job namespace "${namespace}" yet`,
      code: `const ${variableOf(namespace)} = new SparkJobNamespace(chart, ${quote(namespace)});`,
    },
  ];
}

/** The line that makes a namespace whose drivers run as this account. */
export function namespaceOfDriver({ name, namespace = '' }: AccessSubject): Remedy {
  const account = `ServiceAccount.fromServiceAccountName(chart, ${quote(name)}, ${quote(name)}, { namespaceName: ${quote(namespace)} })`;
  const props = name === 'spark-driver' ? '' : `, { driverServiceAccount: ${account} }`;
  return { code: `const ${variableOf(namespace)} = new SparkJobNamespace(chart, ${quote(namespace)}${props});` };
}

/** What the variables in the lines stand for. */
export function variablesOf(remedies: readonly Remedy[] = [], namespace = ''): string | undefined {
  const code = remedies.map((remedy) => remedy.code).join('\n');
  const variable = variableOf(namespace);
  const of = namespace === '' ? 'the job namespace' : `the SparkJobNamespace "${namespace}"`;
  const names = [
    ...(code.includes(`${variable}.`) || code.includes(`(${variable})`) ? [`${variable} is ${of}`] : []),
    ...(code.includes('(chart,') ? ['chart is the chart to write it in'] : []),
    ...(code.includes('operator.') ? ['operator is the SparkOperator'] : []),
    ...(/\(subject[,)]/.test(code) ? ['subject is who asks'] : []),
  ];
  return names.length === 0 ? undefined : names.join(', ');
}
