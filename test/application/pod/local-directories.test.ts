import { Size } from 'cdk8s';
import { LocalDirectories } from '../../../lib/application/pod/local-directories';
import { RenderedSpec, secureRefusal, secureSpec } from '../fixtures';

const size = Size.gibibytes(20);

function ofExecutors(localDirectories: LocalDirectories): RenderedSpec {
  return secureSpec({ executor: { localDirectories } });
}

function volume({ executor }: RenderedSpec): unknown {
  return executor.template.spec.volumes?.find(({ name }) => name === 'spark-local-dir-1');
}

function mountPath({ executor }: RenderedSpec): string | undefined {
  return executor.template.spec.containers[0].volumeMounts?.find(({ name }) => name === 'spark-local-dir-1')?.mountPath;
}

describe('local directories', () => {
  test('on the node’s disk have a limit that the pod asks for (row 19)', () => {
    const spec = ofExecutors(LocalDirectories.emptyDir({ sizeLimit: size }));
    expect(volume(spec)).toEqual({ name: 'spark-local-dir-1', emptyDir: { sizeLimit: '20Gi' } });
    expect(mountPath(spec)).toBe('/var/data/spark-local-dir-1');
    expect(spec.executor.template.spec.containers[0].resources?.limits).toEqual({ 'ephemeral-storage': '22080Mi' });
    expect(spec.executor.memoryOverhead).toBe('409m');
  });

  test('in memory raise the memory of the pod instead', () => {
    const spec = ofExecutors(LocalDirectories.emptyDir({ sizeLimit: Size.mebibytes(100), inMemory: true }));
    expect(volume(spec)).toEqual({ name: 'spark-local-dir-1', emptyDir: { sizeLimit: '100Mi', medium: 'Memory' } });
    expect(spec.executor.template.spec.containers[0].resources?.limits).toEqual({ 'ephemeral-storage': '1600Mi' });
    expect(spec.executor.memoryOverhead).toBe('509m');
  });

  test('on a volume that Kubernetes makes need no right', () => {
    const spec = ofExecutors(LocalDirectories.ephemeralClaim({ size, storageClassName: 'fast' }));
    expect(volume(spec)).toEqual({
      name: 'spark-local-dir-1',
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'fast',
            resources: { requests: { storage: '20Gi' } },
          },
        },
      },
    });
    expect(mountPath(spec)).toBe('/var/data/spark-local-dir-1');
  });

  test('on a claim that Spark makes are in its configuration, each pod with its own (row 36)', () => {
    const spec = secureSpec({
      driver: { localDirectories: LocalDirectories.onDemandClaim({ size }) },
      executor: { localDirectories: LocalDirectories.onDemandClaim({ size, storageClassName: 'fast' }), instances: 3 },
    });
    expect(volume(spec)).toBeUndefined();
    const keys = (role: string): string => `spark.kubernetes.${role}.volumes.persistentVolumeClaim.spark-local-dir-1`;
    expect(spec.sparkConf).toMatchObject({
      [`${keys('driver')}.mount.path`]: '/var/data/spark-local-dir-1',
      [`${keys('driver')}.options.claimName`]: 'OnDemand',
      [`${keys('executor')}.mount.path`]: '/var/data/spark-local-dir-1',
      [`${keys('executor')}.mount.readOnly`]: 'false',
      [`${keys('executor')}.options.claimName`]: 'OnDemand',
      [`${keys('executor')}.options.sizeLimit`]: '20Gi',
      [`${keys('executor')}.options.storageClass`]: 'fast',
    });
    expect(spec.sparkConf).not.toHaveProperty([`${keys('driver')}.options.storageClass`]);
  });

  test.each([
    ['a limit', LocalDirectories.emptyDir({ sizeLimit: Size.kibibytes(1) }), 'the size limit is 1 KiB'],
    ['a size', LocalDirectories.ephemeralClaim({ size: Size.kibibytes(1) }), 'the size is 1 KiB'],
    ['a size on demand', LocalDirectories.onDemandClaim({ size: Size.mebibytes(0) }), 'the size is 0 KiB'],
  ])('have %s in whole mebibytes', (_what, localDirectories, fault) => {
    expect(secureRefusal({ executor: { localDirectories } })).toContain(
      `executor.localDirectories: ${fault}; give a whole number of mebibytes, at least one`,
    );
  });

  test('share nothing with their caller', () => {
    const options = { sizeLimit: size };
    const localDirectories = LocalDirectories.emptyDir(options);
    options.sizeLimit = Size.mebibytes(1);
    expect(volume(ofExecutors(localDirectories))).toMatchObject({ emptyDir: { sizeLimit: '20Gi' } });
  });
});
