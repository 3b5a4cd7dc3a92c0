import { AccessSubject } from '../access/rbac/access-question';
import { AccessReview } from '../access/access-review';
import { fieldOf, listOf, textsOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { SparkIdentity, sparkIdentities } from '../access/rbac/spark-identities';
import { applicationsOf } from './collect-applications';
import { findingsOf } from './collect-findings';
import { grantsOf } from './collect-grants';
import { notesOf } from './collect-notes';
import { relaxationsOf } from './collect-relaxations';
import { labelOf, nameOf, namespaceOf } from '../manifests/manifest-names';
import { AccessReportData, ReportApplication, ReportGrant, ReportIdentity, ReportNamespace } from './report-data';
import { byText } from './words';

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

/** Namespaces that the manifests make, where somebody has a right, and where jobs run. */
function namespacesOf(
  manifests: readonly Manifest[],
  spark: readonly SparkIdentity[],
  grants: readonly ReportGrant[],
  applications: readonly ReportApplication[],
): ReportNamespace[] {
  const made = new Map(manifests.filter(({ kind }) => kind === 'Namespace').map((object) => [nameOf(object), object]));
  const operators = new Set(
    spark.flatMap(({ role, subject }) => (role.startsWith('operator') ? [subject.namespace ?? ''] : [])),
  );
  const jobs = new Set([
    ...applications.map(({ namespace }) => namespace),
    ...spark.flatMap(({ role, namespaces }) => (role.startsWith('operator') ? [] : namespaces)),
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
