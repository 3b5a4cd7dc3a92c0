import { Shape } from '../manifests/typed-fields';

/** A seccomp or AppArmor profile. */
export interface Profile {
  readonly type?: string;
  readonly localhostProfile?: string;
}

/** The fields that the guarantees read in the security contexts of both pods and containers. */
export interface SharedContext {
  readonly appArmorProfile?: Profile;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly seccompProfile?: Profile;
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

export interface PodContext extends SharedContext {
  readonly sysctls?: readonly { readonly name?: string }[];
}

export interface ContainerContext extends SharedContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly readOnlyRootFilesystem?: boolean;
}

/** A token in a projected volume. */
export interface TokenSource {
  readonly audience?: string;
}

const PROFILE: Shape = { fields: { type: 'string', localhostProfile: 'string' } };
const SHARED = {
  appArmorProfile: PROFILE,
  runAsNonRoot: 'boolean',
  runAsUser: 'number',
  seLinuxOptions: { fields: { type: 'string', user: 'string', role: 'string' } },
  seccompProfile: PROFILE,
  windowsOptions: { fields: { hostProcess: 'boolean' } },
} as const;

/**
 * The fields that the guarantees read in a pod's security context.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const POD_CONTEXT: Shape = {
  fields: { ...SHARED, sysctls: { list: { fields: { name: 'string' } } } },
};

/** The fields that the guarantees read in a container's security context. */
export const CONTAINER_CONTEXT: Shape = {
  fields: {
    ...SHARED,
    allowPrivilegeEscalation: 'boolean',
    capabilities: { fields: { add: { list: 'string' }, drop: { list: 'string' } } },
    privileged: 'boolean',
    procMount: 'string',
    readOnlyRootFilesystem: 'boolean',
  },
};

export const PORTS: Shape = { list: { fields: { hostPort: 'number' } } };
export const TEXTS_BY_KEY: Shape = { values: 'string' };
export const PROJECTED: Shape = {
  fields: { sources: { list: { fields: { serviceAccountToken: { fields: { audience: 'string' } } } } } },
};
