import { createHash } from 'node:crypto';
import { ApiObject, Chart, YamlOutputType } from 'cdk8s';
import { namespaceOf } from '../kubernetes/objects';

/** The file of `SparkApp` for an object: below the folder of the output, without its ending. It depends on these two alone. */
export function fileOf(object: ApiObject, type: YamlOutputType): string {
  switch (type) {
    case YamlOutputType.FILE_PER_APP:
      return 'app';
    case YamlOutputType.FILE_PER_CHART:
      return fileOfChart(object.chart);
    case YamlOutputType.FILE_PER_RESOURCE:
      return fileOfObject(object);
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return `${fileOfChart(object.chart)}/${fileOfObject(object)}`;
  }
}

/** The path of a chart, with dots. */
export function fileOfChart(chart: Chart): string {
  return chart.node.path.split('/').map(distinct).join('.');
}

/** `team-1.Role.spark-driver`, and `Namespace.team-1` for an object of the cluster. A kind begins with upper case, a namespace never. */
function fileOfObject(object: ApiObject): string {
  const { apiGroup, kind, name } = object;
  const group = apiGroup === 'core' || !apiGroup.includes('.') || apiGroup.endsWith('.k8s.io') ? [] : [apiGroup];
  const namespace = namespaceOf(object);
  return [...(namespace === undefined ? [] : [distinct(namespace)]), kind, ...group, distinct(name)].join('.');
}

/**
 * A name for every file system: a text with other characters, or with upper case, which some file systems ignore, gets a hash.
 */
function distinct(text: string): string {
  if (/^[0-9a-z._-]+$/.test(text)) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${text.toLowerCase().replace(/[^0-9a-z._-]/g, '-')}-${hash}`;
}
