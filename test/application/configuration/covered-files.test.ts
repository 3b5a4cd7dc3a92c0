import { Size } from 'cdk8s';
import { PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import { SparkMain } from '../../../lib/spark/spark-main';
import { SparkRole } from '../../../lib/spark/spark-role';
import { WritableDirectory } from '../../../lib/application/pod/writable-directory';
import { LocalDirectories } from '../../../lib/application/pod/local-directories';
import { newChart } from '../../job-namespace/manifests';
import { Overrides, secureRefusal, secureSpec, sidecar } from '../fixtures';

const elsewhere = newChart();
const scratch = Volume.fromEmptyDir(elsewhere, 'scratch', 'scratch');

describe('files of the image (row 32)', () => {
  test.each([
    ['/opt/spark/work-dir/job.py', '/opt/spark/work-dir'],
    ['/tmp/job.py', '/tmp'],
    ['/tmp/.ivy2/job.py', '/tmp/.ivy2'],
    ['/var/data/spark-local-dir-1/job.py', '/var/data/spark-local-dir-1'],
  ])('are not at %s, which a volume covers', (file, cover) => {
    expect(secureRefusal({ main: SparkMain.python(`local://${file}`) })).toBe(
      `test/sessions: local://${file} lies under ${cover}, where an empty volume covers what the image has; ` +
        'put it elsewhere in the image, such as /opt/app',
    );
  });

  test('are advised to lie where no volume is (case 21)', () => {
    const writableDirectories = [WritableDirectory.emptyDir('/opt/app', { sizeLimit: Size.mebibytes(64) })];
    const place = (folder: string): Overrides => ({
      main: SparkMain.python(`local://${folder}/job.py`),
      writableDirectories,
    });
    expect(secureRefusal(place('/opt/app'))).toBe(
      'test/sessions: local:///opt/app/job.py lies under /opt/app, where an empty volume covers what the image has; ' +
        'put it elsewhere in the image, such as /opt/job',
    );
    expect(secureSpec(place('/opt/job')).mainApplicationFile).toBe('local:///opt/job/job.py');
  });

  test.each(['/opt/spark/work-dir.py', '/tmpfiles/job.py', '/opt/spark/job.py'])('may be at %s', (file) => {
    expect(secureSpec({ main: SparkMain.python(`local://${file}`) }).mainApplicationFile).toBe(`local://${file}`);
  });

  test('are not dependencies there either', () => {
    expect(secureRefusal({ dependencies: { jars: ['local:///opt/spark/work-dir/a.jar'] } })).toContain(
      'local:///opt/spark/work-dir/a.jar lies under /opt/spark/work-dir',
    );
  });

  test('are not under directories of the user, of whatever source and role', () => {
    const main = SparkMain.python('local:///data/job.py');
    const problem = 'local:///data/job.py lies under /data, where an empty volume covers';
    const roles = [SparkRole.EXECUTOR];
    const ephemeral = WritableDirectory.ephemeralClaim('/data', { size: Size.gibibytes(1), roles });
    expect(secureRefusal({ main, writableDirectories: [ephemeral] })).toContain(problem);
    expect(secureRefusal({ main, driver: { volumeMounts: [{ volume: scratch, path: '/data/' }] } })).toContain(problem);
  });

  test('are not under a local directory that is claimed on demand', () => {
    expect(
      secureRefusal({
        main: SparkMain.python('local:///var/data/spark-local-dir-1/job.py'),
        driver: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(1) }) },
      }),
    ).toContain('lies under /var/data/spark-local-dir-1');
  });

  test('may be on a volume that holds something, also inside of an empty one', () => {
    const claim = PersistentVolumeClaim.fromClaimName(elsewhere, 'claim', 'jobs');
    const jobs = WritableDirectory.claim('/tmp/jobs', claim, { shared: true });
    expect(
      secureSpec({ main: SparkMain.python('local:///tmp/jobs/job.py'), writableDirectories: [jobs] }),
    ).toBeDefined();
  });

  test('may be on an empty volume that an init container fills', () => {
    const volumeMounts = [{ name: 'scratch', mountPath: '/out' }];
    const options = {
      volumeMounts: [{ volume: scratch, path: '/data' }],
      initContainers: [sidecar('fetch', { volumeMounts })],
    };
    expect(secureSpec({ main: SparkMain.python('local:///data/job.py'), driver: options })).toBeDefined();
  });
});
