/**
 * What Pod Security admission demands of the pods of a namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Nothing. */
  PRIVILEGED = 'privileged',
  /** No known privilege escalation. */
  BASELINE = 'baseline',
  /** Hardened: non-root, no escalation, no capabilities, seccomp. */
  RESTRICTED = 'restricted',
}
