import { Right } from '../identities/rights';
import { ApplicationRight } from './submitter-rights';

/** What reading the logs of drivers and executors takes. */
export const LOG_RIGHTS: readonly Right[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get'], reason: 'kubectl logs asks for the pod first' },
  {
    apiGroups: [''],
    resources: ['pods'],
    verbs: ['list'],
    reason: 'finds pods by label, as kubectl logs -l does; kubectl wait lists before it watches',
  },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'], reason: 'the log itself' },
];

/** What looking at applications takes, read from an audit log while kubectl ran. */
export const VIEW_APPLICATION_RIGHTS: readonly ApplicationRight[] = [
  { verbs: ['get'], reason: 'kubectl get and describe of one application; wait asks for it first' },
  { verbs: ['list'], reason: 'kubectl get of all; wait lists before it watches' },
  { verbs: ['watch'], reason: 'kubectl get --watch, and wait' },
  { subresource: 'status', verbs: ['get'], reason: 'get --subresource=status, and clients that poll the status' },
];

/** What seeing the pods of applications takes, with their logs. */
export const VIEW_POD_RIGHTS: readonly Right[] = [
  ...LOG_RIGHTS,
  { apiGroups: [''], resources: ['pods'], verbs: ['watch'], reason: 'kubectl get pods --watch, and wait' },
];

/** Events have names of their own and no field selector of RBAC: these rights are always on those of all objects. */
export const EVENT_RIGHTS: readonly Right[] = [
  { apiGroups: [''], resources: ['events'], verbs: ['list'], reason: 'kubectl events and describe' },
  { apiGroups: [''], resources: ['events'], verbs: ['watch'], reason: 'kubectl events --watch' },
  { apiGroups: [''], resources: ['events'], verbs: ['get'], reason: 'kubectl get of one event' },
];
