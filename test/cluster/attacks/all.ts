import { ApiAttack } from './attack';
import { CONTROLLER_ATTACKS } from './controller';
import { DRIVER_AND_CLUSTER } from './driver-cluster';
import { DRIVER_AND_NEIGHBOURS } from './driver-neighbours';
import { DRIVER_AND_OPERATOR } from './driver-operator';
import { DRIVER_AND_PODS } from './driver-pods';
import { DRIVER_AND_RIGHTS } from './driver-rights';
import { ENGINEER_ATTACKS } from './engineer';
import { EVERYBODYS_RIGHTS } from './everybody';
import { EXECUTOR_ATTACKS } from './executor';
import { NETWORK_ATTACKS, NetworkAttack } from './network';
import { POD_ATTACKS, PodAttack } from './node';
import { SUBMITTER_ATTACKS } from './submitter';
import { SUBMITTERS_APPLICATIONS } from './submitter-applications';

/** Attacks that are tried in one way, under the heading that the documentation gives them. */
export interface AttackGroup {
  readonly title: string;
  readonly api?: readonly ApiAttack[];
  readonly inPods?: readonly PodAttack[];
  readonly network?: readonly NetworkAttack[];
}

/** Everything that is tried, in the order of the documentation. */
export const ATTACK_GROUPS: readonly AttackGroup[] = [
  { title: 'A driver against its neighbours', api: DRIVER_AND_NEIGHBOURS },
  { title: 'A driver against accounts and rights', api: DRIVER_AND_RIGHTS },
  { title: 'A driver against nodes, the operator and applications', api: DRIVER_AND_OPERATOR },
  { title: 'A driver against the cluster and the walls of its namespace', api: DRIVER_AND_CLUSTER },
  { title: 'A driver by the pods that it starts', api: DRIVER_AND_PODS },
  { title: 'Code in running pods', inPods: POD_ATTACKS },
  { title: 'An executor with a token of its account', api: EXECUTOR_ATTACKS },
  { title: 'A submitter', api: SUBMITTER_ATTACKS },
  { title: 'A submitter by the applications that it writes', api: SUBMITTERS_APPLICATIONS },
  { title: 'An engineer who may change applications', api: ENGINEER_ATTACKS },
  { title: 'The controller, should a submitter get code into it', api: CONTROLLER_ATTACKS },
  { title: 'What everybody may do', api: EVERYBODYS_RIGHTS },
  { title: 'Connections', network: NETWORK_ATTACKS },
];

/** What is tried by requests to the API server. */
export const API_ATTACKS: readonly ApiAttack[] = ATTACK_GROUPS.flatMap(({ api = [] }) => api);

/** What is tried, and by whom. */
export function sentenceOf({ identity, tries }: { readonly identity: string; readonly tries: string }): string {
  return `${/^[aeiou]/.test(identity) ? 'an' : 'a'} ${identity} may try to ${tries}`;
}
