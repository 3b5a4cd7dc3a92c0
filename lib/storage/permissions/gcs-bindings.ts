import { throwProblems } from '../../problems/errors';
import { checkAccess } from './access-problems';
import { grantGroups, unique } from './grant-groups';
import { GcpIdentity, GcsAccess } from './storage-access';

/** A custom role of a project: every access of the project shares it. */
export interface GcsRole {
  /** The id within the project, which is also a name that Kubernetes takes. */
  readonly id: string;
  readonly title: string;
  readonly permissions: readonly string[];
  readonly reason: string;
}

/** A role that the principals of an access have on the bucket. */
export interface GcsBinding {
  /** Tells the bindings of one access apart: a DNS label. */
  readonly name: string;
  readonly role: GcsRole;
  /** Without it the role is on the whole bucket. */
  readonly condition?: GcsCondition;
}

export interface GcsCondition {
  readonly title: string;
  readonly expression: string;
}

/** @see https://cloud.google.com/storage/docs/access-control/iam-permissions */
const ROLES = {
  readWrite: {
    id: 'spark.objects.readwrite',
    title: 'Spark: read and write objects',
    permissions: ['storage.objects.get', 'storage.objects.create', 'storage.objects.delete'],
    reason: 'a commit creates, renames and replaces objects; replacing and renaming delete the old ones',
  },
  read: {
    id: 'spark.objects.read',
    title: 'Spark: read objects',
    permissions: ['storage.objects.get'],
    reason: 'reads input, and asks for the status of a directory by its own name',
  },
  clear: {
    id: 'spark.objects.delete',
    title: 'Spark: delete objects',
    permissions: ['storage.objects.delete', 'storage.objects.get'],
    reason: 'deletes what nobody needs any more, and asks for its status before, as the connector does for each name',
  },
  list: {
    id: 'spark.objects.list',
    title: 'Spark: list objects',
    permissions: ['storage.objects.list'],
    reason: 'tells a directory from a missing object',
  },
} as const satisfies Record<string, GcsRole>;

/** @see https://cloud.google.com/iam/quotas#limits */
const MAX_OPERATORS = 12;
/** Bindings of one role to one principal, each with a condition of its own. */
const MAX_BINDINGS = 20;

/**
 * The least bindings on the bucket.
 *
 * Conditions on names work only where the bucket has uniform bucket-level access, so that no list of an object's own gives
 * more. Listing is checked on the bucket, which has no object's name: it has a role of its own.
 *
 * @see https://cloud.google.com/storage/docs/access-control/iam#conditions
 */
export function gcsBindings(access: GcsAccess): GcsBinding[] {
  checkAccess(access);
  const { readWrite, read, clear, bareKeys, listed } = grantGroups(access.grants);
  const objects = `projects/_/buckets/${access.bucket}/objects`;
  const beneath = (paths: readonly string[]): string[] =>
    paths.map((path) => `resource.name.startsWith("${objects}/${path}/")`);
  const exactly = (paths: readonly string[]): string[] => paths.map((path) => `resource.name == "${objects}/${path}"`);
  return [
    ...binding('read-write', ROLES.readWrite, beneath(readWrite)),
    ...binding('read', ROLES.read, [...exactly(unique([...bareKeys, ...read])), ...beneath(read)]),
    ...binding('clear', ROLES.clear, beneath(clear)),
    ...(access.limitListing === true
      ? binding('list', ROLES.list, listed.map(listsBeneath))
      : [{ name: 'list', role: ROLES.list }]),
  ];
}

/** Refuses more bindings of one role to one principal than a bucket takes. */
export function checkBindings(accesses: readonly GcsAccess[]): void {
  const counts = new Map<string, { access: GcsAccess; role: string; count: number }>();
  for (const access of accesses) {
    const principal = access.identity?.serviceAccount ?? access.name;
    for (const { role, condition } of gcsBindings(access)) {
      if (condition === undefined) continue;
      const key = JSON.stringify([access.bucket, principal, role.id]);
      const other = counts.get(key);
      counts.set(key, { access: other?.access ?? access, role: role.id, count: (other?.count ?? 0) + 1 });
    }
  }
  throwProblems(
    'storage permissions',
    [...counts.values()]
      .filter(({ count }) => count > MAX_BINDINGS)
      .map(
        ({ access, role, count }) =>
          `"${access.name}" and what shares its identity would have ${count} bindings of the role ${role} on the bucket ` +
          `${access.bucket}, of which Google Cloud allows ${MAX_BINDINGS}; give some of the jobs a storage with an account of ` +
          'their own, which may name the same bucket and prefix, or CloudIdentity.gkePrincipal, by which each job is one',
      ),
  );
}

/** Who the bindings are for: each Kubernetes account, or the Google account that they act as. */
export function gcsMembers(identity: GcpIdentity): string[] {
  const { namespace, serviceAccounts, clusterProject, clusterProjectNumber, serviceAccount } = identity;
  if (serviceAccount !== undefined) return [`serviceAccount:${serviceAccount}`];
  const pool = `projects/${clusterProjectNumber}/locations/global/workloadIdentityPools/${clusterProject}.svc.id.goog`;
  return serviceAccounts.map(
    (account) => `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${account}`,
  );
}

/**
 * The Kubernetes accounts that may act as the Google account, with `roles/iam.workloadIdentityUser` on it; none where they are
 * principals of their own.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
export function workloadIdentityUsers(identity: GcpIdentity, clusterProject: string): string[] {
  const { namespace, serviceAccounts, serviceAccount } = identity;
  if (serviceAccount === undefined) return [];
  return serviceAccounts.map((account) => `serviceAccount:${clusterProject}.svc.id.goog[${namespace}/${account}]`);
}

export const WORKLOAD_IDENTITY_USER = 'roles/iam.workloadIdentityUser';

export function roleName(project: string, { id }: GcsRole): string {
  return `projects/${project}/roles/${id}`;
}

/** @see https://cloud.google.com/iam/docs/downscoping-short-lived-credentials */
function listsBeneath(path: string): string {
  return `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("${path}/")`;
}

/** Without a term there is no binding, which would be on everything; more terms than a condition takes need several. */
function binding(name: string, role: GcsRole, terms: readonly string[]): GcsBinding[] {
  const most = MAX_OPERATORS + 1;
  return Array.from({ length: Math.ceil(terms.length / most) }, (_, part) => {
    const named = part === 0 ? name : `${name}-part${part + 1}`;
    const expression = terms.slice(part * most, (part + 1) * most).join(' || ');
    return { name: named, role, condition: { title: `spark-${named}`, expression } };
  });
}
