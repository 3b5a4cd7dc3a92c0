import { k8s } from 'cdk8s-plus-28';
import { podSecurityProblems } from '../../lib/kubernetes/pod-security';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';

const { BASELINE, PRIVILEGED, RESTRICTED } = PodSecurityLevel;

const hard: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function pod(container: k8s.SecurityContext, spec: Partial<k8s.PodSpec> = {}): k8s.PodTemplateSpec {
  return { spec: { containers: [{ name: 'x', securityContext: container }], ...spec } };
}

describe('what Pod Security refuses at every level but privileged', () => {
  test.each<[string, k8s.PodTemplateSpec]>([
    ['hostNetwork is true', pod(hard, { hostNetwork: true })],
    ['hostPID is true', pod(hard, { hostPid: true })],
    ['hostIPC is true', pod(hard, { hostIpc: true })],
    ['volume "h" is a hostPath', pod(hard, { volumes: [{ name: 'h', hostPath: { path: '/' } }] })],
    [
      'sysctl "kernel.msgmax" is set',
      pod(hard, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
    ],
    [
      'the pod has seccomp profile Unconfined',
      pod(hard, { securityContext: { seccompProfile: { type: 'Unconfined' } } }),
    ],
    ['container "x" has seccomp profile Unconfined', pod({ ...hard, seccompProfile: { type: 'Unconfined' } })],
    ['container "x" is privileged', pod({ ...hard, privileged: true })],
    ['container "x" has procMount Unmasked', pod({ ...hard, procMount: 'Unmasked' })],
    ['container "x" adds capability SYS_ADMIN', pod({ ...hard, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } })],
    ['container "x" sets SELinux options', pod({ ...hard, seLinuxOptions: { type: 'spc_t' } })],
    ['the pod sets SELinux options', pod(hard, { securityContext: { seLinuxOptions: { user: 'root' } } })],
    ['the pod is a Windows host process', pod(hard, { securityContext: { windowsOptions: { hostProcess: true } } })],
    [
      'container "x" has a hostPort',
      { spec: { containers: [{ name: 'x', securityContext: hard, ports: [{ containerPort: 1, hostPort: 1 }] }] } },
    ],
    [
      'annotation container.apparmor.security.beta.kubernetes.io/x is "unconfined"',
      { ...pod(hard), metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/x': 'unconfined' } } },
    ],
    [
      'container "y" is privileged',
      pod(hard, { initContainers: [{ name: 'y', securityContext: { ...hard, privileged: true } }] }),
    ],
  ])('%s', (problem, template) => {
    expect(podSecurityProblems(template, RESTRICTED)).toEqual([problem]);
    expect(podSecurityProblems(template, BASELINE)).toEqual([problem]);
    expect(podSecurityProblems(template, PRIVILEGED)).toEqual([]);
  });
});

describe('what only restricted refuses', () => {
  test.each<[string, k8s.PodTemplateSpec]>([
    ['volume "n" is of kind nfs', pod(hard, { volumes: [{ name: 'n', nfs: { server: 's', path: '/' } }] })],
    ['container "x" adds capability CHOWN', pod({ ...hard, capabilities: { drop: ['ALL'], add: ['CHOWN'] } })],
    ['container "x" does not drop ALL capabilities', pod({ ...hard, capabilities: { drop: ['NET_RAW'] } })],
    [
      'container "x" does not set allowPrivilegeEscalation to false',
      pod({ ...hard, allowPrivilegeEscalation: undefined }),
    ],
    ['container "x" does not set runAsNonRoot to true', pod({ ...hard, runAsNonRoot: undefined })],
    ['container "x" has no seccomp profile', pod({ ...hard, seccompProfile: undefined })],
    ['container "x" runs as user 0', pod({ ...hard, runAsUser: 0 })],
    ['the pod runs as user 0', pod(hard, { securityContext: { runAsUser: 0 } })],
    ['the pod sets runAsNonRoot to false', pod(hard, { securityContext: { runAsNonRoot: false } })],
  ])('%s', (problem, template) => {
    expect(podSecurityProblems(template, RESTRICTED)).toEqual([problem]);
    expect(podSecurityProblems(template, BASELINE)).toEqual([]);
  });
});

describe('what restricted admits', () => {
  test.each<[string, k8s.PodTemplateSpec]>([
    ['a hardened container', pod(hard)],
    [
      'what the pod says for its containers',
      pod(
        { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } },
      ),
    ],
    ['NET_BIND_SERVICE', pod({ ...hard, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
    ['a local profile', pod({ ...hard, seccompProfile: { type: 'Localhost', localhostProfile: 'spark.json' } })],
    ['a safe sysctl', pod(hard, { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } })],
    ['a user of its own', pod({ ...hard, runAsUser: 1, seLinuxOptions: { type: 'container_t', level: 's0' } })],
    [
      'AppArmor of the runtime',
      {
        ...pod(hard),
        metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/x': 'runtime/default' } },
      },
    ],
    [
      'every volume of the standard',
      pod(hard, {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', configMap: {} },
          { name: 'c', secret: {} },
          { name: 'd', projected: {} },
          { name: 'e', downwardApi: {} },
          { name: 'f', persistentVolumeClaim: { claimName: 'f' } },
          { name: 'g', csi: { driver: 'g' } },
          { name: 'h', ephemeral: {} },
        ],
      }),
    ],
  ])('%s', (_what, template) => {
    expect(podSecurityProblems(template, RESTRICTED)).toEqual([]);
  });

  test('no local profile without its file', () => {
    expect(podSecurityProblems(pod({ ...hard, seccompProfile: { type: 'Localhost' } }), RESTRICTED)).toEqual([
      'container "x" has seccomp profile Localhost without a profile\'s file',
    ]);
  });
});
