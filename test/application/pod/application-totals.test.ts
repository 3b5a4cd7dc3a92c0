import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { furtherExecutorMemory } from '../../../lib/application/pod/executor-memory';
import { JobNamespaceQuota } from '../../../lib/job-namespace/quota/resource-quota';
import { LocalDirectories } from '../../../lib/application/pod/local-directories';
import { Overrides, PYTHON, SCALA, secureRefusal, secureSpec, sidecar, withTemplate } from '../fixtures';

/** Refused for one of the amounts just below the need, and admitted at it. */
function expectNeed(overrides: Overrides, below: JobNamespaceQuota, enough: JobNamespaceQuota, need: string): void {
  expect(secureRefusal(overrides, { quota: below })).toContain(need);
  expect(secureSpec(overrides, { quota: enough })).toBeDefined();
}

describe('the namespace’s quota (guarantee 4, row 51)', () => {
  test('holds for the CPU of driver and all executors', () => {
    expectNeed(
      { driver: { cores: 2 }, executor: { instances: 3, cores: 2 } },
      { cpu: Cpu.millis(7999) },
      { cpu: Cpu.units(8) },
      'driver and 3 executors need 8 CPU of requests.cpu, but the quota of namespace "clicks" is 7.999 CPU; ' +
        "lower the job's or raise the quota",
    );
  });

  test('holds for limits too', () => {
    const options = { coreRequest: Cpu.millis(100), coreLimit: Cpu.units(2) };
    expectNeed(
      { driver: options, executor: options },
      { cpu: Cpu.units(3) },
      { cpu: Cpu.units(4) },
      '4 CPU of limits.cpu',
    );
    expect(secureRefusal({ driver: options, executor: options }, { quota: { cpu: Cpu.units(3) } })).not.toContain(
      'requests.cpu',
    );
  });

  test('counts thousandths exactly', () => {
    const options = { coreRequest: Cpu.millis(100), coreLimit: Cpu.millis(100) };
    expectNeed(
      { driver: options, executor: { ...options, instances: 2 } },
      { cpu: Cpu.millis(299) },
      { cpu: Cpu.millis(300) },
      'need 0.3 CPU of requests.cpu',
    );
  });

  test.each([
    ['a tenth for the JVM', SCALA, 8192, 8192 + 819],
    ['four tenths for Python', PYTHON, 8192, 8192 + 3276],
    ['384 MiB for little jobs of the JVM', SCALA, 1024, 1024 + 384],
    ['384 MiB for little jobs of Python', PYTHON, 512, 512 + 384],
  ])('holds for memory with an overhead of %s', (_what, main, heap, total) => {
    const options = { memory: Size.mebibytes(heap) };
    expectNeed(
      { main, driver: options, executor: { ...options, instances: 2 } },
      { memory: Size.mebibytes(3 * total - 1) },
      { memory: Size.mebibytes(3 * total) },
      `driver and 2 executors need ${3 * total} MiB of memory`,
    );
  });

  test('holds for the memory that Spark’s configuration adds to executors', () => {
    const need = 1408 + 2 * (1408 + 512);
    const sparkConf = { 'spark.memory.offHeap.enabled': 'true', 'spark.memory.offHeap.size': '512m' };
    expectNeed(
      { main: SCALA, sparkConf, executor: { instances: 2 } },
      { memory: Size.mebibytes(need - 1) },
      { memory: Size.mebibytes(need) },
      `need ${need} MiB of memory`,
    );
  });

  test('holds for all executors that dynamic allocation may make', () => {
    expectNeed(
      { dynamicAllocation: { maxExecutors: 9 } },
      { pods: 9 },
      { pods: 10 },
      'driver and 9 executors need 10 pods of pods, but the quota of namespace "clicks" is 9 pods',
    );
  });

  test('holds for sidecars and init containers', () => {
    const limits = { cpu: k8s.Quantity.fromString('500m'), memory: k8s.Quantity.fromString('1Gi') };
    expectNeed(
      { driver: { sidecars: [sidecar('x', { resources: { limits } })] } },
      { cpu: Cpu.millis(2400) },
      { cpu: Cpu.millis(2500) },
      'need 2.5 CPU of requests.cpu',
    );
    const big = { cpu: k8s.Quantity.fromString('3'), memory: k8s.Quantity.fromString('64Mi') };
    expectNeed(
      { driver: { initContainers: [sidecar('x', { resources: { limits: big } })] } },
      { cpu: Cpu.millis(3999) },
      { cpu: Cpu.units(4) },
      'need 4 CPU of requests.cpu',
    );
  });

  test('counts a sidecar among init containers beside those after it alone', () => {
    const limits = (cpu: string): object => ({
      resources: { limits: { cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString('64Mi') } },
    });
    const always = sidecar('always', { ...limits('500m'), restartPolicy: 'Always' });
    const once = sidecar('once', limits('2'));
    expectNeed(
      { driver: { initContainers: [once, always] } },
      { cpu: Cpu.millis(2999) },
      { cpu: Cpu.units(3) },
      'need 3 CPU of requests.cpu',
    );
    expectNeed(
      { driver: { initContainers: [always, once] } },
      { cpu: Cpu.millis(3499) },
      { cpu: Cpu.millis(3500) },
      'need 3.5 CPU of requests.cpu',
    );
  });

  test('holds for the nodes’ disks', () => {
    const need = 3136 + 2 * 6720;
    expectNeed(
      { executor: { instances: 2 } },
      { ephemeralStorage: Size.mebibytes(need - 1) },
      { ephemeralStorage: Size.mebibytes(need) },
      `need ${need} MiB of ephemeral-storage`,
    );
  });

  test.each([
    ['on demand', LocalDirectories.onDemandClaim({ size: Size.gibibytes(10) })],
    ['with the pod', LocalDirectories.ephemeralClaim({ size: Size.gibibytes(10) })],
  ])('holds for claims that are made %s, and for their storage', (_when, localDirectories) => {
    const executor = { instances: 3, localDirectories };
    expectNeed(
      { executor },
      { persistentVolumeClaims: 2 },
      { persistentVolumeClaims: 3 },
      'need 3 claims of persistentvolumeclaims',
    );
    expectNeed(
      { executor },
      { storage: Size.gibibytes(29) },
      { storage: Size.gibibytes(30) },
      'need 30720 MiB of requests.storage',
    );
  });

  test('counts claims of the template too', () => {
    const storage = k8s.Quantity.fromString('1Gi');
    const options = withTemplate({
      containers: [sidecar('x', { volumeMounts: [{ name: 'v', mountPath: '/v' }] })],
      volumes: [
        {
          name: 'v',
          ephemeral: {
            volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } },
          },
        },
      ],
    });
    expectNeed({ driver: options }, { storage: Size.mebibytes(1023) }, { storage: Size.gibibytes(1) }, 'need 1024 MiB');
  });

  test('of zero is a quota', () => {
    expect(secureRefusal({}, { quota: { pods: 0 } })).toContain('the quota of namespace "clicks" is 0 pods');
  });

  test('is not asked when there is none', () => {
    expect(secureSpec({ executor: { instances: 10_000, memory: Size.tebibytes(1) } })).toBeDefined();
  });
});

describe('further memory of executors', () => {
  test.each([
    [SCALA, {}, 0],
    [SCALA, { 'spark.memory.offHeap.size': '1g' }, 0],
    [SCALA, { 'spark.memory.offHeap.enabled': 'true', 'spark.memory.offHeap.size': '1g' }, 1024],
    [SCALA, { 'spark.memory.offHeap.enabled': 'true', 'spark.memory.offHeap.size': '1048576' }, 1],
    [SCALA, { 'spark.memory.offHeap.enabled': 'true', 'spark.memory.offHeap.size': 'much' }, 0],
    [SCALA, { 'spark.executor.pyspark.memory': '2g' }, 0],
    [PYTHON, { 'spark.executor.pyspark.memory': '2g' }, 2048],
    [PYTHON, { 'spark.executor.pyspark.memory': '100' }, 100],
    [PYTHON, { 'spark.executor.pyspark.memory': '100MB' }, 100],
  ])('of %j with %j is %d MiB', (main, sparkConf, expected) => {
    expect(furtherExecutorMemory({ main, sparkConf })).toBe(expected);
  });
});
