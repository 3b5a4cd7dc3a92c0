import { Chart } from 'cdk8s';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../lib/job-namespace/spark-job-namespace-props';
import { SparkStorage, ISparkStorage } from '../../lib/storage/spark-storage';
import { S3StorageProps } from '../../lib/storage/stores/s3-storage';
import { find, manifests, messageOf, newChart } from '../job-namespace/manifests';
import { ROLE } from '../storage/storages';
import { IMAGE, Overrides, PYTHON, RenderedSpec } from './fixtures';

/** The properties of an application that use storages of a chart. */
export type Uses = (chart: Chart) => Overrides;

/** A chart with one secure application that uses storages. */
export function chartWith(uses: Uses, namespace: SparkJobNamespaceProps = {}): Chart {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', namespace);
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, ...uses(chart) });
  return chart;
}

export function specWith(uses: Uses): RenderedSpec {
  return find(chartWith(uses), 'SparkApplication', 'sessions').spec as RenderedSpec;
}

export function refusal(uses: Uses): string {
  return messageOf(() => manifests(chartWith(uses)));
}

export function s3(chart: Chart, id: string, props: Partial<S3StorageProps> = {}): ISparkStorage {
  return SparkStorage.s3(chart, id, { bucket: `acme-${id}`, prefix: 'checkpoints', identity: ROLE, ...props });
}
