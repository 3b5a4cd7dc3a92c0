import { ApplicationRight } from './submitter-rights';

/** What stopping, resuming and deleting applications takes, read from an audit log while kubectl ran. */
export const OPERATE_RIGHTS: readonly ApplicationRight[] = [
  { verbs: ['get'], reason: 'kubectl patch asks for the application first, and delete waits with it' },
  { verbs: ['list', 'watch'], reason: 'kubectl get without a name; delete waits with it where the end takes time' },
  { verbs: ['patch'], reason: 'suspends and resumes; RBAC cannot limit it to spec.suspend' },
  { verbs: ['delete'], reason: 'kubectl delete' },
  { subresource: 'status', verbs: ['get'], reason: 'clients that poll the status to see what the patch did' },
];
