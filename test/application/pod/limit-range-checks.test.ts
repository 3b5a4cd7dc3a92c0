import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { secureRefusal, secureSpec } from '../fixtures';

const limitRange = { cpu: { max: Cpu.units(2) }, memory: { max: Size.gibibytes(4) } };

describe('the limit range of the namespace (guarantee 8)', () => {
  test('admits containers up to its maxima', () => {
    const driver = { cores: 2, memory: Size.mebibytes(3072), memoryOverhead: Size.mebibytes(1024) };
    expect(secureSpec({ driver }, { limitRange }).driver.coreLimit).toBe('2');
  });

  test('refuses a Spark container above them, with both amounts', () => {
    expect(secureRefusal({ driver: { cores: 3, memory: Size.gibibytes(4) } }, { limitRange })).toBe(
      [
        'test/sessions: 2 problems:',
        '  - driver: container "spark-kubernetes-driver" has a limit of 3 CPU of cpu, above the 2 CPU that the limit range of the namespace allows; lower it or raise the maximum',
        '  - driver: container "spark-kubernetes-driver" has a limit of 5734 MiB of memory, above the 4096 MiB that the limit range of the namespace allows; lower it or raise the maximum',
      ].join('\n'),
    );
  });

  test('counts the local disk that the directories add up to', () => {
    const disk = { ephemeralStorage: { max: Size.gibibytes(1) } };
    expect(secureRefusal({}, { limitRange: disk })).toContain('of ephemeral-storage, above the 1024 MiB');
  });
});
