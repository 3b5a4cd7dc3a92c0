import { AccessRule, AccessSubject } from '../access/rbac/access-question';
import { AccessReview } from '../access/access-review';
import { fieldOf, listOf, textsOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { isOfOperator, sparkIdentities, SparkIdentity } from '../access/rbac/spark-identities';
import { applicationsOf } from './collect-applications';
import { findingsOf } from './collect-findings';
import { notesOf } from './collect-notes';
import { relaxationsOf } from './collect-relaxations';
import { labelOf, nameOf, namespaceOf } from '../manifests/manifest-names';
import {
  AccessReportData,
  ReportApplication,
  ReportGrant,
  ReportIdentity,
  ReportNamespace,
  ReportRight,
  ReportRights,
} from './report-data';
import { byText } from './words';
import { describeObject } from '../access/rbac/rbac-objects';
import { Grant } from '../access/rbac/rbac-policy';

interface Grants {
  readonly grants: readonly ReportGrant[];
  readonly rights: readonly ReportRights[];
}

/** What the report shows of what is reviewed. */
export function reportData(review: AccessReview): AccessReportData {
  const manifests = review._manifests.map(({ manifest }) => manifest);
  const { grants, rights } = grantsOf(review);
  const spark = sparkIdentities(review._policy, review._manifests);
  const applications = applicationsOf(manifests);
  const namespaces = namespacesOf(manifests, spark, grants, applications);
  const identities = identitiesOf(review._subjects(), spark);
  return {
    namespaces,
    identities,
    grants,
    rights,
    applications,
    findings: findingsOf(identities, (subject) => review.canEscalate(subject)),
    relaxations: relaxationsOf(manifests, grants, rights),
    notes: notesOf(review._manifests, namespaces),
    problems: review._findings,
  };
}

function identitiesOf(subjects: readonly AccessSubject[], spark: readonly SparkIdentity[]): ReportIdentity[] {
  const bySubject = new Map(subjects.map((subject) => [describeSubject(subject), subject]));
  const ofSpark = new Map<string, SparkIdentity[]>();
  for (const identity of spark) {
    const key = describeSubject(identity.subject);
    bySubject.set(key, identity.subject);
    ofSpark.set(key, [...(ofSpark.get(key) ?? []), identity]);
  }
  return [...bySubject]
    .sort(([a], [b]) => byText(a, b))
    .map(([key, subject]) => {
      const known = ofSpark.get(key) ?? [];
      return {
        key,
        subject,
        roles: known.map(({ role }) => role),
        namespaces: [...new Set(known.flatMap(({ namespaces }) => namespaces))].sort(),
      };
    });
}

/** Namespaces that the manifests make, where a subject has a right, and where jobs run. */
function namespacesOf(
  manifests: readonly Manifest[],
  spark: readonly SparkIdentity[],
  grants: readonly ReportGrant[],
  applications: readonly ReportApplication[],
): ReportNamespace[] {
  const made = new Map(manifests.filter(({ kind }) => kind === 'Namespace').map((object) => [nameOf(object), object]));
  const operators = new Set(
    spark.flatMap(({ role, subject }) => (isOfOperator(role) ? [subject.namespace ?? ''] : [])),
  );
  const jobs = new Set([
    ...applications.map(({ namespace }) => namespace),
    ...spark.flatMap(({ role, namespaces }) => (isOfOperator(role) ? [] : namespaces)),
    ...[...made].flatMap(([name, object]) =>
      labelOf(object, 'app.kubernetes.io/name') === 'spark-job-namespace' ? [name] : [],
    ),
  ]);
  const isolated = new Set(manifests.filter(closesNamespace).map(namespaceOf));
  return [...new Set([...made.keys(), ...grants.map(({ namespace }) => namespace), ...jobs])]
    .filter((name) => name !== '')
    .sort()
    .map((name) => {
      const object = made.get(name);
      return {
        name,
        kind: jobs.has(name) ? 'jobs' : operators.has(name) ? 'operator' : 'other',
        podSecurity: object && (labelOf(object, 'pod-security.kubernetes.io/enforce') ?? 'no label'),
        isolated: isolated.has(name),
      };
    });
}

/** A policy for all pods, in both directions, that allows nothing. */
function closesNamespace(manifest: Manifest): boolean {
  const types = textsOf(manifest, 'spec', 'policyTypes');
  return (
    manifest.kind === 'NetworkPolicy' &&
    JSON.stringify(fieldOf(manifest, 'spec', 'podSelector') ?? {}) === '{}' &&
    ['Egress', 'Ingress'].every((type) => types.includes(type)) &&
    listOf(manifest, 'spec', 'egress').length + listOf(manifest, 'spec', 'ingress').length === 0
  );
}

/** What each subject may do in each namespace, and the different sets of rights among that. */
function grantsOf(review: AccessReview): Grants {
  const idOf = new Map<string, string>();
  const rights: ReportRights[] = [];
  const grants = review._subjects().flatMap((subject) =>
    byNamespace(review._grantsOf(subject)).map(([namespace, found]): ReportGrant => {
      const rows = rightsOf(found.flatMap((grant) => effectiveRules(grant)));
      const text = JSON.stringify(rows);
      const id = idOf.get(text) ?? `R${rights.length + 1}`;
      if (!idOf.has(text)) rights.push({ id, rows });
      idOf.set(text, id);
      return { identity: describeSubject(subject), namespace, rights: id, bindings: bindingsOf(found) };
    }),
  );
  return { grants, rights };
}

function byNamespace(grants: readonly Grant[]): [string, Grant[]][] {
  const found = new Map<string, Grant[]>();
  for (const grant of grants) {
    const { namespace } = grant.binding;
    found.set(namespace, [...(found.get(namespace) ?? []), grant]);
  }
  return [...found].sort(([a], [b]) => byText(a, b));
}

function bindingsOf(grants: readonly Grant[]): ReportGrant['bindings'] {
  return grants
    .map(({ binding, role }) => ({
      binding: describeObject(binding),
      bindingSource: binding.source,
      role: describeObject(role),
    }))
    .sort((a, b) => byText(a.binding, b.binding));
}

/** Paths count only for the whole cluster. */
function effectiveRules({ binding, rules }: Grant): AccessRule[] {
  return rules
    .map(({ rule }) => rule)
    .filter(({ nonResourceUrls }) => binding.namespace === '' || nonResourceUrls.length === 0);
}

/** One row for each resource and set of names, with the verbs of all rules on it. */
function rightsOf(rules: readonly AccessRule[]): ReportRight[] {
  const verbsOf = new Map<string, Set<string>>();
  const add = (row: Omit<ReportRight, 'verbs'>, verbs: readonly string[]): void => {
    const key = JSON.stringify([row.apiGroup, row.resource, row.names]);
    verbsOf.set(key, new Set([...(verbsOf.get(key) ?? []), ...verbs]));
  };
  for (const { apiGroups, resources, resourceNames, nonResourceUrls, verbs } of rules) {
    const names = [...resourceNames].sort();
    for (const apiGroup of apiGroups) for (const resource of resources) add({ apiGroup, resource, names }, verbs);
    for (const resource of nonResourceUrls) add({ apiGroup: '', resource, names: [] }, verbs);
  }
  return [...verbsOf]
    .sort(([a], [b]) => byText(a, b))
    .map(([key, verbs]) => {
      const [apiGroup, resource, names] = JSON.parse(key) as [string, string, string[]];
      return { apiGroup, resource, names, verbs: [...verbs].sort() };
    });
}
