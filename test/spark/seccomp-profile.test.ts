import { SeccompProfile } from '../../lib/spark/seccomp-profile';

describe('a local seccomp profile', () => {
  test('is a file below the kubelet’s folder', () => {
    expect(SeccompProfile.localhost('profiles/spark.json')).toMatchObject({
      type: 'Localhost',
      localhostProfile: 'profiles/spark.json',
    });
  });

  test.each(['', '/etc/spark.json', '../spark.json', 'a/../../b.json'])('is not %j', (profile) => {
    expect(() => SeccompProfile.localhost(profile)).toThrow(
      `SeccompProfile.localhost: the profile is "${profile}"; give a path below the kubelet's seccomp folder`,
    );
  });
});
