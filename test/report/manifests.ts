import { AccessReview } from '../../lib/access/access-review';
import { reportData } from '../../lib/report/collect-report';
import { AccessReportData, ReportNote } from '../../lib/report/report-data';

export interface ManifestLike {
  readonly [field: string]: unknown;
}

const RBAC = 'rbac.authorization.k8s.io';

/** The report of manifests as YAML has them. */
export function reportOf(...manifests: ManifestLike[]): AccessReportData {
  return reportData(AccessReview.ofManifests([...manifests]));
}

/** The places of a note, or `undefined` if the report has none of this title. */
export function placesOf({ notes }: AccessReportData, title: ReportNote['title']): readonly string[] | undefined {
  return notes.find((note) => note.title === title)?.places;
}

export function namespace(
  name: string,
  annotations: Record<string, string> = {},
  podSecurity = 'restricted',
): ManifestLike {
  const labels = { 'app.kubernetes.io/name': 'spark-job-namespace', 'pod-security.kubernetes.io/enforce': podSecurity };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } };
}

export interface RuleLike {
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly resourceNames?: string[];
  readonly nonResourceURLs?: string[];
  readonly verbs: string[];
}

export function role(place: string, name: string, ...rules: RuleLike[]): ManifestLike {
  return { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name, namespace: place }, rules };
}

export function clusterRole(name: string, ...rules: RuleLike[]): ManifestLike {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
}

/** Binds the role of the same name to a service account; without a place in the whole cluster. */
export function binding(place: string | undefined, name: string, account: string): ManifestLike {
  const [accountNamespace, accountName] = account.split('/');
  return {
    apiVersion: `${RBAC}/v1`,
    kind: place === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, namespace: place },
    roleRef: { apiGroup: RBAC, kind: place === undefined ? 'ClusterRole' : 'Role', name },
    subjects: [{ kind: 'ServiceAccount', namespace: accountNamespace, name: accountName }],
  };
}

/** An application whose manifest holds every guarantee. */
export function application(place: string, name: string, spec: ManifestLike = {}): ManifestLike {
  const role = (container: string, account: string): ManifestLike => ({
    serviceAccount: account,
    cores: 1,
    memory: '1g',
    memoryOverhead: '384m',
    template: {
      spec: {
        automountServiceAccountToken: false,
        containers: [{ name: container, securityContext: { readOnlyRootFilesystem: true } }],
      },
    },
  });
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name, namespace: place },
    spec: {
      type: 'Java',
      image: 'registry.acme.dev/sessions:1.4.0',
      sparkConf: {
        'spark.authenticate': 'true',
        'spark.network.crypto.enabled': 'true',
        'spark.io.encryption.enabled': 'true',
      },
      driver: role('spark-kubernetes-driver', 'spark-driver'),
      executor: { ...role('spark-kubernetes-executor', 'spark-executor'), instances: 2 },
      ...spec,
    },
  };
}
