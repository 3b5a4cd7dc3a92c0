import { NamespaceFeature } from '../../job-namespace/identities/driver-rights';
import { ISparkJobNamespace } from '../../job-namespace/spark-job-namespace';
import { tenancyOf } from '../../job-namespace/tenancy';

/** The namespaces that one operator watches. */
export class WatchedNamespaces {
  private readonly known = new Map<string, ISparkJobNamespace>();
  private readonly existing = new Set<string>();

  public constructor(public readonly all: boolean) {}

  public add(namespace: ISparkJobNamespace): void {
    this.known.set(namespace.name, namespace);
  }

  public addExisting(name: string): void {
    this.existing.add(name);
  }

  /** Whether the very same namespace is there already, so that adding it again changes nothing. */
  public has(namespace: ISparkJobNamespace): boolean {
    return this.known.get(namespace.name) === namespace;
  }

  public includes(name: string): boolean {
    return this.known.has(name) || this.existing.has(name);
  }

  /** `undefined` stands for all namespaces. */
  public get names(): string[] | undefined {
    return this.all ? undefined : [...this.known.keys(), ...this.existing].sort();
  }

  /** Whether the program knows that applications of a namespace use a feature. */
  public uses(name: string, feature: NamespaceFeature): boolean {
    const namespace = this.known.get(name);
    return namespace !== undefined && tenancyOf(namespace).uses(feature);
  }

  /** The package repositories that any of the namespaces allows. */
  public get packageRepositories(): string[] {
    return [...new Set([...this.known.values()].flatMap(({ packageRepositories }) => packageRepositories))].sort();
  }
}
