import { Shape } from '../manifests/typed-fields';

const SELINUX: Shape = { fields: { type: 'string', user: 'string', role: 'string' } };
const SECCOMP: Shape = { fields: { type: 'string', localhostProfile: 'string' } };
const WINDOWS: Shape = { fields: { hostProcess: 'boolean' } };

/**
 * What is read of a pod's security context.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const POD_CONTEXT: Shape = {
  fields: {
    runAsNonRoot: 'boolean',
    runAsUser: 'number',
    seLinuxOptions: SELINUX,
    seccompProfile: SECCOMP,
    windowsOptions: WINDOWS,
    sysctls: { list: { fields: { name: 'string' } } },
  },
};

/** What is read of a container's security context. */
export const CONTAINER_CONTEXT: Shape = {
  fields: {
    allowPrivilegeEscalation: 'boolean',
    capabilities: { fields: { add: { list: 'string' }, drop: { list: 'string' } } },
    privileged: 'boolean',
    procMount: 'string',
    readOnlyRootFilesystem: 'boolean',
    runAsNonRoot: 'boolean',
    runAsUser: 'number',
    seLinuxOptions: SELINUX,
    seccompProfile: SECCOMP,
    windowsOptions: WINDOWS,
  },
};

export const PORTS: Shape = { list: { fields: { hostPort: 'number' } } };
export const TEXTS_BY_KEY: Shape = { values: 'string' };

export const PROJECTED: Shape = {
  fields: { sources: { list: { fields: { serviceAccountToken: { fields: { audience: 'string' } } } } } },
};
