import { podSecurityFindings } from '../../lib/guarantees/all-guarantees';
import { applicationView } from '../../lib/guarantees/application-view';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { Part } from '../cluster/guard-cases';
import { application } from './rows';

const { BASELINE, PRIVILEGED, RESTRICTED } = PodSecurityLevel;

const hard: Part = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function pod(container: Part, spec: Part = {}): Part {
  return { spec: { containers: [{ name: 'x', securityContext: container }], ...spec } };
}

/** What is wrong with a driver of this template. */
function podSecurityProblems(template: Part, level: PodSecurityLevel): string[] {
  const view = applicationView(application('SparkApplication', { 'driver.template': template }));
  return podSecurityFindings(view, level).map(({ message }) => message);
}

describe('what Pod Security refuses at every level but privileged', () => {
  test.each<[string, Part]>([
    ['hostNetwork is true', pod(hard, { hostNetwork: true })],
    ['hostPID is true', pod(hard, { hostPID: true })],
    ['hostIPC is true', pod(hard, { hostIPC: true })],
    ['volume "h" is a hostPath', pod(hard, { volumes: [{ name: 'h', hostPath: { path: '/' } }] })],
    [
      'the pod sets sysctl "kernel.msgmax"',
      pod(hard, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
    ],
    [
      'the pod has seccomp profile Unconfined',
      pod(hard, { securityContext: { seccompProfile: { type: 'Unconfined' } } }),
    ],
    ['container "x" has seccomp profile Unconfined', pod({ ...hard, seccompProfile: { type: 'Unconfined' } })],
    ['container "x" has AppArmor profile Unconfined', pod({ ...hard, appArmorProfile: { type: 'Unconfined' } })],
    ['container "x" has seccomp profile without a type', pod({ ...hard, seccompProfile: {} })],
    ['container "x" sets SELinux options', pod({ ...hard, seLinuxOptions: { role: 'r' } })],
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
  test.each<[string, Part]>([
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
  test.each<[string, Part]>([
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
          { name: 'e', downwardAPI: {} },
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
