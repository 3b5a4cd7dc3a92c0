import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { JobNamespaceLimitRange } from '../../../lib/job-namespace/quota/limit-range';
import { JobNamespaceQuota } from '../../../lib/job-namespace/quota/resource-quota';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { find, messageOf, names, newChart } from '../manifests';

function hard(quota: JobNamespaceQuota): unknown {
  const chart = newChart();
  new SparkJobNamespace(chart, 'clicks', { quota });
  return (find(chart, 'ResourceQuota', 'spark-quota').spec as { hard: unknown }).hard;
}

function limits(limitRange: JobNamespaceLimitRange): unknown {
  const chart = newChart();
  new SparkJobNamespace(chart, 'clicks', { limitRange });
  return (find(chart, 'LimitRange', 'spark-limits').spec as { limits: unknown[] }).limits;
}

function quotaRefusal(quota: JobNamespaceQuota): string {
  return messageOf(() => new SparkJobNamespace(newChart(), 'clicks', { quota }));
}

function limitRefusal(limitRange: JobNamespaceLimitRange): string {
  return messageOf(() => new SparkJobNamespace(newChart(), 'clicks', { limitRange }));
}

describe('a job namespace', () => {
  test('has no services that reach out of the cluster, also without a quota', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks');
    expect(find(chart, 'ResourceQuota', 'spark-services').spec).toEqual({
      hard: { 'services.nodeports': '0', 'services.loadbalancers': '0' },
    });
    expect(names(chart, 'ResourceQuota')).toEqual(['spark-services']);
    expect(names(chart, 'LimitRange')).toEqual([]);
  });

  test('has both quotas when one is asked for', () => {
    const chart = newChart();
    new SparkJobNamespace(chart, 'clicks', { quota: { pods: 10 } });
    expect(names(chart, 'ResourceQuota')).toEqual(['spark-quota', 'spark-services']);
  });
});

describe('a quota', () => {
  test('holds for requests and for limits (row 50, row 51)', () => {
    expect(
      hard({ cpu: Cpu.millis(40500), memory: Size.gibibytes(160), ephemeralStorage: Size.mebibytes(500) }),
    ).toEqual({
      'requests.cpu': '40500m',
      'limits.cpu': '40500m',
      'requests.memory': '160Gi',
      'limits.memory': '160Gi',
      'requests.ephemeral-storage': '500Mi',
      'limits.ephemeral-storage': '500Mi',
    });
  });

  test('counts objects, as text that the API server does not change', () => {
    expect(
      hard({
        pods: 60,
        persistentVolumeClaims: 0,
        storage: Size.tebibytes(1),
        objectCounts: { configmaps: 200, 'count/sparkapplications.sparkoperator.k8s.io': 50 },
      }),
    ).toEqual({
      pods: '60',
      persistentvolumeclaims: '0',
      'requests.storage': '1Ti',
      configmaps: '200',
      'count/sparkapplications.sparkoperator.k8s.io': '50',
    });
  });

  test('takes zero for a limit', () => {
    expect(hard({ cpu: Cpu.units(0) })).toEqual({ 'requests.cpu': '0', 'limits.cpu': '0' });
  });

  test.each([-1, 1.5, NaN, Infinity])('refuses %d pods', (pods) => {
    expect(quotaRefusal({ pods })).toBe(`test/clicks: quota.pods is ${pods}; expected a whole number, zero or more`);
  });

  test('refuses other bad counts', () => {
    expect(quotaRefusal({ persistentVolumeClaims: -2 })).toContain('quota.persistentVolumeClaims is -2; expected');
    expect(quotaRefusal({ objectCounts: { secrets: 0.5 } })).toContain('quota.objectCounts "secrets" is 0.5; expected');
  });

  test.each([Cpu.units(-1), Cpu.millis(0.5), Cpu.units(NaN)])('refuses CPU of amount $amount', (cpu) => {
    expect(quotaRefusal({ cpu })).toBe(
      `test/clicks: quota.cpu is ${cpu.amount}; expected zero or more in steps of 0.001 CPU, such as Cpu.units(2) or Cpu.millis(1500)`,
    );
  });

  test('takes CPU with a fraction that is not exact in binary', () => {
    expect(hard({ cpu: Cpu.units(1.1) })).toEqual({ 'requests.cpu': '1.1', 'limits.cpu': '1.1' });
  });

  test('refuses what it cannot count', () => {
    expect(quotaRefusal({ objectCounts: { sparkapplications: 5 } })).toBe(
      'test/clicks: quota.objectCounts "sparkapplications" is nothing that a quota can count: expected configmaps, replicationcontrollers, resourcequotas, secrets, services, or count/<resource>.<group>',
    );
  });

  test.each([
    ['pods', 'pods'],
    ['persistentvolumeclaims', 'persistentVolumeClaims'],
  ])('refuses %s among the object counts, which have a property', (resource, property) => {
    expect(quotaRefusal({ objectCounts: { [resource]: 5 } })).toBe(
      `test/clicks: quota.objectCounts "${resource}" has a property of its own: use quota.${property}`,
    );
  });

  test.each(['services.nodeports', 'services.loadbalancers'])('refuses %s, which are none', (resource) => {
    expect(quotaRefusal({ objectCounts: { [resource]: 1 } })).toBe(
      `test/clicks: quota.objectCounts "${resource}" is always 0 in a job namespace: publish what runs here through an ingress`,
    );
  });

  test.each([{}, { objectCounts: {} }])('refuses %j, which limits nothing', (quota) => {
    expect(quotaRefusal(quota)).toBe('test/clicks: quota limits nothing: set at least one limit, or leave it out');
  });
});

describe('a limit range', () => {
  test('sets defaults and maxima of containers (row 50)', () => {
    expect(
      limits({
        cpu: { defaultRequest: Cpu.millis(100), defaultLimit: Cpu.units(1), max: Cpu.units(8) },
        memory: { defaultRequest: Size.mebibytes(256), defaultLimit: Size.gibibytes(1), max: Size.gibibytes(32) },
      }),
    ).toEqual([
      {
        type: 'Container',
        defaultRequest: { cpu: '100m', memory: '256Mi' },
        default: { cpu: '1', memory: '1Gi' },
        max: { cpu: '8', memory: '32Gi' },
      },
    ]);
  });

  test('says what the API server would fill in, so that applying twice changes nothing', () => {
    expect(
      limits({ memory: { max: Size.gibibytes(4) }, ephemeralStorage: { defaultLimit: Size.gibibytes(1) } }),
    ).toEqual([
      {
        type: 'Container',
        defaultRequest: { memory: '4Gi', 'ephemeral-storage': '1Gi' },
        default: { memory: '4Gi', 'ephemeral-storage': '1Gi' },
        max: { memory: '4Gi' },
      },
    ]);
  });

  test('may have a request alone', () => {
    expect(limits({ cpu: { defaultRequest: Cpu.millis(50) } })).toEqual([
      { type: 'Container', defaultRequest: { cpu: '50m' } },
    ]);
  });

  test('refuses limits below requests, in whatever unit', () => {
    expect(limitRefusal({ cpu: { defaultRequest: Cpu.units(2), defaultLimit: Cpu.millis(1999) } })).toBe(
      'test/clicks: limitRange cpu: defaultRequest 2 is above defaultLimit 1999m: lower the one or raise the other',
    );
    expect(limitRefusal({ memory: { defaultLimit: Size.mebibytes(1025), max: Size.gibibytes(1) } })).toBe(
      'test/clicks: limitRange memory: defaultLimit 1025Mi is above max 1Gi: lower the one or raise the other',
    );
    expect(limitRefusal({ ephemeralStorage: { defaultRequest: Size.gibibytes(2), max: Size.gibibytes(1) } })).toBe(
      'test/clicks: limitRange ephemeral-storage: defaultRequest 2Gi is above max 1Gi: lower the one or raise the other',
    );
  });

  test('takes equal bounds', () => {
    expect(limits({ memory: { defaultLimit: Size.mebibytes(1024), max: Size.gibibytes(1) } })).toHaveLength(1);
  });

  test('refuses negative CPU', () => {
    expect(limitRefusal({ cpu: { max: Cpu.millis(-1) } })).toContain(
      'test/clicks: limitRange.cpu.max is -1m; expected',
    );
  });

  test.each([{}, { cpu: {} }])('refuses %j, which limits nothing', (limitRange) => {
    expect(limitRefusal(limitRange)).toBe(
      'test/clicks: limitRange limits nothing: set at least one default or maximum, or leave it out',
    );
  });
});
