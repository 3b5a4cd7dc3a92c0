import { AccessSubject } from '../access/rbac/access-question';
import { ManifestFinding } from '../manifests/manifest-finding';
import { SparkRole } from '../access/rbac/spark-identities';

/** Everything that the report shows, in its order. The renderers add nothing but form. */
export interface AccessReportData {
  readonly namespaces: readonly ReportNamespace[];
  readonly identities: readonly ReportIdentity[];
  readonly grants: readonly ReportGrant[];
  readonly rights: readonly ReportRights[];
  readonly applications: readonly ReportApplication[];
  readonly findings: readonly ReportFinding[];
  readonly relaxations: readonly ReportRelaxation[];
  readonly notes: readonly ReportNote[];
  /** What could not be read or does not fit together, such as a binding to a role that is not there. */
  readonly problems: readonly ManifestFinding[];
}

export interface ReportNamespace {
  readonly name: string;
  readonly kind: 'jobs' | 'operator' | 'other';
  /** What Pod Security enforces; without a Namespace in the manifests it is not known. */
  readonly podSecurity?: string;
  /** Whether a policy closes it in both directions for all pods. */
  readonly isolated: boolean;
}

/** A service account, user or group that has a right or runs a pod. */
export interface ReportIdentity {
  /** Tells it from all others, such as `ServiceAccount airflow/airflow-worker`. */
  readonly key: string;
  readonly subject: AccessSubject;
  /** What it does for Spark; none for others that have a right somewhere. */
  readonly roles: readonly SparkRole[];
  /** The namespaces whose jobs it has to do with, also without a right there; `''` is all of them. */
  readonly namespaces: readonly string[];
}

/** What one identity may do in one namespace, by all its bindings there together. */
export interface ReportGrant {
  readonly identity: string;
  /** `''` is the whole cluster. */
  readonly namespace: string;
  /** The id of its rights. */
  readonly rights: string;
  readonly bindings: readonly ReportBinding[];
}

export interface ReportBinding {
  readonly binding: string;
  readonly bindingSource: string;
  readonly role: string;
}

/** One set of rights, however many identities have it in however many namespaces. */
export interface ReportRights {
  /** `R1` and so on. */
  readonly id: string;
  readonly rows: readonly ReportRight[];
}

/** Verbs on one resource, or on a path of the API server. */
export interface ReportRight {
  readonly apiGroup: string;
  /** With its subresource after a `/`; a path starts with `/`. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** The only objects that it is on; none are all. */
  readonly names: readonly string[];
}

export interface ReportApplication {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Keys of identities. */
  readonly driver: string;
  readonly executor: string;
  /** At full scale. */
  readonly executors: number;
}

/** A way from the rights of an identity to more than them. */
export interface ReportFinding {
  /** `design` is what Spark on Kubernetes cannot do without. */
  readonly severity: 'high' | 'medium' | 'design';
  readonly title: string;
  /** The identity's key. */
  readonly identity: string;
  /** `''` is the whole cluster. */
  readonly namespace: string;
  readonly gain: string;
  /** How it goes, step by step. */
  readonly steps: readonly string[];
  readonly remedy: string;
}

/** A guarantee that a namespace allows to be relaxed, or that an application does without. */
export interface ReportRelaxation {
  readonly namespace: string;
  readonly guarantee: string;
  /** Without one the namespace does not allow it. */
  readonly reason?: string;
  /** Applications and grants that use it. */
  readonly usedBy: readonly string[];
}

/** Something that holds for some namespaces and that a reader should know. */
export interface ReportNote {
  readonly title: string;
  readonly text: string;
  /** Where, with what is special there; none are all. */
  readonly places: readonly string[];
}
