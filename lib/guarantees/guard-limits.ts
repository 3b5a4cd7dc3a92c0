/**
 * How much of an application the guard reads. The API server gives an expression a budget, and refuses with a message that
 * helps nobody when it is used up; more than this is refused with one that does.
 */
export const LIMITS = {
  /** Keys of sparkConf, and of hadoopConf. */
  configuration: 500,
  /** URIs or packages of one list of dependencies. */
  dependencies: 250,
  /** Containers of one list. */
  containers: 16,
  /** Variables, or sources of variables, of one container. */
  environment: 250,
  /** Volumes of one list. */
  volumes: 100,
  /** Sources of a projected volume, tolerations, terms of an affinity and other short lists. */
  items: 64,
  /** Characters of a URI. */
  uri: 1024,
} as const;
