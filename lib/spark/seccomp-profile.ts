import { checkArguments } from '../problems/property-checks';

/**
 * Which system calls the containers of a secure application may use.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export class SeccompProfile {
  /** The default profile of the container runtime. */
  public static readonly RUNTIME_DEFAULT = new SeccompProfile('RuntimeDefault');

  /** No limit at all: refused by secure applications, since Pod Security `baseline` and `restricted` refuse it. */
  public static readonly UNCONFINED = new SeccompProfile('Unconfined');

  /**
   * A profile in a file on every node.
   *
   * @param profile the file's path below the kubelet's folder `seccomp`, for example `profiles/spark.json`
   * @throws if the path is empty, absolute or leads out of the folder
   */
  public static localhost(profile: string): SeccompProfile {
    checkArguments('SeccompProfile.localhost', [profile]);
    if (profile === '' || profile.startsWith('/') || profile.split('/').includes('..')) {
      throw new Error(
        `SeccompProfile.localhost: the profile is "${profile}"; ` +
          "give a path below the kubelet's seccomp folder, such as profiles/spark.json",
      );
    }
    return new SeccompProfile('Localhost', profile);
  }

  private constructor(
    /** `RuntimeDefault`, `Localhost` or `Unconfined`. */
    public readonly type: string,
    /** The path of the profile's file, for `Localhost` only. @default - none */
    public readonly localhostProfile?: string,
  ) {}
}
