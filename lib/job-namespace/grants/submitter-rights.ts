import { ApplicationKind } from '../../spark/application-kind';
import { Right } from '../identities/rights';
import { SubmitterTool } from './well-known-submitter';

/** A right on the applications of the kinds that are granted, or on a subresource of them. */
export interface ApplicationRight {
  readonly subresource?: 'status';
  readonly verbs: readonly string[];
  readonly reason: string;
}

/** These rights on applications of these kinds. */
export function onApplications(rights: readonly ApplicationRight[], kinds: readonly ApplicationKind[]): Right[] {
  return rights.map(({ subresource, verbs, reason }) => ({
    apiGroups: ['sparkoperator.k8s.io'],
    resources: kinds.map((kind) => (subresource === undefined ? kind : `${kind}/${subresource}`)),
    verbs,
    reason,
  }));
}

/** What one tool asks for in the job namespace. */
export interface ToolRights {
  /** The kinds that it submits by default. */
  readonly kinds: readonly ApplicationKind[];
  readonly applications: readonly ApplicationRight[];
  readonly others: readonly Right[];
}

const BOTH_KINDS = [ApplicationKind.SPARK_APPLICATION, ApplicationKind.SCHEDULED_SPARK_APPLICATION];

/**
 * The rights of each tool, read from the audit log of an API server while the tool ran; Argo's, and which of Airflow's are
 * the triggerer's, from their sources.
 */
export const TOOL_RIGHTS: { readonly [tool in SubmitterTool]: ToolRights } = {
  [SubmitterTool.KUBECTL]: {
    kinds: BOTH_KINDS,
    applications: [
      { verbs: ['create'], reason: 'create and the first apply; on the server side also by name' },
      { verbs: ['get'], reason: 'apply on the client side and diff compare with what is there; delete waits with it' },
      {
        verbs: ['list', 'watch'],
        reason: 'get without a name, and wait, which without watch sees only what is there already',
      },
      { verbs: ['patch'], reason: 'apply, also of an unchanged file, and diff' },
      { verbs: ['delete'], reason: 'delete' },
      { subresource: 'status', verbs: ['get'], reason: 'get --subresource=status, and clients that poll the status' },
    ],
    others: [],
  },
  [SubmitterTool.AIRFLOW]: {
    kinds: [ApplicationKind.SPARK_APPLICATION],
    applications: [
      { verbs: ['create'], reason: 'submits' },
      { verbs: ['delete'], reason: 'delete_on_termination, and a killed task' },
      { subresource: 'status', verbs: ['get'], reason: 'waits for the state; it never reads the application itself' },
    ],
    others: [
      {
        apiGroups: [''],
        resources: ['pods'],
        verbs: ['list'],
        reason: 'looks for a driver to reattach to, before it submits',
      },
      { apiGroups: [''], resources: ['pods'], verbs: ['get'], reason: 'follows the driver' },
      {
        apiGroups: [''],
        resources: ['pods'],
        verbs: ['patch'],
        reason: 'labels the driver of a job that failed or was killed',
      },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'], reason: 'get_logs' },
    ],
  },
  [SubmitterTool.AIRFLOW_TRIGGERER]: {
    kinds: [ApplicationKind.SPARK_APPLICATION],
    applications: [],
    others: [
      { apiGroups: [''], resources: ['pods'], verbs: ['get'], reason: 'polls the driver of a deferred task' },
      {
        apiGroups: [''],
        resources: ['pods'],
        verbs: ['delete'],
        reason: 'ends the driver of a deferred task that is killed',
      },
    ],
  },
  [SubmitterTool.AIRFLOW_SENSOR]: {
    kinds: [ApplicationKind.SPARK_APPLICATION],
    applications: [{ verbs: ['get'], reason: 'polls the application; the status alone is not what it asks for' }],
    others: [],
  },
  [SubmitterTool.ARGO_WORKFLOWS]: {
    kinds: BOTH_KINDS,
    applications: [
      { verbs: ['create'], reason: 'actions create and apply' },
      { verbs: ['get'], reason: 'apply, and polling for successCondition and failureCondition' },
      { verbs: ['patch'], reason: 'action apply' },
      { verbs: ['delete'], reason: 'action delete' },
    ],
    others: [],
  },
};

/** The rights of a tool for applications of these kinds. */
export function toolRights(tool: SubmitterTool, kinds: readonly ApplicationKind[] = TOOL_RIGHTS[tool].kinds): Right[] {
  const { applications, others } = TOOL_RIGHTS[tool];
  return [...onApplications(applications, kinds), ...others];
}
