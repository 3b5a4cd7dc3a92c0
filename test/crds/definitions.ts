import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** The parts of a structural schema that the tests walk; every other keyword is kept as it is. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly required?: string[];
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
}

export interface Definition {
  readonly metadata: { readonly name: string; readonly annotations: Record<string, string> };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: Record<string, unknown> & { readonly kind: string };
    readonly versions: { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** The custom resource definitions of a folder, by kind. */
export function readDefinitions(folder: string): Record<string, Definition> {
  const definitions = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => load(readFileSync(join(folder, file), 'utf8')) as Definition);
  return Object.fromEntries(definitions.map((definition) => [definition.spec.names.kind, definition]));
}

/** The schema of the only version. */
export function schemaOf(definition: Definition): Schema {
  return definition.spec.versions[0].schema.openAPIV3Schema;
}

/** Every node of a schema by its path: `spec.driver.ports[].name`, `spec.sparkConf.*`. */
export function nodesOf(schema: Schema, path = ''): Map<string, Schema> {
  const children: [string, Schema][] = [
    ...Object.entries(schema.properties ?? {}).map(([name, child]): [string, Schema] => [below(path, name), child]),
    ...(schema.items ? [[`${path}[]`, schema.items] as [string, Schema]] : []),
    ...(schema.additionalProperties ? [[below(path, '*'), schema.additionalProperties] as [string, Schema]] : []),
  ];
  return new Map([[path, schema], ...children.flatMap(([at, child]) => [...nodesOf(child, at)])]);
}

/** The paths of the objects that keep fields which the schema does not name. */
export function preservedPaths(schema: Schema): string[] {
  return [...nodesOf(schema)].filter(([, node]) => node['x-kubernetes-preserve-unknown-fields']).map(([path]) => path);
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
