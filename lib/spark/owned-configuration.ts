/** Why a configuration key may not be given, and what to use instead. */
export interface OwnedKey {
  /** The key; one that ends with `.` stands for every key that begins so. */
  readonly key: string;
  readonly remedy: string;
}

const MANAGED = 'the operator manages it and refuses it: leave it out';
const ACCOUNT = 'the operator refuses it: use the accounts of the job namespace';
const IMAGE = 'the operator refuses it: use image';
const TEMPLATE = 'the operator writes its own template file: use driver.template or executor.template';
const DEPENDENCY = 'use dependencies';
const ALLOCATION = 'use dynamicAllocation';

/** Keys that the operator refuses, or that a property of the application sets. */
export const OWNED_KEYS: readonly OwnedKey[] = [
  { key: 'spark.master', remedy: MANAGED },
  { key: 'spark.submit.deployMode', remedy: MANAGED },
  { key: 'spark.app.name', remedy: 'use name' },
  { key: 'spark.kubernetes.namespace', remedy: 'use jobNamespace' },
  { key: 'spark.kubernetes.driver.master', remedy: MANAGED },
  {
    key: 'spark.kubernetes.driver.pod.name',
    remedy: 'Airflow and the operator find the driver by its usual name: leave it out',
  },
  { key: 'spark.kubernetes.authenticate.driver.serviceAccountName', remedy: ACCOUNT },
  { key: 'spark.kubernetes.authenticate.executor.serviceAccountName', remedy: ACCOUNT },
  { key: 'spark.kubernetes.authenticate.', remedy: MANAGED },
  { key: 'spark.kubernetes.container.image', remedy: IMAGE },
  { key: 'spark.kubernetes.container.image.pullPolicy', remedy: 'use the options of image' },
  { key: 'spark.kubernetes.container.image.pullSecrets', remedy: 'use the options of image' },
  { key: 'spark.kubernetes.driver.container.image', remedy: IMAGE },
  { key: 'spark.kubernetes.executor.container.image', remedy: IMAGE },
  { key: 'spark.kubernetes.driver.podTemplateFile', remedy: TEMPLATE },
  { key: 'spark.kubernetes.executor.podTemplateFile', remedy: TEMPLATE },
  { key: 'spark.kubernetes.driver.podTemplateContainerName', remedy: TEMPLATE },
  { key: 'spark.kubernetes.executor.podTemplateContainerName', remedy: TEMPLATE },
  { key: 'spark.kubernetes.submission.waitAppCompletion', remedy: MANAGED },
  { key: 'spark.kubernetes.pyspark.pythonVersion', remedy: 'use the Python version of image' },
  { key: 'spark.kubernetes.memoryOverheadFactor', remedy: 'use driver.memoryOverhead and executor.memoryOverhead' },
  { key: 'spark.kubernetes.driver.request.cores', remedy: 'use driver.coreRequest' },
  { key: 'spark.kubernetes.driver.limit.cores', remedy: 'use driver.coreLimit' },
  { key: 'spark.kubernetes.executor.request.cores', remedy: 'use executor.coreRequest' },
  { key: 'spark.kubernetes.executor.limit.cores', remedy: 'use executor.coreLimit' },
  { key: 'spark.kubernetes.executor.deleteOnTermination', remedy: 'use executor.deleteOnTermination' },
  {
    key: 'spark.kubernetes.driver.volumes.',
    remedy: 'use driver.volumeMounts, writableDirectories or driver.localDirectories',
  },
  {
    key: 'spark.kubernetes.executor.volumes.',
    remedy: 'use executor.volumeMounts, writableDirectories or executor.localDirectories',
  },
  { key: 'spark.kubernetes.driver.secrets.', remedy: 'use driver.volumeMounts with a volume of the Secret' },
  { key: 'spark.kubernetes.executor.secrets.', remedy: 'use executor.volumeMounts with a volume of the Secret' },
  { key: 'spark.kubernetes.driver.secretKeyRef.', remedy: 'use driver.env' },
  { key: 'spark.kubernetes.executor.secretKeyRef.', remedy: 'use executor.env' },
  { key: 'spark.kubernetes.driverEnv.', remedy: 'use driver.env' },
  { key: 'spark.executorEnv.', remedy: 'use executor.env' },
  { key: 'spark.kubernetes.driver.label.', remedy: 'use driver.labels' },
  { key: 'spark.kubernetes.executor.label.', remedy: 'use executor.labels' },
  { key: 'spark.kubernetes.driver.annotation.', remedy: 'use driver.annotations' },
  { key: 'spark.kubernetes.executor.annotation.', remedy: 'use executor.annotations' },
  { key: 'spark.kubernetes.node.selector.', remedy: 'use driver.nodeSelector and executor.nodeSelector' },
  { key: 'spark.kubernetes.driver.node.selector.', remedy: 'use driver.nodeSelector' },
  { key: 'spark.kubernetes.executor.node.selector.', remedy: 'use executor.nodeSelector' },
  { key: 'spark.kubernetes.local.dirs.tmpfs', remedy: 'use driver.localDirectories and executor.localDirectories' },
  { key: 'spark.driver.bindAddress', remedy: "Spark sets it to the address of the driver's pod: leave it out" },
  { key: 'spark.driver.host', remedy: "Spark sets it to the driver's service: leave it out" },
  { key: 'spark.local.dir', remedy: 'use driver.localDirectories and executor.localDirectories' },
  { key: 'spark.driver.cores', remedy: 'use driver.cores' },
  { key: 'spark.driver.memory', remedy: 'use driver.memory' },
  { key: 'spark.driver.memoryOverhead', remedy: 'use driver.memoryOverhead' },
  { key: 'spark.driver.memoryOverheadFactor', remedy: 'use driver.memoryOverhead' },
  { key: 'spark.driver.extraJavaOptions', remedy: 'use driver.javaOptions' },
  { key: 'spark.driver.defaultJavaOptions', remedy: 'use driver.javaOptions' },
  { key: 'spark.executor.cores', remedy: 'use executor.cores' },
  { key: 'spark.executor.memory', remedy: 'use executor.memory' },
  { key: 'spark.executor.memoryOverhead', remedy: 'use executor.memoryOverhead' },
  { key: 'spark.executor.memoryOverheadFactor', remedy: 'use executor.memoryOverhead' },
  { key: 'spark.executor.extraJavaOptions', remedy: 'use executor.javaOptions' },
  { key: 'spark.executor.defaultJavaOptions', remedy: 'use executor.javaOptions' },
  { key: 'spark.executor.instances', remedy: 'use executor.instances' },
  { key: 'spark.dynamicAllocation.enabled', remedy: ALLOCATION },
  { key: 'spark.dynamicAllocation.minExecutors', remedy: ALLOCATION },
  { key: 'spark.dynamicAllocation.maxExecutors', remedy: ALLOCATION },
  { key: 'spark.dynamicAllocation.initialExecutors', remedy: ALLOCATION },
  { key: 'spark.dynamicAllocation.shuffleTracking.enabled', remedy: ALLOCATION },
  { key: 'spark.dynamicAllocation.shuffleTracking.timeout', remedy: ALLOCATION },
  {
    key: 'spark.shuffle.service.enabled',
    remedy: 'there is no external shuffle service on Kubernetes: use dynamicAllocation with shuffle tracking',
  },
  { key: 'spark.jars', remedy: DEPENDENCY },
  { key: 'spark.jars.packages', remedy: DEPENDENCY },
  { key: 'spark.jars.excludes', remedy: DEPENDENCY },
  { key: 'spark.jars.repositories', remedy: DEPENDENCY },
  { key: 'spark.jars.ivySettings', remedy: 'it would be read in the controller: use dependencies.repositories' },
  { key: 'spark.jars.ivy', remedy: 'the library sets it to a writable directory: leave it out' },
  { key: 'spark.files', remedy: DEPENDENCY },
  { key: 'spark.archives', remedy: DEPENDENCY },
  { key: 'spark.submit.pyFiles', remedy: DEPENDENCY },
  { key: 'spark.log.level', remedy: 'use logLevel' },
  { key: 'spark.checkpoint.location', remedy: 'use checkpoint' },
];

/** Keys that encryption sets in a secure application. */
export const ENCRYPTION_KEYS: readonly OwnedKey[] = [
  'spark.authenticate',
  'spark.authenticate.secret',
  'spark.authenticate.secret.file',
  'spark.authenticate.secret.driver.file',
  'spark.authenticate.secret.executor.file',
  'spark.network.crypto.enabled',
  'spark.network.crypto.cipher',
  'spark.network.crypto.saslFallback',
  'spark.network.sasl.serverAlwaysEncrypt',
  'spark.io.encryption.enabled',
].map((key) => ({
  key,
  remedy: 'use encryption, or relax it by Guarantee.ENCRYPTION where the namespace allows it',
}));

/**
 * What a secure application may set below `spark.kubernetes.`; everything else there shapes pods beside the hardened
 * templates, or loads classes into the submitting process.
 */
export const SECURE_KUBERNETES_KEYS: readonly string[] = [
  'spark.kubernetes.allocation.',
  'spark.kubernetes.driver.connectionTimeout',
  'spark.kubernetes.driver.ownPersistentVolumeClaim',
  'spark.kubernetes.driver.requestTimeout',
  'spark.kubernetes.driver.reusePersistentVolumeClaim',
  'spark.kubernetes.driver.waitToReusePersistentVolumeClaim',
  'spark.kubernetes.dynamicAllocation.deleteGracePeriod',
  'spark.kubernetes.executor.apiPollingInterval',
  'spark.kubernetes.executor.checkAllContainers',
  'spark.kubernetes.executor.enablePollingWithResourceVersion',
  'spark.kubernetes.executor.eventProcessingInterval',
  'spark.kubernetes.executor.maxPendingPods',
  'spark.kubernetes.executor.missingPodDetectDelta',
  'spark.kubernetes.executor.rollInterval',
  'spark.kubernetes.executor.rollPolicy',
  'spark.kubernetes.legacy.useReadWriteOnceAccessMode',
  'spark.kubernetes.report.interval',
  'spark.kubernetes.submission.connectionTimeout',
  'spark.kubernetes.submission.requestTimeout',
];
