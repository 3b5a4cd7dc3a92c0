import * as fs from 'node:fs';
import { POD_TYPES } from '../lib/kubernetes/pod-schema';
import type { FieldType, ObjectType } from '../lib/kubernetes/schema-problems';

const FILE = 'lib/kubernetes/pod-schema.ts';
const ROOT = 'io.k8s.api.core.v1.PodTemplateSpec';
/** What has a form of its own in JSON. */
const SCALARS: Readonly<Record<string, string>> = {
  FieldsV1: 'object',
  IntOrString: 'int-or-string',
  Quantity: 'quantity',
  Time: 'string',
};

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
}

export interface OpenApi {
  readonly info: { readonly version: string };
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export type PodTypes = Readonly<Record<string, ObjectType>>;

/** The types of a pod template that any of the API servers knows; what one of them takes is right somewhere. */
export function podTypes(documents: readonly OpenApi[]): PodTypes {
  const types: Record<string, ObjectType> = {};
  for (const { components } of documents) addType(types, components.schemas, ROOT);
  return Object.fromEntries(
    Object.keys(types)
      .sort()
      .map((name) => [name, sorted(types[name])]),
  );
}

function addType(types: Record<string, ObjectType>, schemas: OpenApi['components']['schemas'], id: string): string {
  const name = id.slice(id.lastIndexOf('.') + 1);
  if (name in SCALARS) return SCALARS[name];
  const { properties = {}, required = [] } = schemas[id];
  const known = types[name] as ObjectType | undefined;
  // Before its fields, since a type may hold itself.
  types[name] = known ?? { fields: {} };
  const fields: Record<string, FieldType> = { ...known?.fields };
  for (const [field, schema] of Object.entries(properties)) {
    fields[field] = union(fields[field], fieldType(types, schemas, schema));
  }
  const both = required.filter((field) => known === undefined || known.required?.includes(field) === true);
  types[name] = both.length === 0 ? { fields } : { required: both, fields };
  return name;
}

function fieldType(
  types: Record<string, ObjectType>,
  schemas: OpenApi['components']['schemas'],
  schema: Schema,
): FieldType {
  const reference = schema.$ref ?? schema.allOf?.[0].$ref;
  if (reference !== undefined) return addType(types, schemas, reference.slice(reference.lastIndexOf('/') + 1));
  if (schema.enum !== undefined) return { values: [...schema.enum].sort() };
  if (schema.items !== undefined) return { list: fieldType(types, schemas, schema.items) };
  if (schema.additionalProperties !== undefined) return { map: fieldType(types, schemas, schema.additionalProperties) };
  if (schema.type === 'integer') return schema.format === 'int64' ? 'int64' : 'int32';
  if (schema.type === undefined) throw new Error(`a field without a type: ${JSON.stringify(schema)}`);
  return schema.type;
}

/** A newer server may take more values of an enumeration, or any. */
function union(known: FieldType | undefined, found: FieldType): FieldType {
  if (typeof known === 'object' && 'values' in known && typeof found === 'object' && 'values' in found) {
    return { values: [...new Set([...known.values, ...found.values])].sort() };
  }
  return found;
}

function sorted({ required, fields }: ObjectType): ObjectType {
  const entries = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...(required === undefined ? {} : { required: [...required].sort() }), fields: Object.fromEntries(entries) };
}

/** What the documents have and the types lack, by its path. */
export function missing(types: PodTypes, documents: readonly OpenApi[]): string[] {
  return Object.entries(podTypes(documents)).flatMap(([name, { fields }]) =>
    Object.entries(fields).flatMap(([field, type]) => {
      const known = types[name]?.fields[field] as FieldType | undefined;
      if (known === undefined) return [`${name}.${field}`];
      if (typeof type !== 'object' || !('values' in type) || typeof known !== 'object' || !('values' in known))
        return [];
      return type.values.filter((value) => !known.values.includes(value)).map((value) => `${name}.${field}: ${value}`);
    }),
  );
}

async function main(args: readonly string[]): Promise<void> {
  const isCheck = args[0] === '--check';
  const documents = args.slice(isCheck ? 1 : 0).map((file) => JSON.parse(fs.readFileSync(file, 'utf8')) as OpenApi);
  if (documents.length === 0) throw new Error('usage: pod-schema.ts [--check] OPENAPI.json...; see CONTRIBUTING.md');
  if (isCheck) {
    const lacking = missing(POD_TYPES, documents);
    if (lacking.length > 0)
      throw new Error(`${FILE} lacks ${lacking.join(', ')}; write it anew, as CONTRIBUTING.md says`);
    return;
  }
  const versions = documents.map(({ info }) => info.version).join(' and ');
  const text = `import { ObjectType } from './schema-problems';

/**
 * The types that a pod template is made of, by their names. Written by scripts/pod-schema.ts from what API servers of
 * ${versions} say of themselves; never edit it.
 */
export const POD_TYPES: Readonly<Record<string, ObjectType>> = ${JSON.stringify(podTypes(documents))};
`;
  const prettier = await import('prettier');
  const options = await prettier.resolveConfig(FILE);
  fs.writeFileSync(FILE, await prettier.format(text, { ...options, filepath: FILE }));
}

if (require.main === module) void main(process.argv.slice(2));
