import { k8s } from 'cdk8s-plus-28';

const VOLUMES = [
  'configMap',
  'csi',
  'downwardApi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/**
 * What Pod Security `restricted` forbids in a rendered pod, written from the standard and not from this library.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedViolations(pod: k8s.PodSpec & { hostPID?: boolean; hostIPC?: boolean }): string[] {
  const context = pod.securityContext ?? {};
  const found: string[] = [];
  const check = (isGood: boolean, violation: string): void => {
    if (!isGood) found.push(violation);
  };
  check(!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, 'host namespaces');
  check(context.runAsUser !== 0 && context.runAsNonRoot !== false, 'the pod as root');
  check(context.seccompProfile?.type !== 'Unconfined', 'an unconfined pod');
  check((context.sysctls ?? []).length === 0, 'sysctls');
  for (const { name, ...source } of pod.volumes ?? []) {
    check(
      Object.keys(source).every((kind) => VOLUMES.includes(kind)),
      `volume ${name}`,
    );
  }
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    const own = container.securityContext ?? {};
    const seccomp = own.seccompProfile ?? context.seccompProfile;
    check(own.privileged !== true, `${container.name}: privileged`);
    check(own.allowPrivilegeEscalation === false, `${container.name}: escalation`);
    check((own.runAsNonRoot ?? context.runAsNonRoot) === true, `${container.name}: may be root`);
    check(own.runAsUser !== 0, `${container.name}: is root`);
    check(own.capabilities?.drop?.includes('ALL') === true, `${container.name}: keeps capabilities`);
    check(
      (own.capabilities?.add ?? []).every((one) => one === 'NET_BIND_SERVICE'),
      `${container.name}: capabilities`,
    );
    check(seccomp?.type === 'RuntimeDefault' || seccomp?.localhostProfile !== undefined, `${container.name}: seccomp`);
    check(
      (container.ports ?? []).every((port) => !port.hostPort),
      `${container.name}: host port`,
    );
    check((own.procMount ?? 'Default') === 'Default', `${container.name}: procMount`);
  }
  return found;
}

/** Containers that may write anywhere in their image. */
export function writableRoots({ initContainers = [], containers }: k8s.PodSpec): string[] {
  return [...initContainers, ...containers]
    .filter(({ securityContext }) => securityContext?.readOnlyRootFilesystem !== true)
    .map(({ name }) => `${name}: writable root`);
}
