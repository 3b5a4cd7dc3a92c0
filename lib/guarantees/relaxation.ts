import { checkArguments } from '../problems/property-checks';

/** A guarantee of secure applications that a job namespace may allow its applications to relax. */
export enum Guarantee {
  /** The root file systems of driver and executors are read-only. */
  READ_ONLY_ROOT_FILESYSTEM = 'read-only-root-filesystem',
  /** Executors hold no token of the Kubernetes API. */
  NO_EXECUTOR_API_TOKEN = 'no-executor-api-token',
  /** Images are pinned by a tag other than `latest`, or by a digest. */
  PINNED_IMAGES = 'pinned-images',
  /** No secret stands in plain text in environment variables, arguments or configuration. */
  NO_PLAIN_SECRETS = 'no-plain-secrets',
  /** Traffic between driver and executors is authenticated and encrypted, and files that they spill are encrypted. */
  ENCRYPTION = 'encryption',
  /** No grant gives the right to open a shell in a pod or to forward its ports. */
  NO_DEBUG_RIGHTS = 'no-debug-rights',
}

/**
 * The permission to relax one guarantee in a job namespace, with its reason.
 *
 * The namespace allows it, and an application uses it with `relax`. Neither is enough alone, so admission rules depend on the
 * namespace and never on what a submitter writes.
 */
export class Relaxation {
  /**
   * Allows applications of a job namespace to relax a guarantee.
   *
   * @param guarantee the guarantee that applications may relax
   * @param reason why this namespace needs it, for readers of the manifests
   * @throws if the reason is empty
   */
  public static of(guarantee: Guarantee, reason: string): Relaxation {
    checkArguments('Relaxation.of', [guarantee, reason]);
    return new Relaxation(guarantee, reason);
  }

  private constructor(
    /** The guarantee that applications may relax. */
    public readonly guarantee: Guarantee,
    /** Why the namespace needs it. */
    public readonly reason: string,
  ) {
    if (reason.trim() === '') {
      throw new Error(`Relaxation: the reason for relaxing ${guarantee} is empty; say why this namespace needs it`);
    }
  }
}
