import { IConstruct } from 'constructs';

/**
 * The folders of one program that hold checkpoints, and those that hold data. No folder of one kind lies inside a folder of
 * the other: rights on data would reach checkpoints, and a clean-up of checkpoints would reach data.
 */
export class StorageFolders {
  private readonly checkpoints = new Folders();
  private readonly data = new Folders();
  private readonly conflicts = new Set<string>();

  /** Notes the folder of a storage's checkpoints. */
  public addCheckpoints(storage: IConstruct, place: string): void {
    if (!this.checkpoints.add(storage, place)) return;
    for (const { owner, folder } of this.data.overlapping(place)) this.refuse(owner, folder, storage, place);
  }

  /** Notes data that an application reads or writes. */
  public addData(application: IConstruct, place: string): void {
    if (!this.data.add(application, place)) return;
    for (const { owner, folder } of this.checkpoints.overlapping(place)) this.refuse(application, place, owner, folder);
  }

  /** What is wrong, in an order that does not depend on that of the constructs. */
  public get problems(): string[] {
    return [...this.conflicts].sort();
  }

  private refuse(application: IConstruct, data: string, storage: IConstruct, checkpoints: string): void {
    this.conflicts.add(
      `${application.node.path} has data in ${data}, which overlaps the checkpoints of ${storage.node.path} in ` +
        `${checkpoints}: give the data a folder beside them; a job that reads another one's checkpoint has Checkpoint.readOnly`,
    );
  }
}

interface OwnedFolder {
  readonly owner: IConstruct;
  readonly folder: string;
}

/** Folders with their owners, found by path without a look at all of them. */
class Folders {
  private readonly at = new Map<string, OwnedFolder[]>();
  private readonly below = new Map<string, OwnedFolder[]>();
  private readonly known = new Map<IConstruct, Set<string>>();

  /** Whether it was not there yet. */
  public add(owner: IConstruct, folder: string): boolean {
    const known = this.known.get(owner) ?? new Set();
    if (known.has(folder)) return false;
    this.known.set(owner, known.add(folder));
    const owned = { owner, folder };
    append(this.at, folder, owned);
    for (const above of foldersAbove(folder)) append(this.below, above, owned);
    return true;
  }

  /** Those that are the folder, or lie inside of it or around it. */
  public overlapping(folder: string): OwnedFolder[] {
    return [
      ...(this.below.get(folder) ?? []),
      ...[folder, ...foldersAbove(folder)].flatMap((each) => this.at.get(each) ?? []),
    ];
  }
}

function append(folders: Map<string, OwnedFolder[]>, folder: string, owned: OwnedFolder): void {
  const known = folders.get(folder);
  if (known === undefined) folders.set(folder, [owned]);
  else known.push(owned);
}

/** The folders that hold a path, from the outermost on. */
function foldersAbove(place: string): string[] {
  const parts = place.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

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
