/** The parts of an image's reference, with the defaults of container runtimes filled in. */
export interface ImageReference {
  /** Host of the registry, with its port if it has one. */
  readonly registry: string;
  /** Path in the registry. */
  readonly repository: string;
  readonly tag?: string;
  /** Algorithm and value, such as `sha256:…`. */
  readonly digest?: string;
}

const DEFAULT_REGISTRY = 'docker.io';
const DEFAULT_FOLDER = 'library';
const LATEST = 'latest';
const MAX_NAME_LENGTH = 255;

// A tag comes after the last slash, since a colon before it belongs to the port of the registry.
const REFERENCE = /^(?<name>[^@]*?)(:(?<tag>[^:/@]*))?(@(?<digest>.*))?$/s;
const REGISTRY =
  /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(:\d+)?$/;
const REPOSITORY = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * The parts of a reference.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
export function parseImageReference(reference: string): ImageReference {
  const { name = '', tag, digest } = REFERENCE.exec(reference)?.groups ?? {};
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  // A first part is a host only if it cannot be a folder of the default registry.
  const hasRegistry = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const registry = hasRegistry ? first : DEFAULT_REGISTRY;
  const path = hasRegistry ? name.slice(slash + 1) : name;
  const repository = registry === DEFAULT_REGISTRY && !path.includes('/') ? `${DEFAULT_FOLDER}/${path}` : path;
  return { registry, repository, tag, digest };
}

/** Registry and path of a reference, without tag and digest. */
export function imageRepository(reference: string): string {
  const { registry, repository } = parseImageReference(reference);
  return `${registry}/${repository}`;
}

/** What is wrong with a reference, with the remedy of each problem. */
export function imageReferenceProblems(reference: string): string[] {
  if (reference === '') return ['the image is empty; name one, such as registry.acme.dev/sessions:1.4.0'];
  const { registry, repository, tag, digest } = parseImageReference(reference);
  const problems: string[] = [];
  const isNameValid = REGISTRY.test(registry) && REPOSITORY.test(repository);
  if (!isNameValid || registry.length + 1 + repository.length > MAX_NAME_LENGTH) {
    problems.push(
      `the image ${JSON.stringify(reference)} is no image reference; write [registry[:port]/]repository[:tag][@digest], ` +
        `the repository in lower case, at most ${MAX_NAME_LENGTH} characters`,
    );
  }
  if (tag !== undefined && !TAG.test(tag)) {
    problems.push(
      `the tag ${JSON.stringify(tag)} is none; use at most 128 letters, digits and . _ -, not first . or -`,
    );
  }
  if (digest !== undefined && !DIGEST.test(digest)) {
    problems.push(
      `the digest ${JSON.stringify(digest)} is none; write sha256: and 64 hexadecimal digits in lower case`,
    );
  }
  return problems;
}

/** Why an image may change under its reference, or `undefined` if a digest or a tag other than `latest` pins it. */
export function pinProblem(reference: string): string | undefined {
  const { tag, digest } = parseImageReference(reference);
  const fault = digest === undefined ? tagFault(tag) : DIGEST.test(digest) ? undefined : 'has a digest that is none';
  return (
    fault &&
    `the image "${reference}" ${fault}, so that a restart may run another program; give it a tag of its version or a digest`
  );
}

function tagFault(tag: string | undefined): string | undefined {
  if (tag === undefined) return 'has no tag';
  if (tag === LATEST) return `has the tag ${LATEST}`;
  return TAG.test(tag) ? undefined : 'has a tag that is none';
}
