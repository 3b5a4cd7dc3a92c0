import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { recommendedLabels } from '../kubernetes/objects';
import { checkArguments } from '../problems/property-checks';

const RULE_NAME = 'spark-writable-directories';

/** The labels of a metric that say whose volume it measures. */
export interface EmptyDirMetric {
  /** The metric: how full a volume is, in percent of its size limit. */
  readonly name: string;
  /** Its label with the pod's namespace. */
  readonly namespaceLabel: string;
  /** Its label with the pod's name. */
  readonly podLabel: string;
  /** Its label with the volume's name in the pod. */
  readonly volumeLabel: string;
}

/**
 * What measures the `emptyDir` volumes of pods. The kubelet's own metrics cover volume claims only; its summary covers
 * `emptyDir` volumes too, and an exporter turns it into metrics.
 *
 * @see https://kubernetes.io/docs/reference/instrumentation/node-metrics/
 */
export class EmptyDirExporter {
  /**
   * The exporter k8s-ephemeral-storage-metrics, with its volume limit percentages switched on.
   *
   * @see https://github.com/jmcgrath207/k8s-ephemeral-storage-metrics
   */
  public static ephemeralStorageMetrics(): EmptyDirExporter {
    return new EmptyDirExporter({
      name: 'ephemeral_storage_container_volume_limit_percentage',
      namespaceLabel: 'pod_namespace',
      podLabel: 'pod_name',
      volumeLabel: 'volume_name',
    });
  }

  /**
   * Another exporter, by its metric.
   *
   * @param metric the metric and its labels
   * @throws if a name is not valid in Prometheus
   */
  public static ofMetric(metric: EmptyDirMetric): EmptyDirExporter {
    checkArguments('EmptyDirExporter.ofMetric', [metric]);
    for (const [field, name] of Object.entries(metric) as [string, string][]) {
      if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) {
        throw new Error(
          `EmptyDirExporter.ofMetric: ${field} is "${name}"; give a name of Prometheus: letters, digits, "_" and ":"`,
        );
      }
    }
    return new EmptyDirExporter({ ...metric });
  }

  private constructor(
    /** The metric and its labels. */
    public readonly metric: EmptyDirMetric,
  ) {}
}

/** How full writable directories may get before Prometheus warns. */
export interface WritableDirectoryMonitoring {
  /**
   * The part of a volume, between 0 and 1, above which it warns. The kubelet evicts a pod when an `emptyDir` of it is full.
   *
   * @default 0.8
   */
  readonly threshold?: number;

  /**
   * How long a volume must be above the threshold. Whole seconds.
   *
   * @default Duration.minutes(2)
   */
  readonly waitFor?: Duration;

  /**
   * What measures `emptyDir` volumes.
   *
   * @default - nothing: only volume claims are watched, and synth says so
   */
  readonly emptyDirExporter?: EmptyDirExporter;

  /**
   * Labels of the PrometheusRule, by which a Prometheus selects it.
   *
   * @default - the recommended ones alone
   */
  readonly labels?: { readonly [label: string]: string };
}

export function monitoringProblems({ threshold, waitFor }: WritableDirectoryMonitoring): string[] {
  const problems: string[] = [];
  if (threshold !== undefined && !(threshold > 0 && threshold < 1)) {
    problems.push(`monitorWritableDirectories.threshold is ${threshold}; give a part between 0 and 1, such as 0.8`);
  }
  const seconds = waitFor?.toSeconds({ integral: false });
  if (seconds !== undefined && !Number.isInteger(seconds)) {
    problems.push(`monitorWritableDirectories.waitFor is ${seconds} s; give whole seconds`);
  }
  return problems;
}

/** Writes the PrometheusRule, and says on the console what it cannot watch. */
export function emitMonitoring(scope: Construct, namespace: string, monitoring: WritableDirectoryMonitoring): void {
  const { emptyDirExporter, labels } = monitoring;
  if (emptyDirExporter === undefined) {
    console.warn(
      `${scope.node.path}: the emptyDir volumes of namespace "${namespace}" are not watched, since the kubelet's metrics know volume claims only; name an exporter of its summary with monitorWritableDirectories.emptyDirExporter`,
    );
  }
  new ApiObject(scope, 'WritableDirectories', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: RULE_NAME,
      namespace,
      labels: {
        ...recommendedLabels({ name: 'spark-job-namespace', instance: namespace, component: 'monitoring' }),
        ...labels,
      },
    },
    spec: { groups: [{ name: RULE_NAME, rules: alerts(namespace, monitoring) }] },
  });
}

function alerts(
  namespace: string,
  { threshold = 0.8, waitFor, emptyDirExporter }: WritableDirectoryMonitoring,
): object[] {
  const full = `${Math.round(threshold * 100)}%`;
  const rule = { for: `${(waitFor ?? Duration.minutes(2)).toSeconds()}s`, labels: { severity: 'warning' } };
  const claims = {
    alert: 'SparkVolumeClaimFillingUp',
    expr:
      `max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{namespace="${namespace}"} / ` +
      `kubelet_volume_stats_capacity_bytes{namespace="${namespace}"}) > ${threshold}`,
    ...rule,
    annotations: {
      summary: `Volume claim {{ $labels.persistentvolumeclaim }} of ${namespace} is more than ${full} full`,
      description: 'Spark fails with "No space left on device" when it is full. Give it a larger size, or clean it up.',
    },
  };
  if (emptyDirExporter === undefined) return [claims];
  const { name, namespaceLabel, podLabel, volumeLabel } = emptyDirExporter.metric;
  const directories = {
    alert: 'SparkWritableDirectoryFillingUp',
    expr: `max by (${podLabel}, ${volumeLabel}) (${name}{${namespaceLabel}="${namespace}"}) > ${Math.round(threshold * 100)}`,
    ...rule,
    annotations: {
      summary: `Volume {{ $labels.${volumeLabel} }} of pod ${namespace}/{{ $labels.${podLabel} }} is more than ${full} full`,
      description:
        'The kubelet evicts the pod when the volume reaches its size limit. Raise the limit of this directory.',
    },
  };
  return [claims, directories];
}
