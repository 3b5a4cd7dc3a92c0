import { mergeJavaOptions } from '../../spark/java-options';
import { maximumProblems } from './limit-range-checks';
import { isPlainSecret } from '../../spark/plain-secrets';
import { Guarantee } from '../../guarantees/relaxation';
import { TEMPORARY_DIRECTORY } from './automatic-directories';
import { PodShape, podShape, RolePodInput } from './pod-shape';
import { cpuQuantity, podTotals, PodTotals, roleResources } from './role-resources';
import { SparkApplicationType } from '../../spark/spark-main';
import { SparkRole } from '../../spark/spark-role';

/** One role's pods. */
export interface RolePod {
  readonly role: SparkRole;
  readonly shape: PodShape;
  readonly totals: PodTotals;
  /** The fields that driver and executor of a manifest share. */
  readonly fields: {
    readonly cores: number;
    readonly coreRequest: string;
    readonly coreLimit?: string;
    readonly memory: string;
    readonly memoryOverhead: string;
    readonly javaOptions?: string;
    readonly serviceAccount: string;
    readonly template: unknown;
  };
}

/** Renders one role; what is wrong with it goes to `problems`. */
export function rolePod(input: RolePodInput, problems: string[]): RolePod {
  const { role, options, props, secure, relaxed } = input;
  const shape = podShape(input);
  const { directories, template } = shape;
  const resources = roleResources(
    { role, options, nonJvm: isNonJvm(props.main.type), inMemoryDirectories: directories.memory, limitCpu: secure },
    problems,
  );
  problems.push(
    ...shape.problems,
    ...maximumProblems(role, template, resources, props.jobNamespace.limitRange ?? {}),
    ...cpuLimitProblems(input),
  );
  if (secure && !relaxed.has(Guarantee.NO_PLAIN_SECRETS)) {
    problems.push(...javaSecretProblems(role, options.javaOptions ?? []));
  }
  const own = secure ? [`-Djava.io.tmpdir=${TEMPORARY_DIRECTORY}`] : [];
  const javaOptions = mergeJavaOptions(role, options.javaOptions ?? [], own, problems);
  return {
    role,
    shape,
    totals: podTotals(resources, shape.base),
    fields: {
      cores: resources.cores,
      coreRequest: cpuQuantity(resources.cpuRequest),
      coreLimit: resources.cpuLimit === undefined ? undefined : cpuQuantity(resources.cpuLimit),
      memory: `${resources.memory}m`,
      memoryOverhead: `${resources.memoryOverhead}m`,
      javaOptions: javaOptions === '' ? undefined : javaOptions,
      serviceAccount: shape.serviceAccount,
      template: shape.manifest,
    },
  };
}

/** A secure application limits its CPU in any case. */
function cpuLimitProblems({ role, options, props, secure }: RolePodInput): string[] {
  const { name, quota } = props.jobNamespace;
  if (secure || quota?.cpu === undefined || options.coreLimit !== undefined) return [];
  return [
    `${role}.coreLimit is not given, but the quota of namespace "${name}" limits CPU and admits no pod without; set it`,
  ];
}

function javaSecretProblems(role: SparkRole, javaOptions: readonly string[]): string[] {
  return javaOptions.flatMap((option, index) => {
    const [, name, value] = /^-D([^=]+)=(.*)$/s.exec(option) ?? [];
    return name === undefined || !isPlainSecret(name, value)
      ? []
      : [
          `${role}.javaOptions[${index}] would hold a secret in plain text in "${name}"; ` +
            'mount the Secret, or give it as an environment variable by reference',
        ];
  });
}

function isNonJvm(type: SparkApplicationType): boolean {
  return type === SparkApplicationType.PYTHON || type === SparkApplicationType.R;
}
