import { AccessSubject } from './access-question';
import { fieldOf, listOf, textOf, textsOf } from '../../manifests/manifest-fields';
import { Manifest, SourcedManifest } from '../../manifests/manifest-source';

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
const KINDS = ['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'];
const WRITING = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const OPERATOR_ROLES: readonly SparkRole[] = ['operator-controller', 'operator-webhook'];
const ORDER: readonly SparkRole[] = [...OPERATOR_ROLES, 'submitter', 'driver', 'executor'];

interface Found {
  readonly role: SparkRole;
  readonly subject: AccessSubject;
  readonly namespace?: string;
}

/**
 * Who is who in the manifests of a program or a cluster: by the labels of this library and of the operator's chart, by the
 * accounts that applications name, and by rights to write applications.
 */
export function sparkIdentities(manifests: readonly SourcedManifest[]): SparkIdentity[] {
  const objects = manifests.map(({ manifest }) => manifest);
  const bound = boundSubjects(objects);
  const operators = objects.flatMap(operatorAccount);
  const isOperator = (subject: AccessSubject): boolean =>
    operators.some((operator) => keyOf(operator.subject) === keyOf(subject));

  return merge([
    ...operators,
    ...operators.flatMap(({ role, subject }) =>
      bound
        .filter((other) => keyOf(other.subject) === keyOf(subject))
        .map(({ namespace }) => ({ role, subject, namespace })),
    ),
    ...bound
      .filter(({ subject, writes }) => writes && !isOperator(subject))
      .map(({ subject, namespace }): Found => ({ role: 'submitter', subject, namespace })),
    ...objects.flatMap(labelledAccount),
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

/** The accounts of a job namespace, also those that are only named in the binding of its drivers' Role. */
function labelledAccount(object: Manifest): Found[] {
  if (label(object, 'name') !== 'spark-job-namespace') return [];
  const component = label(object, 'component');
  const namespace = namespaceOf(object);
  if (object.kind === 'ServiceAccount' && (component === 'driver' || component === 'executor')) {
    return [{ role: component, subject: account(namespace, nameOf(object)), namespace }];
  }
  if (object.kind === 'RoleBinding' && component === 'driver') {
    return subjectsOf(object).map((subject) => ({ role: 'driver', subject, namespace }));
  }
  return [];
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

/** Every subject with a right on applications, by the rules that its role is written with. */
function boundSubjects(objects: readonly Manifest[]): BoundSubject[] {
  const roles = new Map<string, Manifest>();
  for (const object of objects) {
    if (object.kind === 'Role') roles.set(`Role/${namespaceOf(object)}/${nameOf(object)}`, object);
    if (object.kind === 'ClusterRole') roles.set(`ClusterRole/${nameOf(object)}`, object);
  }
  return objects
    .filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
    .flatMap((binding) => {
      const namespace = binding.kind === 'RoleBinding' ? namespaceOf(binding) : '';
      const roleName = textOf(binding, 'roleRef', 'name');
      const isRole = textOf(binding, 'roleRef', 'kind') === 'Role';
      const role = roles.get(isRole ? `Role/${namespace}/${roleName}` : `ClusterRole/${roleName}`);
      const verbs = listOf(role, 'rules').flatMap(verbsOnApplications);
      if (verbs.length === 0) return [];
      const writes = verbs.some((verb) => verb === '*' || WRITING.includes(verb));
      return subjectsOf(binding).map((subject) => ({ subject, namespace, writes }));
    });
}

function verbsOnApplications(rule: unknown): string[] {
  const groups = textsOf(rule, 'apiGroups');
  const resources = textsOf(rule, 'resources');
  const isOnApplications =
    (groups.includes(GROUP) || groups.includes('*')) &&
    resources.some((resource) => resource === '*' || KINDS.includes(resource));
  return isOnApplications ? textsOf(rule, 'verbs') : [];
}

/** An account without a namespace is one of the binding's own. */
function subjectsOf(binding: Manifest): AccessSubject[] {
  return listOf(binding, 'subjects').flatMap((subject) => {
    const kind = textOf(subject, 'kind');
    const name = textOf(subject, 'name');
    if (kind === undefined || name === undefined) return [];
    if (kind === 'ServiceAccount') return [account(textOf(subject, 'namespace') ?? namespaceOf(binding), name)];
    const [, namespace, accountName] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
    return [kind === 'User' && namespace !== undefined ? account(namespace, accountName) : { kind, name }];
  });
}

/** One identity for each role and subject, with all its namespaces. */
function merge(found: readonly Found[]): SparkIdentity[] {
  const identities = new Map<string, { role: SparkRole; subject: AccessSubject; namespaces: Set<string> }>();
  for (const { role, subject, namespace } of found) {
    const key = `${ORDER.indexOf(role)} ${keyOf(subject)}`;
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

function keyOf({ kind, namespace = '', name }: AccessSubject): string {
  return `${kind} ${namespace} ${name}`;
}

function label(object: Manifest, name: string): string | undefined {
  return textOf(object, 'metadata', 'labels', `app.kubernetes.io/${name}`);
}

function nameOf(object: Manifest): string {
  return textOf(object, 'metadata', 'name') ?? '';
}

function namespaceOf(object: Manifest): string {
  return textOf(object, 'metadata', 'namespace') ?? 'default';
}
