import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { PodOptions } from '../../../lib/application/pod/pod-options';
import { SCALA, secureRefusal, secureSpec, sidecar, withTemplate } from '../fixtures';

describe('CPU and memory of a role', () => {
  test.each<[PodOptions, object]>([
    [{}, { cores: 1, coreRequest: '1', coreLimit: '1', memory: '1024m', memoryOverhead: '384m' }],
    [{ cores: 4 }, { cores: 4, coreRequest: '4', coreLimit: '4' }],
    [{ coreRequest: Cpu.millis(250) }, { cores: 1, coreRequest: '250m', coreLimit: '1' }],
    [{ coreRequest: Cpu.units(1.5) }, { coreRequest: '1500m', coreLimit: '1500m' }],
    [
      { cores: 2, coreLimit: Cpu.units(3) },
      { coreRequest: '2', coreLimit: '3' },
    ],
    [{ memory: Size.gibibytes(10) }, { memory: '10240m', memoryOverhead: '1024m' }],
    [{ memoryOverhead: Size.mebibytes(1) }, { memoryOverhead: '1m' }],
    [{ memory: Size.mebibytes(450) }, { memory: '450m', memoryOverhead: '384m' }],
  ])('%j', (driver, fields) => {
    expect(secureSpec({ main: SCALA, driver }).driver).toMatchObject(fields);
  });

  test.each<[PodOptions, string]>([
    [{ cores: 0.5 }, 'driver.cores is 0.5; give a whole number of at least 1, and a fraction of a CPU with'],
    [{ cores: -1 }, 'driver.cores is -1; give a whole number'],
    [{ cores: NaN }, 'driver.cores is NaN; give a whole number'],
    [{ coreRequest: Cpu.millis(0) }, 'driver.coreRequest is 0 CPU; give more than 0'],
    [{ coreRequest: Cpu.millis(0.5) }, 'driver.coreRequest is 0.5m; expected zero or more in steps of 0.001 CPU'],
    [{ coreLimit: Cpu.units(NaN) }, 'driver.coreLimit is NaN; expected zero or more in steps of 0.001 CPU'],
    [
      { cores: 2, coreLimit: Cpu.millis(1999) },
      'driver.coreLimit (1.999 CPU) is below driver.cores (2 CPU); raise the limit or lower the request',
    ],
    [
      { coreRequest: Cpu.millis(600), coreLimit: Cpu.millis(500) },
      'driver.coreLimit (0.5 CPU) is below driver.coreRequest (0.6 CPU); raise the limit or lower the request',
    ],
    [{ memory: Size.kibibytes(1_000_000) }, 'driver.memory is 1000000 KiB; give a whole number of mebibytes'],
    [{ memory: Size.mebibytes(449) }, 'driver.memory is 449 MiB; give at least 450 MiB, without which Spark ends'],
    [{ memoryOverhead: Size.mebibytes(0) }, 'driver.memoryOverhead is 0 KiB; give a whole number of mebibytes'],
  ])('%j is refused (row 52)', (driver, problem) => {
    expect(secureRefusal({ driver })).toMatch(/^test\/sessions: /);
    expect(secureRefusal({ driver })).toContain(problem);
  });
});

describe('requests of any container', () => {
  const resources = (request: string, limit: string): k8s.ResourceRequirements => ({
    requests: { cpu: k8s.Quantity.fromString(request) },
    limits: { cpu: k8s.Quantity.fromString(limit), memory: k8s.Quantity.fromString('64Mi') },
  });

  test('are at most its limits, in whatever unit (row 52)', () => {
    expect(secureRefusal({ driver: { sidecars: [sidecar('a', { resources: resources('1', '999m') })] } })).toBe(
      'test/sessions: driver: container "a" requests 1 of cpu, above its limit 999m; ' +
        'raise the limit or lower the request',
    );
    const equal = sidecar('a', { resources: resources('1', '1000m') });
    expect(secureSpec({ driver: { initContainers: [equal] } }).driver.template.spec.initContainers).toHaveLength(1);
  });

  test('of local disk are at most a lower limit of the template', () => {
    const limits = { 'ephemeral-storage': k8s.Quantity.fromString('1Gi') };
    expect(
      secureRefusal({
        driver: withTemplate({ containers: [{ name: 'spark-kubernetes-driver', resources: { limits } }] }),
      }),
    ).toContain('requests 3136Mi of ephemeral-storage, above its limit 1Gi');
  });
});
