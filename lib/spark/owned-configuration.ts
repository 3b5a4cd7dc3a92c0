import { KeyUse, KUBERNETES_KEYS } from './kubernetes-keys';

/** Why an application may not set a configuration key, and what to use instead. */
export interface OwnedKey {
  /** The key; one that ends with `.` stands for all keys with this prefix. */
  readonly key: string;
  readonly remedy: string;
}

const MANAGED = 'the operator manages it and refuses it: leave it out';
const DEPENDENCY = 'use dependencies';
const ALLOCATION = 'use dynamicAllocation';

/** Keys that the operator refuses, or that a property of the application sets. */
export const OWNED_KEYS: readonly OwnedKey[] = [
  ...KUBERNETES_KEYS.filter(({ use }) => use === KeyUse.OWNED).map(({ key, remedy = 'leave it out' }) => ({
    key,
    remedy,
  })),
  { key: 'spark.master', remedy: MANAGED },
  { key: 'spark.submit.deployMode', remedy: MANAGED },
  { key: 'spark.app.name', remedy: 'use name' },
  { key: 'spark.executorEnv.', remedy: 'use executor.env' },
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
