import { Duration } from 'cdk8s';
import { RestartOptions, RestartPolicy } from '../../../lib/application/schedule/restart-policy';
import { secureSpec } from '../fixtures';

function rendered(restartPolicy?: RestartPolicy): unknown {
  return secureSpec({ restartPolicy }).restartPolicy;
}

describe('a restart policy', () => {
  test('is never, unless said', () => {
    expect(rendered()).toEqual({ type: 'Never' });
    expect(rendered(RestartPolicy.never())).toEqual({ type: 'Never' });
  });

  test('on failure has limits of its own', () => {
    const defaults = {
      type: 'OnFailure',
      onFailureRetries: 3,
      onFailureRetryInterval: 10,
      onSubmissionFailureRetries: 3,
      onSubmissionFailureRetryInterval: 10,
    };
    expect(rendered(RestartPolicy.onFailure())).toEqual(defaults);
    expect(rendered(RestartPolicy.onFailure({ retries: undefined, interval: undefined }))).toEqual(defaults);
    expect(
      rendered(
        RestartPolicy.onFailure({
          retries: 0,
          interval: Duration.minutes(1),
          submissionRetries: 0,
          submissionInterval: Duration.seconds(1),
        }),
      ),
    ).toEqual({
      type: 'OnFailure',
      onFailureRetries: 0,
      onFailureRetryInterval: 60,
      onSubmissionFailureRetries: 0,
      onSubmissionFailureRetryInterval: 1,
    });
  });

  test('always has no limit to its runs', () => {
    expect(rendered(RestartPolicy.always())).toEqual({
      type: 'Always',
      onFailureRetryInterval: 10,
      onSubmissionFailureRetries: 3,
      onSubmissionFailureRetryInterval: 10,
    });
    expect(() => RestartPolicy.always({ submissionRetries: 0 })).toThrow(
      'RestartPolicy.always: submissionRetries is 0, but the operator restarts without limit; leave it out, or use ' +
        'RestartPolicy.onFailure',
    );
    expect(() => RestartPolicy.always({ retries: 3 })).toThrow(
      'RestartPolicy.always: retries is 3, but the operator restarts without limit; leave it out, or use ' +
        'RestartPolicy.onFailure',
    );
  });

  test.each<[RestartOptions, string]>([
    [{ retries: -1 }, 'retries is -1; give a whole number of 0 or more'],
    [{ submissionRetries: 1.5 }, 'submissionRetries is 1.5; give a whole number of 0 or more'],
    [{ interval: Duration.seconds(0) }, 'interval is 0 s; give whole seconds, 1 or more'],
    [{ submissionInterval: Duration.millis(1500) }, 'submissionInterval is 1.5 s; give whole seconds, 1 or more'],
  ])('refuses %j', (options, problem) => {
    expect(() => RestartPolicy.onFailure(options)).toThrow(`RestartPolicy: ${problem}`);
  });

  test('keeps nothing of the caller’s object', () => {
    const options = { retries: 1 };
    const policy = RestartPolicy.onFailure(options);
    options.retries = 9;
    expect(policy.options?.retries).toBe(1);
  });
});
