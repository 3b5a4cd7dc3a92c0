import { ApplicationKind } from '../spark/application-kind';
import { onApplications, TOOL_RIGHTS, toolRights } from '../job-namespace/grants/submitter-rights';
import { DEBUG_RIGHTS } from '../job-namespace/grants/debug-rights';
import { GrantedRight } from '../job-namespace/grants/grant-book';
import {
  EVENT_RIGHTS,
  LOG_RIGHTS,
  VIEW_APPLICATION_RIGHTS,
  VIEW_POD_RIGHTS,
} from '../job-namespace/grants/view-rights';
import { OPERATE_RIGHTS } from '../job-namespace/grants/operate-rights';
import { Right } from '../job-namespace/identities/rights';
import { SubmitterTool } from '../job-namespace/grants/well-known-submitter';
import { AccessSubject } from '../access/rbac/access-question';
import { optionsArgument, quote, subjectExpression, variableOf } from './typescript';

/** One request, as far as grants know it. */
export interface GrantedRequest {
  readonly verb: string;
  readonly apiGroup: string;
  /** With its subresource after a slash. */
  readonly resource: string;
}

/** A call of `grants` and what it gives. */
export interface GrantOption {
  readonly method: GrantedRight;
  readonly options: readonly string[];
  readonly rights: readonly Right[];
  readonly tool?: SubmitterTool;
}

const METHOD_ADVICE: { readonly [method in GrantedRight]: string } = {
  view: 'if it should see applications, grant view; if it should also write them, grant submit in its place',
  operate:
    'if it should stop and delete applications, grant operate; if it should also create them, grant submit in its place',
  submit: 'if it should submit applications there, grant submit',
  debug:
    'if a person should look into pods, grant debug, in a namespace that allows it by Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)',
};

const GROUP = 'sparkoperator.k8s.io';
const READING = ['get', 'list', 'watch'];
/** Any right that only reads is less than one that writes. */
const COST_OF_WRITING = 1000;

/** What a text or an account's name says of the tool that asks. */
const TOOLS_OF_WORDS: readonly (readonly [RegExp, readonly SubmitterTool[]])[] = [
  [/trigger/i, [SubmitterTool.AIRFLOW_TRIGGERER, SubmitterTool.AIRFLOW, SubmitterTool.AIRFLOW_SENSOR]],
  [/airflow/i, [SubmitterTool.AIRFLOW, SubmitterTool.AIRFLOW_TRIGGERER, SubmitterTool.AIRFLOW_SENSOR]],
  [/argo(?!-?cd)|workflow/i, [SubmitterTool.ARGO_WORKFLOWS]],
];

/** The tools in the words of an advice. */
export const TOOL_NAMES: { readonly [tool in SubmitterTool]: string } = {
  [SubmitterTool.KUBECTL]: 'kubectl',
  [SubmitterTool.AIRFLOW]: "Airflow's SparkKubernetesOperator",
  [SubmitterTool.AIRFLOW_TRIGGERER]: "Airflow's triggerer",
  [SubmitterTool.AIRFLOW_SENSOR]: "Airflow's SparkKubernetesSensor",
  [SubmitterTool.ARGO_WORKFLOWS]: 'Argo Workflows',
};

/** The tools that the words name, most likely first. */
export function toolsTold(words: string): readonly SubmitterTool[] {
  return TOOLS_OF_WORDS.find(([word]) => word.test(words))?.[1] ?? [];
}

/**
 * The grant that covers a request and gives least beyond it and what the subject has already. A tool that the text names goes
 * first: with a smaller grant it would only fail at its next request. Tools other than kubectl count only where nothing else
 * covers the request.
 */
export function narrowestGrant(
  request: GrantedRequest,
  told: readonly SubmitterTool[],
  has: (request: GrantedRequest) => boolean,
): GrantOption | undefined {
  const likely = grantOptions(request, [...told, SubmitterTool.KUBECTL]).filter(({ rights }) =>
    covers(rights, request),
  );
  const all = grantOptions(request, Object.values(SubmitterTool)).filter(({ rights }) => covers(rights, request));
  const covering = likely.length > 0 ? likely : all;
  const cost = ({ rights }: GrantOption): number =>
    singleRights(rights)
      .filter((right) => !has(right))
      .reduce((sum, { verb }) => sum + (READING.includes(verb) ? 1 : COST_OF_WRITING), 0);
  const ofTools = told.flatMap((tool) => covering.find((option) => option.tool === tool) ?? []);
  return ofTools[0] ?? [...covering].sort((a, b) => cost(a) - cost(b))[0];
}

/** The grant of submit for the requested kind: for a tool that the text names, or else for kubectl. */
export function submitGrant(request: GrantedRequest | undefined, told: readonly SubmitterTool[]): GrantOption {
  const tools = [...told, SubmitterTool.KUBECTL];
  const options = tools.flatMap((tool) => submitOptions(tool, kindsOf(request?.resource)));
  return options.find(({ rights }) => request !== undefined && covers(rights, request)) ?? options[0];
}

/** When a grant is the right one. */
export function grantAdvice({ method, tool }: GrantOption, told: readonly SubmitterTool[]): string {
  if (tool === undefined) return METHOD_ADVICE[method];
  const asksFor = `it gives what ${TOOL_NAMES[tool]} asks for`;
  return told.includes(tool) || tool === SubmitterTool.KUBECTL
    ? `${METHOD_ADVICE[method]}; ${asksFor}`
    : `${TOOL_NAMES[tool]} asks for this: if it is that, grant submit; ${asksFor}`;
}

export function grantLine(
  namespace: string,
  subject: AccessSubject,
  { method, options }: GrantOption,
  chosenName?: string,
): string {
  const all = [
    ...options,
    ...(chosenName === undefined ? [] : [`name: ${quote(chosenName)}`]),
    ...(subject.namespace === 'default' ? ['inDefaultNamespace: true'] : []),
  ];
  return `${variableOf(namespace)}.grants.${method}(${subjectExpression(subject)}${optionsArgument(all)});`;
}

function grantOptions(request: GrantedRequest, tools: readonly SubmitterTool[]): GrantOption[] {
  const kinds = kindsOf(request.resource);
  const kindsOption = [`kinds: [${kinds.map(kindExpression).join(', ')}]`];
  const view = [...onApplications(VIEW_APPLICATION_RIGHTS, kinds), ...EVENT_RIGHTS];
  return [
    { method: 'view', options: [...kindsOption, 'logs: false'], rights: view },
    { method: 'view', options: kindsOption, rights: [...view, ...VIEW_POD_RIGHTS] },
    { method: 'operate', options: kindsOption, rights: onApplications(OPERATE_RIGHTS, kinds) },
    ...tools.flatMap((tool) => submitOptions(tool, kinds)),
    { method: 'debug', options: [], rights: DEBUG_RIGHTS },
  ];
}

function kindsOf(resource = ''): ApplicationKind[] {
  const kind = Object.values(ApplicationKind).find((name) => name === resource.split('/')[0]);
  return [kind ?? ApplicationKind.SPARK_APPLICATION];
}

function submitOptions(tool: SubmitterTool, kinds: ApplicationKind[]): GrantOption[] {
  const usual = TOOL_RIGHTS[tool].kinds;
  const options = [
    ...(tool === SubmitterTool.KUBECTL ? [] : [`tools: [${toolExpression(tool)}]`]),
    ...(usual.join() === kinds.join() ? [] : [`kinds: [${kinds.map(kindExpression).join(', ')}]`]),
  ];
  const rights = toolRights(tool, kinds);
  return [
    { method: 'submit', options, rights, tool },
    { method: 'submit', options: [...options, 'logs: true'], rights: [...rights, ...LOG_RIGHTS], tool },
  ];
}

function covers(rights: readonly Right[], { apiGroup, resource, verb }: GrantedRequest): boolean {
  return singleRights(rights).some(
    (right) => right.apiGroup === apiGroup && right.resource === resource && right.verb === verb,
  );
}

/** Each right alone, once. */
function singleRights(rights: readonly Right[]): GrantedRequest[] {
  const single = new Map<string, GrantedRequest>();
  for (const { apiGroups, resources, verbs } of rights) {
    for (const apiGroup of apiGroups) {
      for (const resource of resources) {
        for (const verb of verbs) single.set(`${apiGroup}/${resource} ${verb}`, { apiGroup, resource, verb });
      }
    }
  }
  return [...single.values()];
}

function kindExpression(kind: ApplicationKind): string {
  return `ApplicationKind.${keyOf(ApplicationKind, kind)}`;
}

function toolExpression(tool: SubmitterTool): string {
  return `SubmitterTool.${keyOf(SubmitterTool, tool)}`;
}

function keyOf(members: { readonly [key: string]: string }, value: string): string {
  return Object.keys(members).find((key) => members[key] === value) ?? '';
}

export function isApplication(resource: string, apiGroup?: string): boolean {
  return (
    (apiGroup === undefined || apiGroup === GROUP) &&
    (Object.values(ApplicationKind) as string[]).includes(resource.split('/')[0])
  );
}
