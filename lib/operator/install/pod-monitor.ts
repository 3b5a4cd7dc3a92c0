import { ApiObjectProps, Duration } from 'cdk8s';
import { labelsOf, OperatorIdentity, selectorLabels } from './component';

/**
 * How the Prometheus operator finds the metrics of controller and webhook.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export interface PodMonitorOptions {
  /**
   * Labels by which a Prometheus selects the monitor.
   *
   * @default - none beyond the recommended ones
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * How often the metrics are read.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;
}

export function renderPodMonitor(operator: OperatorIdentity, { labels, interval }: PodMonitorOptions): ApiObjectProps {
  const { name, namespace } = operator;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, namespace, labels: { ...labelsOf(operator), ...labels } },
    spec: {
      selector: { matchLabels: selectorLabels(operator) },
      namespaceSelector: { matchNames: [namespace] },
      podMetricsEndpoints: [
        { port: 'metrics', path: '/metrics', interval: `${(interval ?? Duration.seconds(30)).toSeconds()}s` },
      ],
    },
  } as ApiObjectProps;
}
