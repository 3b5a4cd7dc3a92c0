import { holdsKey } from '../../spark/keys';
import { AdmissionRules } from './admission-rules';

/** The lists that the admission guard reads, by their keys in the parameters of a namespace. */
export type AdmissionList =
  | 'file-schemes'
  | 'packages'
  | 'spark-conf'
  | 'hadoop-conf'
  | 'spark-settings'
  | 'hadoop-settings'
  | 'images'
  | 'secrets'
  | 'priority-classes'
  | 'schedulers'
  | 'node-names'
  | 'tolerations'
  | 'volume-kinds'
  | 'host-namespaces'
  | 'pod-fields';

/** What is admitted, or used by an application that is. */
export type AdmissionLists = Readonly<Partial<Record<AdmissionList, readonly string[]>>>;

/** Schemes by which neither the operator's controller nor an identity is asked for a file. */
const SAFE_SCHEMES = ['local', 'https'];

/**
 * The most that all lists of a namespace may take together, in bytes: an object has at most 256 KiB of annotations, and
 * `kubectl apply` keeps a copy of them in one more.
 */
const MAX_SIZE = 120_000;

/** What applications may use in one job namespace: what its rules name, and what those of the program use. */
export class Admission {
  private readonly admitted = new Map<AdmissionList, Set<string>>();
  private readonly known = new WeakSet<AdmissionLists>();
  private readonly refused: string[] = [];
  private isGuarded = false;
  /** An upper bound of the size, since cdk8s asks again for each chart. */
  private mostSize = 0;

  /** The keys of Spark's configuration that the rules of the namespace name. */
  public readonly sparkConf: readonly string[];

  public constructor(rules: AdmissionRules) {
    this.sparkConf = [...(rules.sparkConf ?? [])];
    this.admit({
      'file-schemes': [...SAFE_SCHEMES, ...(rules.fileSchemes ?? [])],
      packages: rules.packages ?? [],
      'spark-conf': rules.sparkConf ?? [],
      'hadoop-conf': rules.hadoopConf ?? [],
      'spark-settings': [],
      'hadoop-settings': [],
      images: rules.imageRepositories ?? [],
      secrets: (rules.secrets ?? []).map(({ name }) => name),
      'priority-classes': rules.priorityClasses ?? [],
      schedulers: rules.schedulers ?? [],
      'node-names': rules.nodeNames ?? [],
      tolerations: rules.tolerations ?? [],
      'volume-kinds': rules.volumeKinds ?? [],
      'host-namespaces': rules.hostNamespaces ?? [],
      'pod-fields': rules.podFields ?? [],
    });
  }

  public admit(lists: AdmissionLists): void {
    // Applications of one shape share one object.
    if (this.known.has(lists)) return;
    this.known.add(lists);
    for (const [list, items] of Object.entries(lists) as [AdmissionList, readonly string[]][]) {
      const admitted = this.admitted.get(list) ?? new Set();
      for (const item of items) {
        if (!admitted.has(item)) this.mostSize += Buffer.byteLength(item) + 1;
        admitted.add(item);
      }
      this.admitted.set(list, admitted);
    }
  }

  /** Notes that a guard looks at the applications of the namespace. */
  public guard(): void {
    this.isGuarded = true;
  }

  /** Notes what a guard, which may be added later, will refuse of an application of the program. */
  public refuse(problems: readonly string[]): void {
    this.refused.push(...problems);
  }

  /** What the guard of the namespace, if there is one, will refuse of the program's own applications. */
  public get refusals(): string[] {
    return this.isGuarded ? [...this.refused, ...this.sizeProblems()] : [];
  }

  /** Everything that is admitted, in an order of its own. */
  public get lists(): Record<string, string[]> {
    const lists = Object.fromEntries([...this.admitted].map(([list, items]) => [list, [...items].sort()]));
    return {
      ...lists,
      'spark-settings': withoutHeld(lists['spark-settings'], lists['spark-conf']),
      'hadoop-settings': withoutHeld(lists['hadoop-settings'], lists['hadoop-conf']),
    };
  }

  private sizeProblems(): string[] {
    if (this.mostSize <= MAX_SIZE) return [];
    const size = Object.values(this.lists).reduce((total, items) => total + Buffer.byteLength(items.join('\n')), 0);
    if (size <= MAX_SIZE) return [];
    return [
      `what the applications of the program use has ${size} bytes, and the admission guard can be told ${MAX_SIZE}: name what ` +
        'they have in common by its beginning, such as "spark.acme." in admission.sparkConf',
    ];
  }
}

/** The settings, each a key with its value, whose keys are not admitted with any value. */
function withoutHeld(settings: readonly string[], keys: readonly string[]): string[] {
  return settings.filter((setting) => !holdsKey(keys, setting.slice(0, setting.indexOf('='))));
}
