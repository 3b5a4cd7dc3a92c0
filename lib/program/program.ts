import { ApiObject, App } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CheckpointFolders, CheckpointPlaces } from './checkpoint-folders';
import { defaultIdentityProblem } from './default-account';
import { duplicateObjects, overwrittenFiles } from './object-conflicts';
import { ObjectReferences } from './object-references';
import { SparkApp } from './spark-app';
import { StorageFolders } from './storage-folders';

/** Something that watches namespaces for applications: an operator of the same program. */
export interface NamespaceWatcher {
  readonly node: IConstruct['node'];
  watches(namespace: string): boolean;
}

const ID = 'SparkProgram';
const PROGRAM = Symbol.for('cdk8s-spark.Program');

/**
 * What the constructs of one program know of each other. There is one for each app, made by the first construct that asks.
 */
export class Program extends Construct {
  public static of(scope: IConstruct): Program {
    const root = scope.node.root;
    const found = root.node.tryFindChild(ID);
    if (found === undefined) return new Program(root as Construct, ID);
    if (isProgram(found)) return found;
    throw new Error(
      `${found.node.path}: constructs of cdk8s-spark keep what they know of each other under this id: give yours another id`,
    );
  }

  /** Where checkpoints may lie, and what is cleaned up there. */
  public readonly checkpointFolders = new CheckpointFolders();
  /** What pods use by name. */
  public readonly references = new ObjectReferences();
  private readonly watchers: NamespaceWatcher[] = [];
  private readonly applications = new Map<string, IConstruct[]>();
  private readonly jobNamespaces = new Set<string>();
  private readonly checkpoints = new CheckpointPlaces();
  private readonly folders = new StorageFolders();

  private constructor(root: Construct, id: string) {
    super(root, id);
    Object.defineProperty(this, PROGRAM, { value: true });
    this.node.addValidation({
      validate: () => [
        ...this.unwatched(),
        ...this.checkpoints.problems,
        ...this.folders.problems,
        ...this.checkpointFolders.problems,
        ...this.objectProblems(),
      ],
    });
  }

  public addWatcher(watcher: NamespaceWatcher): void {
    this.watchers.push(watcher);
  }

  public addJobNamespace(name: string): void {
    this.jobNamespaces.add(name);
  }

  /** Whether jobs run in the namespace, as far as the program knows. */
  public isJobNamespace(name: string): boolean {
    return this.jobNamespaces.has(name);
  }

  public addApplication(application: IConstruct, namespace: string): void {
    const applications = this.applications.get(namespace) ?? [];
    applications.push(application);
    this.applications.set(namespace, applications);
  }

  public get namespacesOfApplications(): string[] {
    return [...this.applications.keys()].sort();
  }

  /** Notes the one application that writes a checkpoint; its place is a path in a store. */
  public addCheckpoint(application: IConstruct, place: string): void {
    this.checkpoints.add(application, place);
  }

  /** Notes the folder of a storage below which jobs have their checkpoints. */
  public addCheckpoints(storage: IConstruct, place: string): void {
    this.folders.addCheckpoints(storage, place);
  }

  /** Notes the folder of data that an application reads or writes. */
  public addData(application: IConstruct, place: string): void {
    this.folders.addData(application, place);
  }

  /** Without an operator in the program it is not known which namespaces are watched. */
  public isUnwatched(namespace: string): boolean {
    return this.watchers.length > 0 && !this.watchers.some((watcher) => watcher.watches(namespace));
  }

  /** Asked of the program and not of each application, since cdk8s asks every construct again for each chart. */
  private unwatched(): string[] {
    const operators = this.watchers.map(({ node }) => node.path).join(', ');
    return [...this.applications]
      .filter(([namespace]) => this.isUnwatched(namespace))
      .flatMap(([namespace, applications]) =>
        applications.map(
          ({ node }) =>
            `${node.path}: runs in namespace "${namespace}", which no operator of this program watches (${operators}); ` +
            "add it to the operator's jobNamespaces",
        ),
      );
  }

  private objectProblems(): string[] {
    const { root } = this.node;
    const constructs = root.node.findAll();
    const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    return [
      ...this.references.problems(constructs),
      ...duplicateObjects(objects),
      ...(SparkApp._isSparkApp(root) ? [] : overwrittenFiles(root as Partial<App>, objects)),
      ...objects.map(defaultIdentityProblem).filter((problem) => problem !== undefined),
    ];
  }
}

function isProgram(construct: IConstruct): construct is Program {
  return PROGRAM in construct;
}
