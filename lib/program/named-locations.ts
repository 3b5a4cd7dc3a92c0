/** A location that an application names by itself. */
export interface NamedLocation {
  readonly text: string;
  /** Bucket or host; none, or an empty one, is that of the configuration, or wherever a claim is mounted by hand. */
  readonly host?: string;
  /** Without a slash at either end, with single ones between. */
  readonly path: string;
}

/** A URI, or else a text with a slash; then what its last name goes on with, such as a `*` or a letter of another alphabet. */
const LOCATION =
  /(?:(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*):\/\/([\w@.:-]*)(\/[\w.=/-]*)?|(?<![\w.=-])([\w.=-]*\/[\w.=/-]*))(?=([^\s"'`,;:|&<>)\]}]?))/gi;
/** A location in the image itself. */
const IMAGE_SCHEME = 'local';
const ESCAPE = /\\(?:u[0-9a-f]{4}|.)/g;

/** The locations that stand in a specification: in arguments, variables or configuration. */
export function namedLocations(specification: object): NamedLocation[] {
  const text = JSON.stringify(specification).replace(ESCAPE, ' ');
  return [...text.matchAll(LOCATION)]
    .filter(([, scheme]) => scheme?.toLowerCase() !== IMAGE_SCHEME)
    .map(([found, , host, path, other, more]) => ({
      text: inWholeNames(found, more),
      host,
      path: normalPath(inWholeNames(path ?? other ?? '', more)),
    }));
}

/** Without a last name that goes on in an unknown way. */
function inWholeNames(path: string, more: string): string {
  return more === '' ? path : path.slice(0, path.lastIndexOf('/') + 1);
}

function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The path of a location from a root on, or `undefined` if it is elsewhere. */
export function pathBelow(root: string, { host = '', path }: NamedLocation): string | undefined {
  if (host.toLowerCase() !== hostOf(root)) return undefined;
  const above = normalPath(root.replace(/^[a-z0-9]+:\/\/[^/]*/, ''));
  if (above === '') return path;
  return path.startsWith(`${above}/`) ? path.slice(above.length + 1) : undefined;
}

/** The paths from a folder of a store on, in a location that may be in that store. */
export function pathsAnywhere(folder: string, { path }: NamedLocation): string[] {
  return [...`/${path}`.matchAll(/[/=]/g)].map(({ index }) => path.slice(index)).filter((one) => isWithin(one, folder));
}

/** Bucket or host of a root, whatever the scheme. */
export function hostOf(root: string): string {
  return root.replace(/^[a-z0-9]+:\/\/([^/]*).*/, '$1').toLowerCase();
}

/** Whether a path is a folder, or lies inside of it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
