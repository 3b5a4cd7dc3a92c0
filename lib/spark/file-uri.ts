/** The schemes that URIs of a job's files may have; all others are refused. */
const SCHEMES = ['local', 'https', 'hdfs', 's3a', 'gs', 'abfss'];

// spark-submit asks Hadoop's file systems for a list of these, in the controller's pod, with the controller's identity.
const LISTED_BY_CONTROLLER = ['hdfs', 's3a', 'gs', 'abfss'];

const WRITE_INSTEAD: Readonly<Record<string, string>> = {
  http: 'https',
  s3: 's3a',
  s3n: 's3a',
  gcs: 'gs',
  abfs: 'abfss',
  wasb: 'abfss',
  wasbs: 'abfss',
};

const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/([^/]*))?(\/?[^#]*)(#.*)?$/;
// No comma, since it separates the items of lists; no % and no query, since they can hide other characters or a signature.
const PLAIN_PATH = /^[A-Za-z0-9._=+@~:/-]+$/;
const PLAIN_AUTHORITY = /^[A-Za-z0-9._@:-]+$/;
const FRAGMENT = /^#[A-Za-z0-9._-]+$/;

/** What is wrong with the URI of a job's file, or `undefined`. */
export function fileUriProblem(what: string, uri: string, allowFragment = false): string | undefined {
  const given = `${what} ${JSON.stringify(uri)}`;
  const match = PARTS.exec(uri);
  if (uri.startsWith('-')) return `${given} begins with "-", so that spark-submit reads it as an option; give a URI`;
  if (match === null) {
    return `${given} has no scheme, so that it means a file of the controller; write local:///path for a file of the image`;
  }
  const [, scheme, , authority, path, fragment] = match;
  if (scheme === 'file') {
    return `${given} means a file of the controller; write local:///path for a file of the image`;
  }
  if (!SCHEMES.includes(scheme)) {
    const better = WRITE_INSTEAD[scheme.toLowerCase()];
    return `${given} has the scheme "${scheme}"; use ${better ?? `one of ${SCHEMES.join(', ')}`}`;
  }
  const authorityFault = authorityProblem(scheme, authority);
  if (authorityFault !== undefined) return `${given} ${authorityFault}`;
  if (!PLAIN_PATH.test(path) || path.endsWith('/')) {
    return `${given} is no plain path of a file; use letters, digits and . _ - + = @ ~ : between slashes`;
  }
  if (
    path
      .slice(1)
      .split('/')
      .some((part) => part === '' || part === '.' || part === '..')
  ) {
    return `${given} has an empty, "." or ".." part; write the path straight`;
  }
  if (fragment !== undefined && (!allowFragment || !FRAGMENT.test(fragment))) {
    return `${given} has the fragment "${fragment}"; ${allowFragment ? 'use letters, digits and . _ -' : 'leave it out'}`;
  }
  return undefined;
}

function authorityProblem(scheme: string, authority: string | undefined): string | undefined {
  if (scheme === 'local') {
    return authority === ''
      ? undefined
      : 'does not name an absolute path of the image; write local:/// with three slashes';
  }
  if (authority === undefined || authority === '')
    return `names no host or bucket; write ${scheme}://<host or bucket>/<path>`;
  if (!PLAIN_AUTHORITY.test(authority)) return `has the host or bucket "${authority}"; use letters, digits and . _ - :`;
  const user = authority.includes('@') ? authority.split('@')[0] : undefined;
  // In abfss://container@account the part before @ is the container, not a user.
  const isContainer = scheme === 'abfss' && user !== undefined && !user.includes(':');
  if (user !== undefined && !isContainer) {
    return 'holds a user or password, which everybody who reads the manifest sees; give the identity in another way';
  }
  return undefined;
}

/** The absolute path of a file in the image, or `undefined` for any other file. */
export function localPath(uri: string): string | undefined {
  return uri.startsWith('local://') ? uri.slice('local://'.length).split('#')[0] : undefined;
}

/** Whether the controller itself reads a dependency, so that it needs a connector and a cloud identity of its own. */
export function isReadByController(uri: string): boolean {
  return LISTED_BY_CONTROLLER.includes(uri.split(':')[0]);
}
