import { tenancyOf } from '../../lib/job-namespace/tenancy';
import { FREE_KUBERNETES_KEYS, KeyUse, KUBERNETES_KEYS, SECURE_KUBERNETES_KEYS } from '../../lib/spark/kubernetes-keys';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { matchesKey } from '../../lib/spark/keys';
import { IMAGE, makePlain, PYTHON, secureRefusal, secureSpec } from '../application/fixtures';
import { newChart } from '../job-namespace/manifests';

/** All keys that Spark 4.0.4 declares below `spark.kubernetes.`; those that end with a point take a name. */
const SPARK_KEYS = `
  allocation.batch.delay allocation.batch.size allocation.driver.readinessTimeout allocation.executor.timeout
  allocation.maxPendingPods allocation.pods.allocator appKillPodDeletionGracePeriod
  authenticate.caCertFile authenticate.clientCertFile authenticate.clientKeyFile authenticate.oauthToken
  authenticate.oauthTokenFile authenticate.driver.mounted.oauthTokenFile authenticate.driver.serviceAccountName
  authenticate.executor.serviceAccountName authenticate.submission.oauthTokenFile
  configMap.maxSize container.image container.image.pullPolicy container.image.pullSecrets context decommission.script
  driver.annotation. driver.connectionTimeout driver.container.image driver.label. driver.limit.cores driver.master
  driver.node.selector. driver.ownPersistentVolumeClaim driver.pod.featureSteps driver.pod.name
  driver.podTemplateContainerName driver.podTemplateFile driver.request.cores driver.requestTimeout
  driver.resourceNamePrefix driver.reusePersistentVolumeClaim driver.scheduler.name driver.secretKeyRef. driver.secrets.
  driver.service.annotation. driver.service.deleteOnTermination driver.service.ipFamilies driver.service.ipFamilyPolicy
  driver.service.label. driver.volumes. driver.waitToReusePersistentVolumeClaim driverEnv.
  dynamicAllocation.deleteGracePeriod executor.annotation. executor.apiPollingInterval executor.checkAllContainers
  executor.container.image executor.decommissionLabel executor.decommissionLabelValue executor.deleteOnTermination
  executor.disableConfigMap executor.enableApiPolling executor.enableApiWatcher
  executor.enablePollingWithResourceVersion executor.eventProcessingInterval executor.hadoopConfigMapName
  executor.label. executor.limit.cores executor.minTasksPerExecutorBeforeRolling executor.missingPodDetectDelta
  executor.node.selector. executor.pod.featureSteps executor.podNamePrefix executor.podTemplateContainerName
  executor.podTemplateFile executor.request.cores executor.rollInterval executor.rollPolicy executor.scheduler.name
  executor.secretKeyRef. executor.secrets. executor.volumes. executorSnapshotsSubscribersShutdownGracePeriod
  file.upload.path hadoop.configMapName kerberos.krb5.configMapName kerberos.krb5.path kerberos.tokenSecret.itemKey
  kerberos.tokenSecret.name legacy.useReadWriteOnceAccessMode local.dirs.tmpfs memoryOverheadFactor namespace
  node.selector. pyspark.pythonVersion report.interval resource.type scheduler.name submission.connectionTimeout
  submission.requestTimeout submission.waitAppCompletion submitInDriver trust.certificates
`
  .trim()
  .split(/\s+/)
  .map((name) => `spark.kubernetes.${name}${name.endsWith('.') ? 'x' : ''}`);

/** What later releases add. */
const NEWER_KEYS = [
  'spark.kubernetes.allocation.maximum',
  'spark.kubernetes.driver.pod.excludedFeatureSteps',
  'spark.kubernetes.executor.pod.excludedFeatureSteps',
  'spark.kubernetes.executor.terminationGracePeriodSeconds',
  'spark.kubernetes.jars.avoidDownloadSchemes',
  'spark.kubernetes.allocation.maxPendingPodsPerRp',
  'spark.kubernetes.executor.useDriverPodIP',
  'spark.kubernetes.driver.annotateExitException',
];

function known(key: string): (typeof KUBERNETES_KEYS)[number] | undefined {
  return KUBERNETES_KEYS.find((candidate) => matchesKey(key, candidate.key));
}

function withUse(...uses: KeyUse[]): string[] {
  return [...SPARK_KEYS, ...NEWER_KEYS].filter((key) => uses.includes(known(key)?.use as KeyUse));
}

describe('each of Spark’s keys below spark.kubernetes. (case 15)', () => {
  test('is known', () => {
    expect([...SPARK_KEYS, ...NEWER_KEYS].filter((key) => known(key) === undefined)).toEqual([]);
  });

  test('is there as the data has it, and nothing else is', () => {
    const keys = [...SPARK_KEYS, ...NEWER_KEYS];
    expect(KUBERNETES_KEYS.filter(({ key }) => !keys.some((each) => matchesKey(each, key)))).toEqual([]);
  });

  test('has a remedy where it is not free', () => {
    const isFree = (use: KeyUse): boolean => use === KeyUse.FREE || use === KeyUse.FREE_IN_PROGRAMS;
    expect(KUBERNETES_KEYS.filter(({ use, remedy }) => isFree(use) !== (remedy === undefined))).toEqual([]);
  });

  test.each(withUse(KeyUse.FREE, KeyUse.FREE_IN_PROGRAMS))('%s is taken, as no template has it', (key) => {
    expect(secureSpec({ sparkConf: { [key]: 'x' } }).sparkConf[key]).toBe('x');
  });

  test.each(withUse(KeyUse.NAMED))('%s is refused with what to use, but where the namespace names it', (key) => {
    const { read, remedy } = known(key) ?? {};
    expect(secureRefusal({ sparkConf: { [key]: 'x' } })).toBe(
      `test/sessions: sparkConf["${key}"] = "x" is not possible in a secure application, since ${read}: ${remedy}, ` +
        'or name the key in admission.sparkConf of the namespace',
    );
    const named = { admission: { sparkConf: [key] } };
    expect(secureSpec({ sparkConf: { [key]: 'x' } }, named).sparkConf[key]).toBe('x');
    const ofGroup = { admission: { sparkConf: ['spark.kubernetes.'] } };
    expect(secureSpec({ sparkConf: { [key]: 'x' } }, ofGroup).sparkConf[key]).toBe('x');
    const other = { admission: { sparkConf: [`${key}x`] } };
    expect(secureRefusal({ sparkConf: { [key]: 'x' } }, other)).toContain('is not possible in a secure application');
    expect(() => makePlain(newChart(), { sparkConf: { [key]: 'x' } })).not.toThrow();
  });

  test.each(withUse(KeyUse.OWNED))('%s is refused, also where the namespace names it', (key) => {
    const named = { admission: { sparkConf: ['spark.kubernetes.'] } };
    expect(secureRefusal({ sparkConf: { [key]: 'x' } }, named)).toContain(`is not possible: ${known(key)?.remedy}`);
  });

  test('that is not known is refused, but where the namespace names it', () => {
    const sparkConf = { 'spark.kubernetes.acme': 'x' };
    expect(secureRefusal({ sparkConf })).toBe(
      'test/sessions: sparkConf["spark.kubernetes.acme"] = "x" is not possible in a secure application, since this ' +
        'library does not know the key: use the template property, or name the key in admission.sparkConf of the namespace',
    );
    expect(secureSpec({ sparkConf }, { admission: { sparkConf: ['spark.kubernetes.acme'] } }).sparkConf).toMatchObject(
      sparkConf,
    );
  });
});

/** What the guard is to admit of an application of the program with this configuration. */
function admittedSettings(sparkConf: Record<string, string>): string[] {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks');
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, sparkConf });
  return tenancyOf(jobNamespace).admitted()['spark-settings'];
}

describe('what the guard admits of everybody', () => {
  test('are the free keys, without those by which others act on a service', () => {
    expect(SECURE_KUBERNETES_KEYS.filter((key) => !FREE_KUBERNETES_KEYS.includes(key))).toEqual([
      'spark.kubernetes.driver.service.annotation.',
      'spark.kubernetes.driver.service.label.',
    ]);
  });

  test('are the very settings of an application of the program too', () => {
    const annotation = 'spark.kubernetes.driver.service.annotation.acme.dev/x';
    expect(admittedSettings({ [annotation]: 'y' })).toEqual([`${annotation}=y`]);
    expect(admittedSettings({ 'spark.kubernetes.driver.service.ipFamilies': 'IPv6' })).toEqual([]);
  });
});
