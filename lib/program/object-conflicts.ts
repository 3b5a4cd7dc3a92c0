import * as path from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { namespaceOf } from '../kubernetes/objects';

interface Conflict {
  readonly first: ApiObject;
  readonly second: ApiObject;
}

/** One line for each pair of the user's constructs that write the same objects, however many these are. */
export function duplicateObjects(objects: readonly ApiObject[]): string[] {
  return [...conflicts(objects, identityOf)].map(([pair, found]) => {
    const [first] = found.map(({ second }) => describe(second)).sort();
    return found.length === 1
      ? `${pair} write the same object, ${first}: give one of them another name`
      : `${pair} write ${found.length} same objects, such as ${first}: leave one of them out, or give it another name`;
  });
}

/**
 * What cdk8s' own `App` would lose, one line for each pair of the user's constructs: where every resource has a file, it
 * names the file by kind and name alone, and objects of one name in two namespaces are one file.
 */
export function overwrittenFiles(app: Partial<App>, objects: readonly ApiObject[]): string[] {
  const { yamlOutputType, outdir = '', outputFileExtension = '' } = app;
  const perChart = yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  if (!perChart && yamlOutputType !== YamlOutputType.FILE_PER_RESOURCE) return [];
  const fileOf = ({ kind, name }: ApiObject): string => `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
  const placeOf = (object: ApiObject): string => `${perChart ? object.chart.node.path : ''}\0${fileOf(object)}`;
  return [...conflicts(objects, placeOf)].flatMap(([pair, found]) => {
    const [lost, ...more] = found.filter(({ first, second }) => identityOf(first) !== identityOf(second));
    if (lost === undefined) return [];
    const file = path.join(perChart ? '' : outdir, fileOf(lost.second) + outputFileExtension);
    const folder = perChart ? ` in the folder of chart ${lost.second.chart.node.path}` : '';
    const others = more.length === 0 ? '' : ` (and ${more.length} more of ${pair})`;
    return [
      `${lost.first.node.path} and ${lost.second.node.path} would be one file, ${file}${folder}${others}, and only the last ` +
        'be left: use SparkApp in place of App, which writes the namespace into names of files, or another yamlOutputType, ' +
        'FILE_PER_CHART or FILE_PER_APP',
    ];
  });
}

/** Objects with the key of an earlier one, by the constructs that own the two. */
function conflicts(objects: readonly ApiObject[], keyOf: (object: ApiObject) => string): [string, Conflict[]][] {
  const firsts = new Map<string, ApiObject>();
  const found = new Map<string, Conflict[]>();
  for (const second of objects) {
    const key = keyOf(second);
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, second);
      continue;
    }
    const pair = [...new Set([ownerOf(first), ownerOf(second)])].sort().join(' and ');
    found.set(pair, [...(found.get(pair) ?? []), { first, second }]);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

function identityOf(object: ApiObject): string {
  return [object.apiGroup, object.kind, namespaceOf(object) ?? '', object.name].join('/');
}

function describe(object: ApiObject): string {
  const namespace = namespaceOf(object);
  return `${object.kind} "${object.name}"${namespace === undefined ? '' : ` in namespace "${namespace}"`}`;
}

/** The path of the construct in a chart that a user made. */
function ownerOf(object: ApiObject): string {
  let construct: IConstruct = object;
  while (construct.node.scope !== undefined && !Chart.isChart(construct.node.scope)) construct = construct.node.scope;
  return construct.node.path;
}
