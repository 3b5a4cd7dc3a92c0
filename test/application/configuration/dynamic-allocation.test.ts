import { Duration } from 'cdk8s';
import { DynamicAllocation } from '../../../lib/application/configuration/dynamic-allocation';
import { secureRefusal, secureSpec } from '../fixtures';

const MIGRATION = {
  'spark.decommission.enabled': 'true',
  'spark.storage.decommission.shuffleBlocks.enabled': 'true',
};

describe('dynamic allocation', () => {
  test('tracks shuffle data and has no fixed number of executors', () => {
    const { dynamicAllocation, executor } = secureSpec({ dynamicAllocation: { maxExecutors: 9 } });
    expect(dynamicAllocation).toEqual({
      enabled: true,
      minExecutors: 0,
      initialExecutors: 0,
      maxExecutors: 9,
      shuffleTrackingEnabled: true,
    });
    expect(executor).not.toHaveProperty('instances');
  });

  test('says what it is told', () => {
    const dynamicAllocation = {
      minExecutors: 2,
      initialExecutors: 3,
      maxExecutors: 3,
      shuffleTrackingTimeout: Duration.minutes(1),
    };
    expect(secureSpec({ dynamicAllocation }).dynamicAllocation).toEqual({
      enabled: true,
      minExecutors: 2,
      initialExecutors: 3,
      maxExecutors: 3,
      shuffleTrackingEnabled: true,
      shuffleTrackingTimeout: 60_000,
    });
  });

  test.each<[DynamicAllocation, string]>([
    [{ maxExecutors: 0 }, 'dynamicAllocation.maxExecutors is 0; give a whole number of 1 or more'],
    [{ maxExecutors: 1.5 }, 'dynamicAllocation.maxExecutors is 1.5; give a whole number of 1 or more'],
    [{ maxExecutors: 1, minExecutors: -1 }, 'dynamicAllocation.minExecutors is -1; give a whole number of 0 or more'],
    [
      { maxExecutors: 1, initialExecutors: 2 },
      'dynamicAllocation.initialExecutors (2) is not between minExecutors (0) and maxExecutors (1); ' +
        'choose a number between them',
    ],
    [
      { maxExecutors: 1, shuffleTrackingTimeout: Duration.millis(1.5) },
      'dynamicAllocation.shuffleTrackingTimeout is 1.5 ms; give whole milliseconds, at least one',
    ],
  ])('refuses %j', (dynamicAllocation, problem) => {
    expect(secureRefusal({ dynamicAllocation })).toMatch(/^test\/sessions: /);
    expect(secureRefusal({ dynamicAllocation })).toContain(problem);
  });

  test('says once that the bounds are crossed', () => {
    expect(secureRefusal({ dynamicAllocation: { minExecutors: 5, maxExecutors: 3 } })).toBe(
      'test/sessions: dynamicAllocation.minExecutors (5) is above maxExecutors (3); lower it or raise maxExecutors',
    );
  });

  test('does not stand beside a fixed number', () => {
    expect(secureRefusal({ dynamicAllocation: { maxExecutors: 9 }, executor: { instances: 3 } })).toBe(
      'test/sessions: executor.instances is 3 beside dynamicAllocation (0 to 9 executors); ' +
        'keep one of the two: initialExecutors says how many there are at the start',
    );
  });

  test('does without tracking only where shuffle data is migrated', () => {
    const dynamicAllocation = { maxExecutors: 9, shuffleTracking: false };
    expect(secureRefusal({ dynamicAllocation })).toBe(
      'test/sessions: dynamicAllocation.shuffleTracking is false, so that shuffle data would go with its executor, ' +
        'which Spark refuses; leave it out, or set spark.decommission.enabled and ' +
        'spark.storage.decommission.shuffleBlocks.enabled to "true" in sparkConf',
    );
    expect(secureSpec({ dynamicAllocation, sparkConf: MIGRATION }).dynamicAllocation).toMatchObject({
      shuffleTrackingEnabled: false,
    });
    expect(
      secureRefusal({
        dynamicAllocation: { ...dynamicAllocation, shuffleTrackingTimeout: Duration.minutes(1) },
        sparkConf: MIGRATION,
      }),
    ).toContain('shuffleTrackingTimeout is given, but shuffleTracking is false; leave one of them out');
  });

  test('does not stand beside a queue of Kueue (row 53)', () => {
    const labels = { 'kueue.x-k8s.io/queue-name': 'batch' };
    expect(secureRefusal({ labels, dynamicAllocation: { maxExecutors: 9 } })).toBe(
      'test/sessions: labels "kueue.x-k8s.io/queue-name" is "batch" beside dynamicAllocation, which Kueue refuses; ' +
        'leave out the label, or give executor.instances in place of dynamicAllocation',
    );
    expect(secureSpec({ labels, executor: { instances: 9 } }).executor).toMatchObject({ instances: 9 });
  });
});

describe('a fixed number of executors', () => {
  test('is 1 unless said', () => {
    expect(secureSpec().executor.instances).toBe(1);
    expect(secureSpec({ executor: { instances: 7 } }).executor.instances).toBe(7);
  });

  test.each([0, -1, 1.5, NaN])('is not %d', (instances) => {
    expect(secureRefusal({ executor: { instances } })).toBe(
      `test/sessions: executor.instances is ${instances}; give a whole number of at least 1`,
    );
  });
});
