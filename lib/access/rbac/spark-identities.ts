import { AccessSubject } from './access-question';
import { writesApplications, isOnApplications } from './rbac-rules';
import { fieldOf, textOf } from '../../manifests/manifest-fields';
import { labelOf, nameOf, namespaceOf } from '../../manifests/manifest-names';
import { Manifest, SourcedManifest } from '../../manifests/manifest-source';
import { RbacPolicy } from './rbac-policy';
import { describeSubject, normalSubject, subjectKey } from './rbac-subjects';

/** What an identity does for Spark. */
export type SparkRole = 'operator-controller' | 'operator-webhook' | 'submitter' | 'driver' | 'executor';

/** An account, user or group, and what it does. One that does several things is several identities. */
export interface SparkIdentity {
  readonly role: SparkRole;
  readonly subject: AccessSubject;
  /** The namespaces of the jobs that it has to do with, sorted; `''` is all namespaces. */
  readonly namespaces: readonly string[];
}

const GROUP = 'sparkoperator.k8s.io';
const LABEL = 'app.kubernetes.io';
const OPERATOR_ROLES: readonly SparkRole[] = ['operator-controller', 'operator-webhook'];
const ORDER: readonly SparkRole[] = [...OPERATOR_ROLES, 'submitter', 'driver', 'executor'];

/** Whether it is an account of the operator, and not of a job or a submitter. */
export function isOfOperator(role: SparkRole): boolean {
  return OPERATOR_ROLES.includes(role);
}

interface Found {
  readonly role: SparkRole;
  readonly subject: AccessSubject;
  readonly namespace?: string;
}

/**
 * Who is who in the manifests of a program or a cluster: by the labels of this library and of the operator's chart, by the
 * accounts that applications name, and by rights to write applications.
 */
export function sparkIdentities(policy: RbacPolicy, manifests: readonly SourcedManifest[]): SparkIdentity[] {
  const objects = manifests.map(({ manifest }) => manifest);
  const bound = boundSubjects(policy);
  const operators = objects.flatMap(operatorAccount);
  const isOperator = (subject: AccessSubject): boolean =>
    operators.some((operator) => subjectKey(operator.subject) === subjectKey(subject));

  return merge([
    ...operators,
    ...operators.flatMap(({ role, subject }) =>
      bound
        .filter((other) => subjectKey(other.subject) === subjectKey(subject))
        .map(({ namespace }) => ({ role, subject, namespace })),
    ),
    ...bound
      .filter(({ subject, writes }) => writes && !isOperator(subject))
      .map(({ subject, namespace }): Found => ({ role: 'submitter', subject, namespace })),
    ...objects.flatMap(labelledAccount),
    ...labelledSubjects(policy),
    ...objects.flatMap(accountsOfApplication),
  ]);
}

function operatorAccount(object: Manifest): Found[] {
  const { kind } = object;
  if (kind !== 'Deployment' && kind !== 'ServiceAccount') return [];
  const role = operatorRole(object);
  const namespace = namespaceOf(object);
  const name = kind === 'ServiceAccount' ? nameOf(object) : accountOfPod(fieldOf(object, 'spec', 'template', 'spec'));
  return role === undefined || name === undefined ? [] : [{ role, subject: account(namespace, name) }];
}

function operatorRole(object: Manifest): SparkRole | undefined {
  const component = label(object, 'name') === 'spark-operator' ? label(object, 'component') : undefined;
  if (component === 'controller' || nameOf(object) === 'spark-operator-controller') return 'operator-controller';
  if (component === 'webhook' || nameOf(object) === 'spark-operator-webhook') return 'operator-webhook';
  return undefined;
}

function labelledAccount(object: Manifest): Found[] {
  if (object.kind !== 'ServiceAccount' || label(object, 'name') !== 'spark-job-namespace') return [];
  const component = label(object, 'component');
  const namespace = namespaceOf(object);
  if (component !== 'driver' && component !== 'executor') return [];
  return [{ role: component, subject: account(namespace, nameOf(object)), namespace }];
}

/** Drivers that are only named in the binding of their Role. */
function labelledSubjects({ bindings }: RbacPolicy): Found[] {
  return bindings
    .filter(
      ({ kind, labels }) =>
        kind === 'RoleBinding' &&
        labels.get(`${LABEL}/name`) === 'spark-job-namespace' &&
        labels.get(`${LABEL}/component`) === 'driver',
    )
    .flatMap(({ subjects, namespace }) =>
      subjects.map((subject): Found => ({ role: 'driver', subject: normalSubject(subject), namespace })),
    );
}

function accountsOfApplication(object: Manifest): Found[] {
  if (!textOf(object, 'apiVersion')?.startsWith(`${GROUP}/`)) return [];
  const namespace = namespaceOf(object);
  const spec = object.kind === 'ScheduledSparkApplication' ? fieldOf(object, 'spec', 'template') : object.spec;
  // A pod without an account runs as "default"; executors without one run as their driver.
  const driver = accountOfRole(spec, object.kind === 'SparkConnect' ? 'server' : 'driver') ?? 'default';
  const executor = accountOfRole(spec, 'executor') ?? driver;
  return [
    { role: 'driver', subject: account(namespace, driver), namespace },
    { role: 'executor', subject: account(namespace, executor), namespace },
  ];
}

function accountOfRole(spec: unknown, role: string): string | undefined {
  return textOf(spec, role, 'serviceAccount') ?? accountOfPod(fieldOf(spec, role, 'template', 'spec'));
}

function accountOfPod(spec: unknown): string | undefined {
  return textOf(spec, 'serviceAccountName') ?? textOf(spec, 'serviceAccount');
}

interface BoundSubject {
  readonly subject: AccessSubject;
  readonly namespace: string;
  readonly writes: boolean;
}

/** Every subject with a right on applications, once for each binding. */
function boundSubjects(policy: RbacPolicy): BoundSubject[] {
  return policy.namespaces.flatMap((namespace) =>
    policy.grantsIn(namespace).flatMap(({ subject, rules }) => {
      const onApplications = rules.filter(({ rule }) => isOnApplications(rule));
      if (onApplications.length === 0) return [];
      return [{ subject, namespace, writes: onApplications.some(({ rule }) => writesApplications(rule)) }];
    }),
  );
}

/** One identity for each role and subject, with all its namespaces. */
function merge(found: readonly Found[]): SparkIdentity[] {
  const identities = new Map<string, { role: SparkRole; subject: AccessSubject; namespaces: Set<string> }>();
  for (const { role, subject, namespace } of found) {
    const key = `${ORDER.indexOf(role)} ${describeSubject(subject)}`;
    const identity = identities.get(key) ?? { role, subject, namespaces: new Set<string>() };
    if (namespace !== undefined) identity.namespaces.add(namespace);
    identities.set(key, identity);
  }
  return [...identities]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { role, subject, namespaces }]) => ({ role, subject, namespaces: [...namespaces].sort() }));
}

function account(namespace: string, name: string): AccessSubject {
  return { kind: 'ServiceAccount', name, namespace };
}

function label(object: Manifest, name: string): string | undefined {
  return labelOf(object, `${LABEL}/${name}`);
}
