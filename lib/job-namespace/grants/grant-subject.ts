import { labelProblem } from '../../kubernetes/names';
import { GrantOptions } from './grant';
import { describeSubject, RbacSubject } from '../identities/subject';

/** What may be granted; a Role and its binding bear the name. */
export type GrantedRight = 'submit' | 'view' | 'operate' | 'debug';

/** The longest name of a Role: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const MAX_NAME_LENGTH = 253;

/** Subjects that stand for everybody, or that stand for nobody though they look so. */
const REFUSED: { readonly [subject: string]: string } = {
  'Group/system:authenticated': 'holds everybody with a credential of this cluster',
  'Group/system:unauthenticated': 'holds everybody without a credential',
  'Group/system:serviceaccounts': 'holds all pods of the cluster, drivers and executors too',
  'User/system:anonymous': 'is everybody without a credential',
  'Group/*': 'is a plain name in Kubernetes and matches nobody',
  'User/*': 'is a plain name in Kubernetes and matches nobody',
};

/** Why a subject cannot be granted a right in a namespace, whatever the namespace's own accounts are. */
export function subjectProblems(
  subject: RbacSubject,
  namespace: string,
  right: GrantedRight,
  { inDefaultNamespace = false }: GrantOptions,
): string[] {
  const { kind, name } = subject;
  const cannot = `${describeSubject(subject)} cannot be granted ${right}`;
  const refusal = REFUSED[`${kind}/${name}`];
  return [
    ...(name === '' ? [`the ${kind} to grant ${right} to has an empty name: name who it is`] : []),
    ...(['ServiceAccount', 'User', 'Group'].includes(kind)
      ? []
      : [`${cannot}: expected a service account, a user or a group`]),
    ...(refusal === undefined ? [] : [`${cannot}, it ${refusal}: grant to who really needs it`]),
    ...(kind === 'Group' && name === `system:serviceaccounts:${namespace}`
      ? [`${cannot}, it holds the drivers and executors of this namespace: grant to one account`]
      : []),
    ...defaultNamespaceProblems(subject, inDefaultNamespace),
  ];
}

function defaultNamespaceProblems(subject: RbacSubject, saidDefault: boolean): string[] {
  const what = describeSubject(subject);
  if (subject.kind === 'ServiceAccount' && subject.namespace === undefined) {
    return [
      `${what} has no namespace, so nobody can say which one it is: give it metadata.namespace, or its chart a namespace`,
    ];
  }
  if (subject.namespace === 'default' && !saidDefault) {
    return [
      `${what}: an imported account without a namespace looks the same; say namespaceName in ServiceAccount.fromServiceAccountName, or { inDefaultNamespace: true } if it really is there`,
    ];
  }
  if (subject.namespace !== 'default' && saidDefault) {
    return [`${what} is not in namespace "default": leave out inDefaultNamespace`];
  }
  return [];
}

/** The end of a grant's name; several subjects can have the same. */
export function readableName(subject: RbacSubject): string {
  const prefix = subject.kind === 'ServiceAccount' ? subject.namespace : subject.kind;
  return dnsName(`${prefix}-${subject.name}`);
}

function dnsName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** What is wrong with the name of a grant that starts with a prefix. */
export function grantNameProblems(
  subject: RbacSubject,
  right: GrantedRight,
  prefix: string,
  chosenName?: string,
): string[] {
  if (chosenName !== undefined) {
    const problem = labelProblem('the name of a grant', chosenName);
    return problem === undefined ? [] : [problem];
  }
  const what = describeSubject(subject);
  const remedy = `choose one with the option name of grants.${right}`;
  if (subject.name !== '' && dnsName(subject.name) === '') {
    return [`${what} has no letter a-z or digit to name its Role by: ${remedy}`];
  }
  const { length } = `${prefix}${readableName(subject)}`;
  return length <= MAX_NAME_LENGTH
    ? []
    : [
        `the Role of ${what} would have a name of ${length} characters; at most ${MAX_NAME_LENGTH} are possible: ${remedy}`,
      ];
}
