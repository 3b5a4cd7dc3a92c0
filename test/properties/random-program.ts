import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, EnvValue, k8s, PersistentVolumeClaim, Volume, VolumeMount } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { CronSchedule } from '../../lib/application/schedule/cron-schedule';
import { DynamicAllocation } from '../../lib/application/configuration/dynamic-allocation';
import { ExecutorOptions, PodOptions } from '../../lib/application/pod/pod-options';
import { RestartPolicy } from '../../lib/application/schedule/restart-policy';
import { ScheduledSparkApplication } from '../../lib/application/scheduled-spark-application';
import { SeccompProfile } from '../../lib/spark/seccomp-profile';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkApplication } from '../../lib/application/spark-application';
import { SecureSparkApplicationProps, SparkApplicationProps } from '../../lib/application/spark-application-props';
import { SparkImage } from '../../lib/spark/spark-image';
import { SparkMain } from '../../lib/spark/spark-main';
import { SparkRole } from '../../lib/spark/spark-role';
import { WritableDirectory } from '../../lib/application/pod/writable-directory';
import { Relaxation, Guarantee } from '../../lib/guarantees/relaxation';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { ISparkJobNamespace, SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkApp } from '../../lib/program/spark-app';
import { SparkOperator } from '../../lib/operator/spark-operator';
import { LocalDirectories } from '../../lib/application/pod/local-directories';
import { STORAGES } from '../storage/storages';
import { Checkpoint } from '../../lib/application/storage/checkpoint';

type JobProps = Omit<SecureSparkApplicationProps, 'jobNamespace'>;
export type ApplicationPlan = {
  readonly kind: 'secure' | 'plain' | 'scheduled';
  readonly id: string;
  readonly chart: number;
  readonly namespace: number;
  /** Makes the properties, since a value class may refuse its own. */
  readonly props: () => JobProps;
};
export type NamespacePlan = { readonly chart: number; readonly cpu?: number; readonly podSecurity?: PodSecurityLevel };
/** A program that has not been run. `order` says in which order its namespaces and applications are made. */
export type ProgramPlan = {
  readonly namespaces: readonly NamespacePlan[];
  readonly applications: readonly ApplicationPlan[];
  readonly hasOperator: boolean;
  readonly order: readonly number[];
};

const CHARTS = ['alpha', 'beta', 'gamma'];
const elsewhere = new Chart(new App(), 'elsewhere');
const scratch = Volume.fromEmptyDir(elsewhere, 'scratch', 'scratch');
const claim = PersistentVolumeClaim.fromClaimName(elsewhere, 'claim', 'data');
const storages = Object.entries(STORAGES).map(([kind, storage]) => storage(new Chart(new App(), kind)));
const NEVER = undefined;

/** Mostly something legal, so that enough programs are. */
function mostly<T>(legal: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: legal, weight: 60 }, { arbitrary: other, weight: 1 });
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: NEVER, freq: 2 });
}

const sizes = mostly(
  fc.integer({ min: 1, max: 4096 }).map((size) => Size.mebibytes(size)),
  fc.constantFrom(Size.kibibytes(1), Size.mebibytes(0)),
);
const cpus = mostly(
  fc.integer({ min: 1, max: 4000 }).map((cpu) => Cpu.millis(cpu)),
  fc.constantFrom(Cpu.millis(0), Cpu.millis(0.5), Cpu.units(NaN)),
);
const heaps = mostly(
  fc.integer({ min: 450, max: 9000 }).map((size) => Size.mebibytes(size)),
  fc.integer({ min: 0, max: 449 }).map((size) => Size.mebibytes(size)),
);
const counts = mostly(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, -1, 0.5, NaN));

const containerContexts = mostly<k8s.SecurityContext | undefined>(
  fc.constantFrom(undefined, {}, { runAsUser: 1000 }, { capabilities: { add: ['NET_BIND_SERVICE'] } }),
  fc.constantFrom<k8s.SecurityContext>(
    { privileged: true },
    { runAsUser: 0 },
    { runAsNonRoot: false },
    { allowPrivilegeEscalation: true },
    { capabilities: { add: ['SYS_ADMIN'] } },
    { capabilities: { drop: [] } },
    { seccompProfile: { type: 'Unconfined' } },
    { seccompProfile: { type: 'Localhost' } },
    { readOnlyRootFilesystem: false },
    { procMount: 'Unmasked' },
  ),
);
const containers = fc
  .record({
    securityContext: containerContexts,
    limits: mostly(fc.constant(true), fc.constant(false)),
    image: mostly(fc.constant('registry.acme.dev/proxy:1.0.0'), fc.constantFrom('proxy', 'proxy:latest')),
    env: mostly(fc.constant('MODE'), fc.constantFrom('DB_PASSWORD', 'API_TOKEN')),
    hostPort: mostly(fc.constant<number | undefined>(undefined), fc.constant(80)),
  })
  .map(({ securityContext, limits, image, env, hostPort }) => (name: string): k8s.Container => ({
    name,
    image,
    securityContext,
    ports: [{ containerPort: 80, hostPort }],
    env: [{ name: env, value: 'x' }],
    resources: limits
      ? { limits: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('32Mi') } }
      : undefined,
  }));
const templates = mostly<Partial<k8s.PodSpec>>(
  fc.constantFrom<Partial<k8s.PodSpec>>({}, { enableServiceLinks: true }, { hostAliases: [{ ip: '127.0.0.1' }] }),
  fc.constantFrom<Partial<k8s.PodSpec>>(
    { hostNetwork: true },
    { hostPid: true },
    { securityContext: { runAsUser: 0 } },
    { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
    { volumes: [{ name: 'host', hostPath: { path: '/' } }] },
    { volumes: [{ name: 'idle', emptyDir: {} }] },
    { serviceAccountName: 'default' },
    { automountServiceAccountToken: true },
    { restartPolicy: 'Always' },
    { capabilities: {} } as object,
  ),
);
const localDirectories = fc
  .tuple(fc.constantFrom('emptyDir', 'memory', 'ephemeral', 'onDemand'), sizes)
  .map(([kind, size]) =>
    kind === 'ephemeral'
      ? LocalDirectories.ephemeralClaim({ size })
      : kind === 'onDemand'
        ? LocalDirectories.onDemandClaim({ size })
        : LocalDirectories.emptyDir({ sizeLimit: size, inMemory: kind === 'memory' }),
  );
const roles = fc.record(
  {
    cores: counts,
    coreRequest: cpus,
    memory: heaps,
    memoryOverhead: sizes,
    javaOptions: mostly(
      fc.subarray(['-XX:+UseG1GC', '-Da=1', '-Xss1m', '-Xlog:gc']),
      fc.constantFrom(['-Xmx1g'], ['-Da=1', '-Da=2'], ['a b'], ['-Djava.io.tmpdir=/x'], ['-Dpassword=x']),
    ),
    env: mostly<Record<string, EnvValue>>(
      fc.dictionary(
        fc.constantFrom('MODE', 'HOME', 'TZ'),
        fc.string().map((value) => EnvValue.fromValue(value)),
        {
          noNullPrototype: true,
        },
      ),
      fc.constantFrom('DB_PASSWORD', '1A', 'SPARK_USER').map((name) => ({ [name]: EnvValue.fromValue('x') })),
    ),
    volumeMounts: mostly<VolumeMount[]>(
      fc.constant([{ volume: scratch, path: '/scratch' }]),
      fc.constantFrom(
        [{ volume: scratch, path: '/tmp' }],
        [
          { volume: scratch, path: '/a' },
          { volume: scratch, path: '/a' },
        ],
      ),
    ),
    sidecars: containers.map((container) => [container('sidecar')]),
    initContainers: containers.map((container) => [container('init')]),
    labels: mostly<Record<string, string>>(
      fc.constant({ team: 'clicks' }),
      fc.constantFrom<Record<string, string>>({ 'spark-role': 'x' }, { 'a b': 'x' }, { a: ' ' }),
    ),
    localDirectories,
    template: templates.map((spec) => ({ spec: { containers: [], ...spec } })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<PodOptions>;
const executors: fc.Arbitrary<ExecutorOptions> = fc
  .tuple(roles, maybe(fc.record({ deleteOnTermination: fc.boolean() })))
  .map(([role, more]) => ({ ...role, ...more }));

const scaling: fc.Arbitrary<{ readonly instances?: number; readonly dynamicAllocation?: DynamicAllocation }> = fc.oneof(
  fc.constant({}),
  counts.map((instances) => ({ instances })),
  fc
    .record({ minExecutors: fc.integer({ min: 0, max: 3 }), maxExecutors: counts }, { requiredKeys: ['maxExecutors'] })
    .map((dynamicAllocation) => ({ dynamicAllocation })),
);
const mains = mostly(
  fc.constantFrom(
    () => SparkMain.python('local:///opt/app/job.py', { arguments: ['--date', '2026-01-01'] }),
    () => SparkMain.scala('local:///opt/app/job_2.13-1.0.jar', 'org.acme.Job'),
    () => SparkMain.r('local:///opt/app/job.R'),
  ),
  fc.constantFrom(
    () => SparkMain.python('file:///job.py'),
    () => SparkMain.python('local:///tmp/job.py'),
    () => SparkMain.python('local:///opt/app/job.py', { arguments: ['--token=x'] }),
    () => SparkMain.scala('local:///opt/app/job_2.12-1.0.jar', 'org.acme.Job'),
    () => SparkMain.java('local:///opt/app/job.jar', '1x'),
  ),
);
const images = mostly(
  fc.constantFrom('registry.acme.dev/job:1.0.0', `registry.acme.dev/job@sha256:${'a'.repeat(64)}`),
  fc.constantFrom('registry.acme.dev/job', 'job:latest', '', 'Job:1'),
);
const directories = mostly(
  fc.constantFrom('/data', '/var/cache', '/tmp', '/opt/spark/work-dir'),
  fc.constantFrom('data', '/data/', '/opt/app'),
);
const jobs = fc
  .record({
    main: mains,
    image: images,
    userId: mostly(fc.constantFrom(undefined, 1000), fc.constant(0)),
    driver: maybe(roles),
    executor: maybe(executors),
    scaling,
    directories: fc.uniqueArray(fc.tuple(directories, fc.constantFrom('emptyDir', 'ephemeral', 'shared'), sizes), {
      maxLength: 2,
      selector: ([path]) => path,
    }),
    sparkConf: maybe(
      mostly<Record<string, string>>(
        fc.dictionary(fc.constantFrom('spark.ui.port', 'spark.sql.shuffle.partitions'), fc.string(), {
          noNullPrototype: true,
        }),
        fc
          .constantFrom(
            'spark.master',
            'spark.executor.cores',
            'fs.a',
            'spark.a.password',
            'spark.shuffle.service.enabled',
          )
          .map((key) => ({ [key]: 'true' })),
      ),
    ),
    timeToLive: maybe(
      mostly(
        fc.integer({ min: 1, max: 99_999 }).map((time) => Duration.seconds(time)),
        fc.constantFrom(Duration.seconds(0), Duration.millis(1500)),
      ),
    ),
    restartPolicy: maybe(
      mostly(
        fc.constantFrom(
          () => RestartPolicy.always(),
          () => RestartPolicy.onFailure({ retries: 0 }),
        ),
        fc.constant(() => RestartPolicy.onFailure({ retries: -1 })),
      ),
    ),
    seccompProfile: mostly(
      fc.constantFrom(undefined, SeccompProfile.localhost('spark.json')),
      fc.constant(SeccompProfile.UNCONFINED),
    ),
    relax: mostly<Guarantee[]>(fc.constant([]), fc.subarray(Object.values(Guarantee))),
    checkpoint: fc.option(fc.constantFrom(...storages), { nil: undefined, freq: 1 }),
    checkpointVersion: fc.constantFrom(undefined, undefined, undefined, 1),
    labels: maybe(fc.constant({ team: 'clicks' })),
    suspend: maybe(fc.boolean()),
  })
  .map((job) => (): JobProps => ({
    main: job.main(),
    image: SparkImage.of(job.image, { sparkVersion: '4.0.4', userId: job.userId }),
    driver: job.driver,
    executor: { ...job.executor, instances: job.scaling.instances },
    dynamicAllocation: job.scaling.dynamicAllocation,
    writableDirectories: job.directories.map(([path, kind, size]) =>
      kind === 'shared'
        ? WritableDirectory.claim(path, claim, { shared: true, roles: [SparkRole.EXECUTOR] })
        : kind === 'ephemeral'
          ? WritableDirectory.ephemeralClaim(path, { size })
          : WritableDirectory.emptyDir(path, { sizeLimit: size }),
    ),
    sparkConf: job.sparkConf,
    timeToLive: job.timeToLive,
    restartPolicy: job.restartPolicy?.(),
    seccompProfile: job.seccompProfile,
    relax: job.relax,
    checkpoint: job.checkpoint && Checkpoint.on(job.checkpoint, { version: job.checkpointVersion }),
    labels: job.labels,
    suspend: job.suspend,
  }));

const names = mostly(
  fc.constantFrom('a', 'sessions', 'x'.repeat(43)),
  fc.constantFrom('x'.repeat(64), 'A', '1a', 'a_b'),
);
const namespacePlans: fc.Arbitrary<NamespacePlan> = fc.record(
  {
    chart: fc.nat(CHARTS.length - 1),
    cpu: mostly(fc.constantFrom(20, 400), fc.constantFrom(0, 2)),
    podSecurity: fc.constantFrom(...Object.values(PodSecurityLevel)),
  },
  { requiredKeys: ['chart'] },
);

export const programPlans: fc.Arbitrary<ProgramPlan> = fc
  .record({
    namespaces: fc.array(namespacePlans, { minLength: 1, maxLength: 3 }),
    applications: fc.array(
      fc.record({
        kind: fc.constantFrom('secure', 'scheduled', 'secure', 'plain'),
        id: names,
        chart: fc.nat(CHARTS.length - 1),
        namespace: fc.nat(2),
        props: jobs,
      }),
      { maxLength: 3 },
    ) as fc.Arbitrary<ApplicationPlan[]>,
    hasOperator: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
  .map(({ namespaces, applications, hasOperator }) => ({
    namespaces,
    applications: distinct(applications.map((plan) => ({ ...plan, namespace: plan.namespace % namespaces.length }))),
    hasOperator,
    order: [],
  }));

/** Ids differ within a chart; the names of two applications of one namespace may be the same. */
function distinct(plans: ApplicationPlan[]): ApplicationPlan[] {
  return plans.filter(
    (plan, index) => plans.findIndex(({ chart, id }) => chart === plan.chart && id === plan.id) === index,
  );
}

/** Orders in which the parts of a program may be made. */
export function ordersOf({ namespaces, applications }: ProgramPlan): fc.Arbitrary<number[]> {
  const all = Array.from({ length: CHARTS.length + namespaces.length + applications.length }, (_, index) => index);
  return fc.shuffledSubarray(all, { minLength: all.length });
}

/** Runs a program. A part is made before what needs it, and else in the plan's order. */
export function run(plan: ProgramPlan, outdir?: string): App {
  const app = new SparkApp({ outdir });
  const chartOf = memoized((index) => new Chart(app, CHARTS[index]));
  const namespaceOf = memoized((index) => makeNamespace(chartOf(plan.namespaces[index].chart), index, plan));
  const { length } = plan.namespaces;
  const makers = [
    ...CHARTS.map((_, index) => () => chartOf(index)),
    ...plan.namespaces.map((_, index) => () => namespaceOf(index)),
    ...plan.applications.map((one) => () => makeApplication(chartOf(one.chart), one, namespaceOf(one.namespace))),
  ];
  const order = plan.order.length === 0 ? makers.map((_, index) => index) : plan.order;
  for (const index of order) makers[index]();
  if (plan.hasOperator) {
    const jobNamespaces = Array.from({ length }, (_, index) => namespaceOf(index));
    new SparkOperator(new Chart(app, 'operator'), 'operator', frozen({ jobNamespaces }));
  }
  return app;
}

function makeNamespace(chart: Chart, index: number, plan: ProgramPlan): ISparkJobNamespace {
  const { cpu, podSecurity } = plan.namespaces[index];
  const allow = [
    Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'for a test'),
    Relaxation.of(Guarantee.ENCRYPTION, 'for a test'),
  ];
  const quota = cpu === undefined ? undefined : { cpu: Cpu.units(cpu) };
  return new SparkJobNamespace(chart, `team-${index}`, frozen({ quota, podSecurity, allow }));
}

function makeApplication(chart: Chart, plan: ApplicationPlan, jobNamespace: ISparkJobNamespace): void {
  const props = { ...plan.props(), jobNamespace };
  if (plan.kind === 'secure') new SecureSparkApplication(chart, plan.id, frozen(props));
  else if (plan.kind === 'scheduled') {
    const schedule = CronSchedule.cron('@daily');
    new ScheduledSparkApplication(chart, plan.id, frozen({ ...props, schedule, timeZone: 'Europe/Berlin' }));
  } else {
    new SparkApplication(
      chart,
      plan.id,
      frozen({ ...props, relax: undefined, seccompProfile: undefined } as object as SparkApplicationProps),
    );
  }
}

function memoized<T>(make: (index: number) => T): (index: number) => T {
  const made = new Map<number, T>();
  return (index) => {
    const known = made.get(index) ?? make(index);
    made.set(index, known);
    return known;
  };
}

/** Plain objects and lists of a caller cannot be changed any more; constructs and values keep their own state. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
