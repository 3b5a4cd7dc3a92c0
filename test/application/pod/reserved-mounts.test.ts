import { ConfigMap, k8s, Volume } from 'cdk8s-plus-28';
import { PodOptions } from '../../../lib/application/pod/pod-options';
import { newChart } from '../../job-namespace/manifests';
import { secureRefusal, secureSpec, sidecar, withTemplate } from '../fixtures';

const elsewhere = newChart();
const files = Volume.fromConfigMap(
  elsewhere,
  'files',
  new ConfigMap(elsewhere, 'logging', {
    metadata: { name: 'logging', namespace: 'clicks' },
    data: { 'log4j2.properties': '' },
  }),
  { name: 'files' },
);
const scratch = Volume.fromEmptyDir(elsewhere, 'scratch', 'scratch');

function mounted(path: string, volume = files, subPath?: string): PodOptions {
  return { volumeMounts: [{ volume, path, subPath }] };
}

/** A volume of its own kind at a path. */
function ofKind(path: string, source: Partial<k8s.Volume>, initContainers?: k8s.Container[]): PodOptions {
  return {
    ...withTemplate({
      volumes: [{ name: 'v', ...source }],
      containers: [{ name: 'spark-kubernetes-driver', volumeMounts: [{ name: 'v', mountPath: path }] }],
    }),
    initContainers,
  };
}

const CONFIGURATION =
  "where Spark mounts the job's configuration; mount it elsewhere, such as at /opt/job-conf, and point there: for Log4j " +
  'with the Java option -Dlog4j2.configurationFile=file:/opt/job-conf/log4j2.properties, for properties with sparkConf';
const HIDES =
  "where it hides Spark's own files; mount it elsewhere, such as at /opt/job, or fill it in an init container";

test.each([
  ['/opt/spark/conf', CONFIGURATION],
  ['/opt/spark/conf/', CONFIGURATION],
  ['/opt/spark/pod-template', "where Spark mounts the executors' template; mount it elsewhere"],
  ['/opt/spark', HIDES],
  ['/opt/spark/jars', HIDES],
  ['/opt', HIDES],
  ['/', 'which every container has of its own; mount it elsewhere, such as at /data'],
  ['/proc', 'which every container has of its own; mount it elsewhere, such as at /data'],
  [
    '/opt/entrypoint.sh',
    'which is the file that starts Spark; mount one file there with subPath, or put it into the image',
  ],
  [
    '/var/run/secrets/kubernetes.io/serviceaccount',
    "where Kubernetes mounts the token of the pod's account; mount it elsewhere",
  ],
])('a volume at %s of a driver is refused, with the way that works (case 6)', (path, problem) => {
  const shown = path === '/' ? path : path.replace(/\/$/, '');
  expect(secureRefusal({ driver: mounted(path) })).toBe(
    `test/sessions: driver: volume "files" is mounted at ${shown}, ${problem}`,
  );
});

test('a file below the configuration, with which no container starts, is refused for executors too (case 6)', () => {
  const executor = mounted('/opt/spark/conf/log4j2.properties', files, 'log4j2.properties');
  expect(secureRefusal({ executor })).toBe(
    `test/sessions: executor: volume "files" is mounted at /opt/spark/conf/log4j2.properties, ${CONFIGURATION}`,
  );
});

test('the way that works for Log4j is accepted (case 6, case 21)', () => {
  const javaOptions = ['-Dlog4j2.configurationFile=file:/opt/job-conf/log4j2.properties'];
  const { driver } = secureSpec({ driver: { ...mounted('/opt/job-conf'), javaOptions } });
  expect(driver.javaOptions).toContain(javaOptions[0]);
  expect(driver.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'files', mountPath: '/opt/job-conf' });
});

test.each<[string, PodOptions]>([
  ['the template of executors, which executors do not have', mounted('/opt/spark/pod-template')],
])('is accepted for executors: %s (case 6)', (_, executor) => {
  expect(secureSpec({ executor }).executor.template.spec.volumes).toContainEqual(
    expect.objectContaining({ name: 'files' }),
  );
});

test.each<[string, PodOptions]>([
  ['a folder beside those of Spark', mounted('/opt/spark/extra')],
  ['a directory that Spark writes', mounted('/data', scratch)],
  ['one file in the place of the entrypoint', mounted('/opt/entrypoint.sh', files, 'entrypoint.sh')],
  [
    'classes that an init container brings',
    ofKind('/opt/spark/jars', { emptyDir: {} }, [sidecar('fill', { volumeMounts: [{ name: 'v', mountPath: '/to' }] })]),
  ],
  ['classes on a claim', ofKind('/opt/spark/jars', { persistentVolumeClaim: { claimName: 'jars' } })],
  [
    'a token of a shorter life',
    ofKind('/var/run/secrets/kubernetes.io/serviceaccount', {
      projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 900 } }] },
    }),
  ],
])('is accepted for drivers: %s (case 6)', (_, driver) => {
  expect(secureSpec({ driver }).driver.template.spec.containers[0].name).toBe('spark-kubernetes-driver');
});

test('an empty volume that no init container fills hides the classes of Spark (case 6)', () => {
  expect(secureRefusal({ driver: ofKind('/opt/spark/jars', { emptyDir: {} }) })).toContain(HIDES);
});

test.each(['spark-conf-volume-driver', 'pod-template-volume', 'krb5-file'])(
  'a volume %s, which Spark adds itself, is refused (case 6)',
  (name) => {
    const volume = Volume.fromEmptyDir(elsewhere, name, name);
    expect(secureRefusal({ driver: mounted('/data', volume) })).toBe(
      `test/sessions: driver: volume "${name}" has the name of a volume that Spark adds; give it another name`,
    );
  },
);
