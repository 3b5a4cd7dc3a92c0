import { IConstruct } from 'constructs';

/** A path of a store. */
export interface StorePath {
  /** URI of the store's root. */
  readonly root: string;
  /** What tells the store from every other one, where the root alone does not. */
  readonly place: string;
  /** From the root, without a slash at either end. */
  readonly path: string;
  /** The namespace of the claim on which it lies, if known. Claims of one name in two namespaces are two. */
  readonly claimNamespace?: string;
}

/** A folder that is cleaned up. */
export interface CleanedFolder extends StorePath {
  /** The folders in it that are looked at. */
  readonly namespaces: readonly string[];
}

interface Owned<T> {
  readonly owner: IConstruct;
  readonly folder: T;
}

const LOCATION = /[a-z][a-z0-9]*:\/\/[A-Za-z0-9@.:-]*(?:\/[A-Za-z0-9._=/-]*)?|\/[A-Za-z0-9._=/-]+/g;
/** A location that does not say in which store: that of the configuration, or wherever a claim is mounted by hand. */
const WITHOUT_STORE = /^(?:hdfs:\/\/|file:\/\/)?(\/.*?)\/*$/;

/** Where the checkpoints of a program lie, and what is cleaned up there. */
export class CheckpointFolders {
  private readonly storages: Owned<StorePath>[] = [];
  private readonly cleanUps: Owned<CleanedFolder>[] = [];
  private readonly uses: StorePath[] = [];
  private readonly mentioned = new Map<string, Set<IConstruct>>();

  public addStorage(owner: IConstruct, folder: StorePath): void {
    this.storages.push({ owner, folder });
  }

  public addCleanUp(owner: IConstruct, folder: CleanedFolder): void {
    this.cleanUps.push({ owner, folder });
  }

  /** Notes what an application writes or reads: its checkpoint, or data. */
  public addUse(used: StorePath): void {
    this.uses.push(used);
  }

  /** Notes the locations that an application names by itself, in arguments or configuration. */
  public addMentions(owner: IConstruct, specification: object): void {
    for (const [location] of JSON.stringify(specification).matchAll(LOCATION)) {
      this.mentioned.set(location, (this.mentioned.get(location) ?? new Set()).add(owner));
    }
  }

  /**
   * The paths from the store's root that applications use in a folder, or above it. One too many only means that more is kept:
   * two endpoints, or two schemes, count as the same store.
   */
  public livePaths(folder: StorePath): string[] {
    const paths = [
      ...this.uses.filter((used) => isSameStore(used, folder)).map(({ path }) => path),
      ...[...this.mentioned.keys()]
        .map((location) => pathBelow(folder.root, location) ?? pathAnywhere(folder.path, location))
        .filter((path) => path !== undefined),
    ];
    return [...new Set(paths)].filter((path) => isWithin(path, folder.path) || isWithin(folder.path, path)).sort();
  }

  /** What is wrong, in an order that does not depend on that of the constructs. */
  public get problems(): string[] {
    return this.cleanUps
      .flatMap((one, index) => [...this.nested(one), ...this.covered(one), ...this.twice(one, index)])
      .sort();
  }

  private nested({ owner, folder }: Owned<CleanedFolder>): string[] {
    return this.storages
      .filter(
        (storage) =>
          isSameStore(storage.folder, folder) &&
          storage.folder.path !== folder.path &&
          (isWithin(storage.folder.path, folder.path) || isWithin(folder.path, storage.folder.path)),
      )
      .map((storage) => {
        const where = isWithin(storage.folder.path, folder.path) ? 'in' : 'around';
        return (
          `${owner.node.path}: cleans up "${folder.path}", ${where} which ${storage.owner.node.path} has its prefix ` +
          `"${storage.folder.path}", so that one would look like the other's namespaces; give them prefixes beside each other`
        );
      });
  }

  /** Locations that keep all of a namespace, so that the clean-up never removes anything there. */
  private covered({ owner, folder }: Owned<CleanedFolder>): string[] {
    // A local folder that an application names may be on another claim.
    if (isLocal(folder)) return [];
    return [...this.mentioned].flatMap(([location, applications]) => {
      const path = pathBelow(folder.root, location);
      const namespace = folder.namespaces.find(
        (each) => path !== undefined && isWithin(`${folder.path}/${each}`, path),
      );
      if (namespace === undefined) return [];
      return [...applications].map(
        (application) =>
          `${application.node.path}: names ${location}, which holds all that ${owner.node.path} cleans up of namespace ` +
          `"${namespace}", so that nothing there could ever be removed; name the folder of the one job, ` +
          `such as ${folder.root}/${folder.path}/${namespace}/${application.node.id}, or use checkpoint`,
      );
    });
  }

  private twice({ owner, folder }: Owned<CleanedFolder>, index: number): string[] {
    return this.cleanUps
      .slice(index + 1)
      .filter(
        (other) =>
          isSameStore(other.folder, folder) &&
          (isWithin(other.folder.path, folder.path) || isWithin(folder.path, other.folder.path)),
      )
      .map((other) => {
        const pair = [owner.node.path, other.owner.node.path].sort().join(' and ');
        return `${pair} clean up one folder, ${folder.root}/${folder.path}: keep one of them, with the namespaces of both`;
      });
  }
}

function isSameStore(one: StorePath, other: StorePath): boolean {
  const claims = new Set([one.claimNamespace, other.claimNamespace].filter((namespace) => namespace !== undefined));
  if (claims.size > 1) return false;
  return one.place === other.place || (!isLocal(one) && !isLocal(other) && hostOf(one.root) === hostOf(other.root));
}

/** Claims are all seen as some local folder. */
function isLocal({ root }: StorePath): boolean {
  return root.startsWith('file:');
}

/** The path of a location from a root on, or `undefined` if it is elsewhere. */
function pathBelow(root: string, location: string): string | undefined {
  const above = `${hostOf(root)}/`;
  const path = hostOf(location).replace(/\/+$/, '');
  return path.startsWith(above) ? path.slice(above.length) : undefined;
}

/** The path from a folder of a store on, in a location that does not say in which store it is. */
function pathAnywhere(folder: string, location: string): string | undefined {
  const path = WITHOUT_STORE.exec(location)?.[1];
  const start = path === undefined ? -1 : `${path}/`.indexOf(`/${folder}/`);
  return start === -1 ? undefined : path?.slice(start + 1);
}

/** Host and path, whatever the scheme. */
function hostOf(location: string): string {
  return location.replace(/^[a-z0-9]+:\/\//, '');
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
