import { AccessSubject } from '../access/rbac/access-question';
import { Escalation, EscalationWay } from '../access/escalation/escalation';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { isRunner } from './picture';
import { ReportFinding, ReportIdentity } from './report-data';

const STARTS_DRIVERS = [EscalationWay.CREATE_PODS, EscalationWay.WRITE_APPLICATIONS];

/** The ways in the words of the report. */
const TITLES: { readonly [way in EscalationWay]: string } = {
  [EscalationWay.CREATE_PODS]: 'Creates pods that run as a stronger account',
  [EscalationWay.WRITE_WORKLOADS]: 'Writes workloads whose pods run as a stronger account',
  [EscalationWay.WRITE_APPLICATIONS]: 'Writes applications whose pods run as a stronger account',
  [EscalationWay.ENTER_CONTROLLER]: "Loads classes in the operator's controller, past no admission guard",
  [EscalationWay.CHANGE_PODS]: 'Changes the image of pods that run as a stronger account',
  [EscalationWay.DEBUG_PODS]: 'Adds debug containers to pods that run as a stronger account',
  [EscalationWay.ENTER_PODS]: 'Opens shells in pods that run as a stronger account',
  [EscalationWay.REACH_PORTS]: 'Connects to pods and services past network policies',
  [EscalationWay.CREATE_TOKENS]: 'Makes tokens of other accounts',
  [EscalationWay.READ_SECRETS]: 'Reads Secrets that hold tokens',
  [EscalationWay.MAKE_TOKEN_SECRETS]: 'Makes Secrets for tokens of other accounts, and reads them',
  [EscalationWay.BIND_ROLES]: 'Binds roles that hold more',
  [EscalationWay.ESCALATE_ROLES]: 'Writes more rights into roles',
  [EscalationWay.IMPERSONATE]: 'Acts as somebody else',
  [EscalationWay.IMPERSONATE_FIELDS]: 'Sets fields of the user that it acts as',
  [EscalationWay.CHANGE_REQUESTS]: 'Changes what others write',
  [EscalationWay.READ_REQUESTS]: 'Sees and refuses what others write',
  [EscalationWay.WEAKEN_POLICIES]: 'Weakens admission policies',
  [EscalationWay.RELABEL_NAMESPACES]: 'Takes Pod Security off a namespace',
  [EscalationWay.ENTER_NODES]: 'Creates pods that reach the node',
  [EscalationWay.CREATE_VOLUMES]: 'Makes volumes out of directories of nodes',
  [EscalationWay.REACH_KUBELETS]: 'Runs commands in pods through the kubelet',
  [EscalationWay.APPROVE_CERTIFICATES]: 'Approves client certificates',
  [EscalationWay.REPLACE_APIS]: 'Sends requests for an API to a server of its own',
  [EscalationWay.CHANGE_DEFINITIONS]: 'Converts custom resources with a webhook of its own',
};

/** How each identity gets more than its own rights. */
export function findingsOf(
  identities: readonly ReportIdentity[],
  escalationsOf: (subject: AccessSubject) => readonly Escalation[],
): ReportFinding[] {
  const byKey = new Map(identities.map((identity) => [identity.key, identity]));
  return identities.flatMap((identity) =>
    escalationsOf(identity.subject).map((escalation): ReportFinding => {
      const { way, severity, namespace, rights, gain, stronger, chains, remedy } = escalation;
      const gained = stronger && byKey.get(describeSubject(stronger));
      return {
        severity: isByDesign(way, identity, namespace, gained) ? 'design' : severity,
        title: TITLES[way],
        identity: identity.key,
        namespace,
        gain,
        steps: [
          ...new Set(
            chains.map(({ binding, role, bindingSource }) => `${binding} gives it ${role} (${bindingSource})`),
          ),
          `it may ${rights}`,
          `it gains ${gain}`,
        ],
        remedy,
      };
    }),
  );
}

/** Submitters run code as the drivers of their namespace, and the operator starts those drivers. */
function isByDesign(
  way: EscalationWay,
  { roles }: ReportIdentity,
  namespace: string,
  gained?: ReportIdentity,
): boolean {
  if (gained === undefined || !isRunner(gained, namespace)) return false;
  if (roles.includes('operator-controller')) return STARTS_DRIVERS.includes(way);
  return roles.includes('submitter') && way === EscalationWay.WRITE_APPLICATIONS;
}
