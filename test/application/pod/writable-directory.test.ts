import { Size } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-28';
import { SparkRole } from '../../../lib/spark/spark-role';
import { WritableDirectory } from '../../../lib/application/pod/writable-directory';
import { newChart } from '../../job-namespace/manifests';
import { secureRefusal, secureSpec } from '../fixtures';

const sizeLimit = Size.mebibytes(1);

describe('a writable directory', () => {
  test.each([
    ['/data', 'writable-data'],
    ['/var/lib/My_App', 'writable-var-lib-my-app'],
    ['/a-b', 'writable-a--b'],
    ['/a/b', 'writable-a-b'],
    [`/${'a'.repeat(80)}`, `writable-${'a'.repeat(54)}`],
  ])('at %s is the volume %s', (path, volumeName) => {
    expect(WritableDirectory.emptyDir(path, { sizeLimit })).toMatchObject({ path, volumeName });
  });

  test.each(['', '/', 'data', './data', '/data/', '/a//b', '/a/../b', '/a/./b', '/a:b', '/a b', '/a,b'])(
    'is not at %j',
    (path) => {
      expect(() => WritableDirectory.emptyDir(path, { sizeLimit })).toThrow(
        `WritableDirectory: the path is "${path}"; give an absolute path`,
      );
    },
  );

  test('has a volume name of its own that is no local directory’s (row 19)', () => {
    expect(WritableDirectory.emptyDir('/data', { sizeLimit, volumeName: 'data' }).volumeName).toBe('data');
    expect(() => WritableDirectory.emptyDir('/data', { sizeLimit, volumeName: 'A' })).toThrow(
      'WritableDirectory: the volume name "A" is no DNS label',
    );
    expect(() => WritableDirectory.emptyDir('/data', { sizeLimit, volumeName: 'spark-local-dir-2' })).toThrow(
      'WritableDirectory: the volume name is "spark-local-dir-2", but "spark-local-dir-" is for Spark\'s own local ' +
        'directories; use localDirectories of driver or executor, or another name',
    );
  });

  test('is of some role', () => {
    expect(WritableDirectory.emptyDir('/data', { sizeLimit }).roles).toEqual([SparkRole.DRIVER, SparkRole.EXECUTOR]);
    expect(() => WritableDirectory.emptyDir('/data', { sizeLimit, roles: [] })).toThrow(
      'WritableDirectory: roles of /data is empty; name a role, or leave it out for both',
    );
  });

  test('shares nothing with its caller', () => {
    const options = { sizeLimit, roles: [SparkRole.DRIVER] };
    const directory = WritableDirectory.emptyDir('/data', options);
    options.sizeLimit = Size.gibibytes(1);
    options.roles.push(SparkRole.EXECUTOR);
    directory.roles.push(SparkRole.EXECUTOR);
    expect(directory.roles).toEqual([SparkRole.DRIVER]);
    expect(
      secureSpec({ writableDirectories: [directory] }).driver.template.spec.volumes?.find(
        ({ name }) => name === 'writable-data',
      ),
    ).toEqual({ name: 'writable-data', emptyDir: { sizeLimit: '1Mi' } });
  });

  test('may be a volume that Kubernetes makes with the pod', () => {
    const size = Size.gibibytes(1);
    const directory = WritableDirectory.ephemeralClaim('/data', { size, storageClassName: 'fast' });
    expect(secureSpec({ writableDirectories: [directory] }).executor.template.spec.volumes).toContainEqual({
      name: 'writable-data',
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'fast',
            resources: { requests: { storage: '1Gi' } },
          },
        },
      },
    });
  });

  test('has a size in whole mebibytes', () => {
    const writableDirectories = [WritableDirectory.emptyDir('/data', { sizeLimit: Size.kibibytes(1) })];
    expect(secureRefusal({ writableDirectories })).toContain(
      'writable directory /data: the size limit is 1 KiB; give a whole number of mebibytes, at least one',
    );
  });
});

describe('a claim that pods write to (row 36)', () => {
  const claim = PersistentVolumeClaim.fromClaimName(newChart(), 'claim', 'data');

  test('is of one pod, or shared in as many words', () => {
    expect(secureRefusal({ writableDirectories: [WritableDirectory.claim('/data', claim)] })).toBe(
      'test/sessions: 2 pods write to the volume claim "data"; give each its own with LocalDirectories.onDemandClaim ' +
        'or WritableDirectory.ephemeralClaim, mount it read-only, or say WritableDirectory.claim(..., { shared: true }) ' +
        'where its access mode is ReadWriteMany',
    );
    const shared = WritableDirectory.claim('/data', claim, { shared: true });
    expect(secureSpec({ writableDirectories: [shared], executor: { instances: 9 } })).toBeDefined();
    const ofDriver = WritableDirectory.claim('/data', claim, { roles: [SparkRole.DRIVER] });
    expect(secureSpec({ writableDirectories: [ofDriver], executor: { instances: 9 } })).toBeDefined();
  });

  test('is not of several executors', () => {
    const ofExecutors = WritableDirectory.claim('/data', claim, { roles: [SparkRole.EXECUTOR] });
    expect(secureSpec({ writableDirectories: [ofExecutors] })).toBeDefined();
    expect(secureRefusal({ writableDirectories: [ofExecutors], executor: { instances: 2 } })).toContain('2 pods write');
    expect(secureRefusal({ writableDirectories: [ofExecutors], dynamicAllocation: { maxExecutors: 5 } })).toContain(
      '5 pods write to the volume claim "data"',
    );
  });

  test('is counted wherever it is mounted, and not where it is only read', () => {
    const template = (readOnly: boolean, initContainer = false): object => {
      const volumeMounts = [{ name: 'v', mountPath: '/v', readOnly }];
      const container = { name: initContainer ? 'init' : 'spark-kubernetes-executor', volumeMounts };
      return {
        template: {
          spec: {
            containers: initContainer ? [] : [container],
            initContainers: initContainer ? [container] : [],
            volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }],
          },
        },
      };
    };
    expect(secureRefusal({ executor: { instances: 2, ...template(false) } })).toContain('2 pods write');
    expect(secureRefusal({ executor: { instances: 2, ...template(false, true) } })).toContain('2 pods write');
    expect(secureSpec({ executor: { instances: 2, ...template(true) } })).toBeDefined();
  });
});

describe('what a pod cannot do without', () => {
  const sizeLimit = Size.mebibytes(1);

  test.each(['/opt', '/opt/spark', '/opt/spark/jars', '/usr', '/etc', '/proc', '/var', '/var/run/secrets'])(
    'is not hidden by a directory on %s',
    (path) => {
      expect(() => WritableDirectory.emptyDir(path, { sizeLimit })).toThrow(
        new RegExp(`^WritableDirectory: the path "${path}" would hide /.*; choose a folder of its own$`),
      );
    },
  );

  test.each(['/opt/spark/logs', '/etc/app', '/var/cache', '/usr/local/data', '/data'])('leaves room for %s', (path) => {
    expect(WritableDirectory.emptyDir(path, { sizeLimit }).path).toBe(path);
  });
});
