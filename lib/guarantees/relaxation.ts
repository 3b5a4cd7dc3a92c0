import { checkArguments } from '../problems/property-checks';

/** A guarantee of secure applications that a job namespace may allow to be relaxed. */
export enum Guarantee {
  /** The root file systems of driver and executors are read-only. */
  READ_ONLY_ROOT_FILESYSTEM = 'read-only-root-filesystem',
  /** Executors hold no token of the Kubernetes API. */
  NO_EXECUTOR_API_TOKEN = 'no-executor-api-token',
  /** Images are pinned by a tag other than `latest`, or by a digest. */
  PINNED_IMAGES = 'pinned-images',
  /** No plain environment value has a name that tells of a secret. */
  NO_PLAIN_SECRETS = 'no-plain-secrets',
  /** Traffic between driver and executors and what they spill is authenticated and encrypted. */
  ENCRYPTION = 'encryption',
  /** Nobody may open a shell in a pod or forward a port of it. */
  NO_DEBUG_RIGHTS = 'no-debug-rights',
}

/**
 * The permission to relax one guarantee in a job namespace, with its reason.
 *
 * The namespace allows, an application then uses it with `relax`; neither is enough alone, so that an admission rule can
 * rest on the namespace and never on what a submitter writes.
 */
export class Relaxation {
  /**
   * Allows applications of a job namespace to relax a guarantee.
   *
   * @param guarantee what may be relaxed
   * @param reason why this namespace needs it, for those who read the manifests
   * @throws if the reason is empty
   */
  public static of(guarantee: Guarantee, reason: string): Relaxation {
    checkArguments('Relaxation.of', [guarantee, reason]);
    return new Relaxation(guarantee, reason);
  }

  private constructor(
    /** The guarantee that may be relaxed. */
    public readonly guarantee: Guarantee,
    /** Why. */
    public readonly reason: string,
  ) {
    if (reason.trim() === '') {
      throw new Error(`Relaxation: the reason for relaxing ${guarantee} is empty; say why this namespace needs it`);
    }
  }
}
