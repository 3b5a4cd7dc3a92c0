/**
 * How much of an application the guard reads. The API server gives every CEL expression a cost budget, and its message does not
 * name the cause when the budget is exceeded. The guard refuses what is above these limits with a message that does.
 */
export const LIMITS = {
  /** Keys of sparkConf, and of hadoopConf. */
  configuration: 500,
  /** URIs or packages of one list of dependencies. */
  dependencies: 250,
  /** Containers of one list. */
  containers: 16,
  /** Items of `env` or `envFrom` of one container. */
  environment: 250,
  /** Volumes of one list. */
  volumes: 100,
  /** Sources of a projected volume, tolerations, terms of an affinity and other short lists. */
  items: 64,
  /** Characters of a URI. */
  uri: 1024,
} as const;
