import { ISecret } from 'cdk8s-plus-28';

/** A namespace of the node that a pod may share. */
export enum HostNamespace {
  /** The node's network. */
  NETWORK = 'hostNetwork',
  /** The node's processes. */
  PID = 'hostPID',
  /** The node's shared memory and message queues. */
  IPC = 'hostIPC',
}

/**
 * What applications of a job namespace may use beyond what the admission guard admits anywhere.
 *
 * What the applications of the program itself use in the namespace is admitted without being named here.
 */
export interface AdmissionRules {
  /**
   * Schemes of main files and dependencies besides `local` and `https`, such as `s3a`. `file` is refused: it means files of
   * the operator's controller, which also lists dependencies of storage schemes with its own identity.
   *
   * @default - none
   */
  readonly fileSchemes?: string[];

  /**
   * Maven coordinates of packages: `group:artifact:version`, or a prefix that ends with a colon, such as `org.acme:` or
   * `org.acme:sessions:`. Their repositories are those of `packageRepositories`.
   *
   * @default - none
   */
  readonly packages?: string[];

  /**
   * Keys of Spark's configuration. A key that ends with `.` stands for all keys with this prefix. Those under
   * `spark.kubernetes.`, `spark.jars.` and `spark.submit.` may shape pods, or load classes and files into the operator's
   * controller.
   *
   * @default - only the ordinary ones, such as `spark.sql.`
   * @see https://spark.apache.org/docs/latest/configuration.html
   */
  readonly sparkConf?: string[];

  /**
   * Keys of Hadoop's configuration, without `spark.hadoop.`. A key that ends with `.` stands for all keys with this prefix.
   * Those of file systems may load classes into the operator's controller, or send its credentials elsewhere.
   *
   * @default - only the ordinary ones, such as `mapreduce.`
   */
  readonly hadoopConf?: string[];

  /**
   * Registries, or repositories and folders of them, that images may come from, written in full: `registry.acme.dev`,
   * `registry.acme.dev/team`, `docker.io/library/spark` for the image `spark`.
   *
   * @default - none
   */
  readonly imageRepositories?: string[];

  /**
   * Secrets that pods may mount, read into their environment or pull images with. They are in the job namespace.
   *
   * @default - none
   */
  readonly secrets?: ISecret[];

  /**
   * Priority classes.
   *
   * @default - none but the cluster's default
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
   */
  readonly priorityClasses?: string[];

  /**
   * Schedulers, by the names in pods (`schedulerName`) and in applications (`batchScheduler`).
   *
   * @default - none but the cluster's own
   */
  readonly schedulers?: string[];

  /**
   * Nodes that pods may ask for by name.
   *
   * @default - none
   */
  readonly nodeNames?: string[];

  /**
   * Keys of taints that pods may tolerate. `*` stands for a toleration without a key, which tolerates all.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly tolerations?: string[];

  /**
   * Kinds of volumes, by their field in a pod, such as `csi` or `nfs`, besides those of Kubernetes' own objects: `configMap`,
   * `downwardAPI`, `emptyDir`, `ephemeral`, `persistentVolumeClaim`, `projected` and `secret`.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/volumes/
   */
  readonly volumeKinds?: string[];

  /**
   * Namespaces of the node that pods may share. Pod Security allows it only at the level `privileged`.
   *
   * @default - none
   */
  readonly hostNamespaces?: HostNamespace[];

  /**
   * Fields of pods, containers and templates' metadata that are refused unless they are named: `dnsConfig`, `hostAliases`,
   * `lifecycle`, `runtimeClassName`, `shareProcessNamespace` and the like.
   *
   * @default - none
   */
  readonly podFields?: string[];
}

const FORMS: Readonly<Record<string, readonly [RegExp, string]>> = {
  fileSchemes: [/^(?!file$)[a-z][a-z0-9]*$/, 'a scheme in lower case other than file, such as "s3a"'],
  packages: [
    /^[\w.-]+:([\w.-]+:(\w[\w.+-]*)?)?$/,
    'Maven coordinates, or their beginning up to a colon, such as "org.acme:"',
  ],
  sparkConf: [/^spark\.[^\s=]+$/, 'a key that begins with "spark.", such as "spark.acme."'],
  hadoopConf: [/^(?!spark\.)[^\s=.][^\s=]*$/, 'a key without "spark.hadoop.", such as "fs.s3a.endpoint"'],
  imageRepositories: [
    /^(localhost|[\w-]+(\.[\w-]+)*(\.[\w-]+|:\d+))(:\d+)?(\/[a-z0-9._-]+)*$/,
    'a registry with its host, and a path if need be, without a tag, such as "registry.acme.dev/team"',
  ],
  priorityClasses: [/^[a-z0-9][a-z0-9.-]*$/, 'the name of a priority class'],
  schedulers: [/^[a-z0-9][a-z0-9.-]*$/, 'the name of a scheduler'],
  nodeNames: [/^[a-z0-9][a-z0-9.-]*$/, 'the name of a node'],
  tolerations: [/^(\*|[A-Za-z0-9][\w./-]*)$/, 'the key of a taint, or "*"'],
  volumeKinds: [/^[a-z][A-Za-z0-9]*$/, 'the field of a volume, such as "csi"'],
  podFields: [/^[a-z][A-Za-z0-9]*$/, 'a field of a pod, such as "hostAliases"'],
};

export function admissionProblems(rules: AdmissionRules): string[] {
  return Object.entries(FORMS).flatMap(([property, [form, expected]]) => {
    const items = (rules as Record<string, readonly string[] | undefined>)[property] ?? [];
    return items
      .filter((item) => !form.test(item))
      .map((item) => `admission.${property} has ${JSON.stringify(item)}; expected is ${expected}`);
  });
}

export function packageRepositoryProblems(repositories: readonly string[]): string[] {
  return repositories.flatMap((repository, index) => {
    const problem = repositoryProblem(repository);
    const problems = problem === undefined ? [] : [`packageRepositories: ${problem}`];
    if (repositories.indexOf(repository) !== index) {
      problems.push(`packageRepositories names "${repository}" twice: leave out one`);
    }
    return problems;
  });
}

function repositoryProblem(repository: string): string | undefined {
  const expected = 'expected the https address of a Maven repository, such as "https://maven.acme.dev/releases"';
  // Spark takes a list with commas, so one in an address would name a second repository.
  if (/[\s,]/.test(repository)) return `"${repository}" has a space or comma; ${expected}`;
  if (!URL.canParse(repository)) return `"${repository}" is no address; ${expected}`;
  const { protocol, username, password, search, hash } = new URL(repository);
  if (protocol !== 'https:')
    return `"${repository}" is not https, so what comes from it can be changed on its way; ${expected}`;
  if (username !== '' || password !== '') {
    return `"${new URL(repository).host}" is given with a user or password, which would stand in the manifest; ${expected}`;
  }
  if (search !== '' || hash !== '') return `"${repository}" has a query or fragment; ${expected}`;
  return undefined;
}
