import { Right } from '../identities/rights';

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
