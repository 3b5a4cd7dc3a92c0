import { IConstruct } from 'constructs';
import { hostOf, isWithin, NamedLocation, namedLocations, pathBelow, pathsAnywhere } from './storage-folders';

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

/** A folder, and the identity with which it is reached. */
export interface ReachedFolder extends StorePath {
  /** What a cloud knows the identity by, if that is known. */
  readonly principal?: string;
}

/** A folder that is cleaned up. */
export interface CleanedFolder extends ReachedFolder {
  /** The folders in it that are looked at. */
  readonly namespaces: readonly string[];
}

interface Owned<T> {
  readonly owner: IConstruct;
  readonly folder: T;
}

interface Mention {
  readonly location: NamedLocation;
  readonly owners: Set<IConstruct>;
}

/** Where the checkpoints of a program lie, and what is cleaned up there. */
export class CheckpointFolders {
  private readonly storages: Owned<ReachedFolder>[] = [];
  private readonly cleanUps: Owned<CleanedFolder>[] = [];
  private readonly uses: StorePath[] = [];
  private readonly unread: { readonly owner: IConstruct; readonly specification: object }[] = [];
  private readonly read = new Map<string, Mention>();

  public addStorage(owner: IConstruct, folder: ReachedFolder): void {
    this.storages.push({ owner, folder });
  }

  public addCleanUp(owner: IConstruct, folder: CleanedFolder): void {
    this.cleanUps.push({ owner, folder });
  }

  /** Notes what an application writes or reads: its checkpoint, or data. */
  public addUse(used: StorePath): void {
    this.uses.push(used);
  }

  /** Notes an application that may name locations by itself, in arguments or configuration. */
  public addMentions(owner: IConstruct, specification: object): void {
    this.unread.push({ owner, specification });
  }

  /**
   * The paths from the store's root that applications use in a folder, or above it. One too many only means that more is kept:
   * two endpoints, or two schemes, count as the same store, and so does any that the program has no storage of.
   */
  public livePaths(folder: StorePath): string[] {
    const others = this.hostsBeside(folder);
    const paths = [
      ...this.uses.filter((used) => isSameStore(used, folder)).map(({ path }) => path),
      ...this.mentions.flatMap(({ location }) => {
        const path = pathBelow(folder.root, location);
        if (path !== undefined && !isLocal(folder)) return [path];
        if (others.has(location.host?.toLowerCase())) return [];
        return [...(path === undefined ? [] : [path]), ...pathsAnywhere(folder.path, location)];
      }),
    ];
    return [...new Set(paths)].filter((path) => isWithin(path, folder.path) || isWithin(folder.path, path)).sort();
  }

  /** What is wrong, in an order that does not depend on that of the constructs. */
  public get problems(): string[] {
    return this.cleanUps
      .flatMap((one, index) => [
        ...this.nested(one),
        ...this.covered(one),
        ...this.twice(one, index),
        ...this.actingAsJobs(one),
      ])
      .sort();
  }

  /** Specifications are read on demand, each once: most programs have no clean-up, and cdk8s asks for each chart. */
  private get mentions(): Mention[] {
    for (const { owner, specification } of this.unread.splice(0)) {
      for (const location of namedLocations(specification)) {
        const mention = this.read.get(location.text) ?? { location, owners: new Set() };
        mention.owners.add(owner);
        this.read.set(location.text, mention);
      }
    }
    return [...this.read.values()];
  }

  /** The buckets and hosts of the other stores of the program. */
  private hostsBeside(folder: StorePath): Set<string | undefined> {
    const others = this.storages.filter((storage) => !isLocal(storage.folder) && !isSameStore(storage.folder, folder));
    return new Set(others.map((storage) => hostOf(storage.folder.root)));
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
    return this.mentions.flatMap(({ location, owners }) => {
      const path = pathBelow(folder.root, location);
      const namespace = folder.namespaces.find(
        (each) => path !== undefined && isWithin(`${folder.path}/${each}`, path),
      );
      if (namespace === undefined) return [];
      return [...owners].map(
        (application) =>
          `${application.node.path}: names ${location.text}, which holds all that ${owner.node.path} cleans up of namespace ` +
          `"${namespace}", so that nothing there could ever be removed; name the folder of the one job, ` +
          `such as ${folder.root}/${folder.path}/${namespace}/${application.node.id}, or use checkpoint`,
      );
    });
  }

  /** The clean-up's own storage is known before, and the others may be declared after it. */
  private actingAsJobs({ owner, folder }: Owned<CleanedFolder>): string[] {
    return this.storages
      .filter((storage) => folder.principal !== undefined && storage.folder.principal === folder.principal)
      .map(
        (storage) =>
          `${owner.node.path}: identity is that of the jobs of ${storage.owner.node.path}, which could then delete the ` +
          'checkpoints of all others; give one of its own',
      );
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

/** Where applications write their checkpoints. Two must not share a folder, nor may one lie inside of another. */
export class CheckpointPlaces {
  private readonly writers = new Map<string, IConstruct>();
  /** For each folder one application whose checkpoint lies somewhere below. */
  private readonly below = new Map<string, IConstruct>();
  private readonly conflicts: string[] = [];

  public add(application: IConstruct, place: string): void {
    const folders = foldersAbove(place);
    this.compare(application, this.writers.get(place), `write one checkpoint, ${place}`);
    this.compare(application, this.below.get(place), `write checkpoints one inside of the other, in ${place}`);
    for (const folder of folders) {
      this.compare(application, this.writers.get(folder), `write checkpoints one inside of the other, in ${folder}`);
    }
    if (!this.writers.has(place)) this.writers.set(place, application);
    for (const folder of folders) if (!this.below.has(folder)) this.below.set(folder, application);
  }

  /** What is wrong, in an order that does not depend on that of the applications. */
  public get problems(): string[] {
    return [...this.conflicts].sort();
  }

  private compare(application: IConstruct, other: IConstruct | undefined, fault: string): void {
    if (other === undefined || other === application) return;
    const pair = [application.node.path, other.node.path].sort().join(' and ');
    this.conflicts.push(
      `${pair} ${fault}: give one of them another name, storage with another prefix, or another path in sparkConf; ` +
        'one that only reads has Checkpoint.readOnly',
    );
  }
}

/** The folders that hold a path, from the outermost on. */
function foldersAbove(place: string): string[] {
  const parts = place.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
