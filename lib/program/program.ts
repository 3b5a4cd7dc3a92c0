import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { writeInApplyOrder } from './apply-order';
import { CheckpointFolders, CheckpointPlaces } from './checkpoint-folders';
import { defaultIdentityProblem } from './default-account';
import { namespaceOf } from '../kubernetes/objects';
import { StorageFolders } from './storage-folders';

/** Something that watches namespaces for applications: an operator of the same program. */
export interface NamespaceWatcher {
  readonly node: IConstruct['node'];
  watches(namespace: string): boolean;
}

/**
 * What the constructs of one program know of each other. There is one for each app, made by the first construct that asks.
 */
export class Program extends Construct {
  public static of(scope: IConstruct): Program {
    const root = scope.node.root;
    const program =
      (root.node.tryFindChild(Program.ID) as Program | undefined) ?? new Program(root as Construct, Program.ID);
    program.orderOf(Chart.of(scope));
    return program;
  }

  private static readonly ID = 'SparkProgram';
  /** Where checkpoints may lie, and what is cleaned up there. */
  public readonly checkpointFolders = new CheckpointFolders();
  private readonly watchers: NamespaceWatcher[] = [];
  private readonly applications = new Map<string, IConstruct[]>();
  private readonly jobNamespaces = new Set<string>();
  private readonly checkpoints = new CheckpointPlaces();
  private readonly folders = new StorageFolders();
  private readonly orderedCharts = new Set<Chart>();
  private checked?: readonly IConstruct[];
  private wrong: string[] = [];

  private constructor(root: Construct, id: string) {
    super(root, id);
    const found = writeInApplyOrder(root.node, Chart.isChart(root));
    this.node.addValidation({
      validate: () => [
        ...this.unwatched(),
        ...this.checkpoints.problems,
        ...this.folders.problems,
        ...this.checkpointFolders.problems,
        ...this.objectProblems(found()),
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

  /** Without an operator in the program nobody can say which namespaces are watched. */
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

  /**
   * cdk8s validates the whole app once more for each chart, so what is known already is not found out again. It has always
   * just searched the app for what to validate.
   */
  private objectProblems(constructs: readonly IConstruct[]): string[] {
    if (constructs !== this.checked) {
      this.checked = constructs;
      const objects = constructs.filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
      this.wrong = [
        ...duplicates(objects),
        ...objects.map(defaultIdentityProblem).filter((problem) => problem !== undefined),
      ];
    }
    return this.wrong;
  }

  private orderOf(chart: Chart): void {
    if (this.orderedCharts.has(chart)) return;
    this.orderedCharts.add(chart);
    if (chart.node.scope !== undefined) writeInApplyOrder(chart.node, true);
  }
}

/** One line for each pair of the user's constructs, however many objects they have in common. */
function duplicates(objects: readonly ApiObject[]): string[] {
  const owners = new Map<string, string>();
  const common = new Map<string, string[]>();
  for (const object of objects) {
    const { apiGroup, kind, name } = object;
    const namespace = namespaceOf(object);
    const key = [apiGroup, kind, namespace ?? '', name].join('/');
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, ownerOf(object));
      continue;
    }
    const pair = [owner, ownerOf(object)].sort().join(' and ');
    const place = namespace === undefined ? '' : ` in namespace "${namespace}"`;
    common.set(pair, [...(common.get(pair) ?? []), `${kind} "${name}"${place}`]);
  }
  return [...common].sort().map(([pair, objects]) => {
    const [first] = objects.sort();
    return objects.length === 1
      ? `${pair} write the same object, ${first}: give one of them another name`
      : `${pair} write ${objects.length} same objects, such as ${first}: leave one of them out, or give it another name`;
  });
}

/** The path of the construct in a chart that a user made. */
function ownerOf(object: ApiObject): string {
  let construct: IConstruct = object;
  while (construct.node.scope !== undefined && !Chart.isChart(construct.node.scope)) construct = construct.node.scope;
  return construct.node.path;
}
