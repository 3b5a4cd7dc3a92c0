import { Cpu } from 'cdk8s-plus-28';
import { SecureSparkApplicationProps } from '../../../lib/application/spark-application-props';
import { PodSecurityLevel } from '../../../lib/kubernetes/pod-security-level';
import { messageOf, newChart } from '../../job-namespace/manifests';
import { makePlain, Overrides, secureRefusal, secureSpec, withTemplate } from '../fixtures';

/** What JavaScript may pass. */
const wrong = (props: object): Overrides => props as Partial<SecureSparkApplicationProps>;

/** A fault, what is said of it, and the same with the remedy that is said. */
const FAULTS: readonly [fault: Overrides, said: string, mended: Overrides][] = [
  [wrong({ executor: { cores: '2' } }), 'executor.cores is "2" (string); pass a number', { executor: { cores: 2 } }],
  [
    wrong({ executor: { coreRequest: '500m' } }),
    'executor.coreRequest is "500m" (string); pass a Cpu, such as Cpu.units(2)',
    { executor: { coreRequest: Cpu.millis(500) } },
  ],
  [
    wrong({ driver: { coreLimit: 1 } }),
    'driver.coreLimit is 1 (number); pass a Cpu, such as Cpu.units(2)',
    { driver: { coreLimit: Cpu.units(1) } },
  ],
  [
    { executor: withTemplate({ containers: [{ name: 'executor', tty: true }] }) },
    'if Spark\'s own container is meant, name it "spark-kubernetes-executor"',
    { executor: withTemplate({ containers: [{ name: 'spark-kubernetes-executor', tty: true }] }) },
  ],
];

test.each(FAULTS)('%j is refused with a remedy, and accepted with it (case 21, case 22)', (fault, said, mended) => {
  expect(secureRefusal(fault)).toContain(said);
  expect(secureSpec(mended).executor).toHaveProperty('template');
});

test('a hostPath in the template of a plain application is to be left out, and not to be said there (case 21)', () => {
  const volumes = [{ name: 'h', hostPath: { path: '/a' } }];
  const containers = [{ name: 'spark-kubernetes-executor', volumeMounts: [{ name: 'h', mountPath: '/h' }] }];
  const make = (executor: Overrides['executor'], podSecurity = PodSecurityLevel.BASELINE): void =>
    makePlain(newChart(), { executor }, { podSecurity });
  expect(messageOf(() => make(withTemplate({ volumes, containers })))).toBe(
    'test/sessions: executor: volume "h" is a hostPath; Pod Security "baseline" of namespace "clicks" refuses it: ' +
      'leave it out, or run in a namespace that admits it',
  );
  expect(() => make(withTemplate({}))).not.toThrow();
  expect(() => make(withTemplate({ volumes, containers }), PodSecurityLevel.PRIVILEGED)).not.toThrow();
});
