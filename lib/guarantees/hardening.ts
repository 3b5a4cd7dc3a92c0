/** A guarantee of secure applications that a job namespace may allow to be relaxed. */
export enum HardeningPoint {
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
export class Hardening {
  /**
   * Allows containers that write anywhere in their image.
   *
   * @param reason why it is needed, for those who read the manifests
   * @throws if the reason is empty
   */
  public static writableRootFilesystem(reason: string): Hardening {
    return new Hardening(HardeningPoint.READ_ONLY_ROOT_FILESYSTEM, reason);
  }

  /**
   * Allows executors with a token of the Kubernetes API.
   *
   * @param reason why it is needed, for those who read the manifests
   * @throws if the reason is empty
   */
  public static executorApiToken(reason: string): Hardening {
    return new Hardening(HardeningPoint.NO_EXECUTOR_API_TOKEN, reason);
  }

  /**
   * Allows images without a tag, or with `latest`.
   *
   * @param reason why it is needed, for those who read the manifests
   * @throws if the reason is empty
   */
  public static unpinnedImages(reason: string): Hardening {
    return new Hardening(HardeningPoint.PINNED_IMAGES, reason);
  }

  /**
   * Allows plain environment values under names that tell of a secret, such as `FAKE_TOKEN`.
   *
   * @param reason why it is needed, for those who read the manifests
   * @throws if the reason is empty
   */
  public static plainSecrets(reason: string): Hardening {
    return new Hardening(HardeningPoint.NO_PLAIN_SECRETS, reason);
  }

  /**
   * Allows traffic and spills that are neither authenticated nor encrypted.
   *
   * @param reason why it is needed, for those who read the manifests
   * @throws if the reason is empty
   */
  public static unencrypted(reason: string): Hardening {
    return new Hardening(HardeningPoint.ENCRYPTION, reason);
  }

  /**
   * Allows rights to open a shell in pods and to forward their ports.
   *
   * @param reason why it is needed, for those who read the manifests
   * @throws if the reason is empty
   */
  public static debugRights(reason: string): Hardening {
    return new Hardening(HardeningPoint.NO_DEBUG_RIGHTS, reason);
  }

  private constructor(
    /** The guarantee that may be relaxed. */
    public readonly point: HardeningPoint,
    /** Why. */
    public readonly reason: string,
  ) {
    if (reason.trim() === '') {
      throw new Error(`Hardening: the reason for relaxing ${point} is empty; say why this namespace needs it`);
    }
  }
}
