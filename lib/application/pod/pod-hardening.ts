import { k8s } from 'cdk8s-plus-28';

export interface PodHardening {
  /** The user and group of all containers, and the group of the volumes. */
  readonly userId: number;
  readonly seccompProfile: { readonly type: string; readonly localhostProfile?: string };
  readonly readOnlyRoot: boolean;
}

/**
 * Adds the settings that Pod Security `restricted` and a read-only root file system require, to the pod and to every container.
 *
 * Settings of the user stay; the checks judge them.
 */
export function hardened(template: k8s.PodTemplateSpec, hardening: PodHardening): k8s.PodTemplateSpec {
  const { type, localhostProfile } = hardening.seccompProfile;
  const container = (given: k8s.Container): k8s.Container => ({
    ...given,
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: hardening.readOnlyRoot,
      runAsNonRoot: true,
      ...given.securityContext,
      capabilities: { drop: ['ALL'], ...given.securityContext?.capabilities },
    },
  });
  const spec = template.spec;
  return {
    ...template,
    spec: {
      ...spec,
      containers: (spec?.containers ?? []).map(container),
      initContainers: spec?.initContainers?.map(container),
      enableServiceLinks: spec?.enableServiceLinks ?? false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: hardening.userId,
        runAsGroup: hardening.userId,
        fsGroup: hardening.userId,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type, localhostProfile },
        ...spec?.securityContext,
      },
    },
  };
}
