/** What is known of one release of the operator. */
export interface OperatorRelease {
  /** The official image, which both controller and webhook run. */
  readonly image: string;
  /** The Spark whose spark-submit is in that image; applications may run another one. */
  readonly sparkVersion: string;
}

/** The releases whose flags and rights this library knows. */
export const OPERATOR_RELEASES: { readonly [version: string]: OperatorRelease } = {
  '2.5.2': { image: 'ghcr.io/kubeflow/spark-operator/controller:2.5.2', sparkVersion: '4.0.4' },
};

export const DEFAULT_OPERATOR_VERSION = '2.5.2';

/** What is wrong with the release that a user names, or `undefined`. */
export function releaseProblem(version: string): string | undefined {
  if (Object.hasOwn(OPERATOR_RELEASES, version)) return undefined;
  const known = Object.keys(OPERATOR_RELEASES).join(', ');
  return `version "${version}" is no release of the operator that this library knows; known are ${known}: use one of them, and image for a build of your own`;
}

/** What is wrong with the image that a user names, or `undefined`. */
export function operatorImageProblem(image: string, version: string): string | undefined {
  const [, tag, digest] = /^[^\s@]+?(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  const tagged = tag !== undefined && tag !== 'latest';
  const release = /^v?(\d+\.\d+\.\d+)(?![\w.])/.exec(tag ?? '')?.[1];
  if (release !== undefined && release !== version) {
    return `image "${image}" is of release ${release}, but version is ${version}, whose flags and rights are written; let both name the same release`;
  }
  if (digest !== undefined || tagged) return undefined;
  return `image "${image}" is not pinned; a tag other than "latest" or a digest is expected: write it as registry/name:tag or registry/name@sha256:<64 hex digits>`;
}
