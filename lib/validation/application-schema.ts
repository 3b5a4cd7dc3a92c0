import { join } from 'node:path';
import { between } from '../kubernetes/object-rules';
import { podContext } from '../kubernetes/pod-field-problems';
import { FieldType, ObjectType, SchemaContext, schemaProblems } from '../kubernetes/schema-problems';
import { Manifest, readManifests } from '../manifests/manifest-source';
import { Finding } from '../problems/finding';
import { packageFolder } from '../program/package-folder';

/** The parts of pods that the definitions keep as objects of any content, by the field that holds them. */
const POD_PARTS: Readonly<Record<string, string>> = {
  affinity: 'Affinity',
  dnsConfig: 'PodDNSConfig',
  env: 'EnvVar',
  envFrom: 'EnvFromSource',
  hostAliases: 'HostAlias',
  initContainers: 'Container',
  lifecycle: 'Lifecycle',
  podSecurityContext: 'PodSecurityContext',
  securityContext: 'SecurityContext',
  sidecars: 'Container',
  template: 'PodTemplateSpec',
  tolerations: 'Toleration',
  volumeMounts: 'VolumeMount',
  volumes: 'Volume',
};

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** What the API server would refuse of an application, or drop, by the definitions that this library ships. */
export function applicationFieldProblems(manifest: Manifest): Finding[] {
  return schemaProblems(definitions(), manifest, String(manifest.kind), '');
}

let read: SchemaContext | undefined;

/** The definitions of all kinds, read once: they are files of the package. */
function definitions(): SchemaContext {
  return (read ??= readDefinitions(join(packageFolder(), 'crds')));
}

function readDefinitions(folder: string): SchemaContext {
  const types: Record<string, ObjectType> = { ...podContext.types };
  const rules = { ...podContext.rules };
  for (const { manifest } of readManifests([folder]).manifests) {
    const { names, versions } = manifest.spec as {
      readonly names: { readonly kind: string };
      readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[];
    };
    for (const { schema } of versions) addObject(types, rules, names.kind, schema.openAPIV3Schema);
  }
  return { types, rules };
}

type Types = Record<string, ObjectType>;
type Rules = Record<string, SchemaContext['rules'][string]>;

function addObject(types: Types, rules: Rules, name: string, { properties = {}, required }: Schema): string {
  const fields = Object.entries(properties).map(([field, schema]): [string, FieldType] => [
    field,
    fieldType(types, rules, name, field, schema),
  ]);
  types[name] = { required, fields: Object.fromEntries(fields) };
  const bounds = Object.entries(properties).flatMap(([field, { minimum }]) =>
    minimum === undefined ? [] : [between(field, minimum)],
  );
  rules[name] = (value) => bounds.map((bound) => bound(value)).filter((problem) => problem !== undefined);
  return name;
}

function fieldType(types: Types, rules: Rules, owner: string, field: string, schema: Schema): FieldType {
  if (schema['x-kubernetes-int-or-string'] === true) return 'int-or-string';
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return POD_PARTS[field] ?? 'object';
  if (schema.enum !== undefined) return { values: schema.enum };
  if (schema.items !== undefined) return { list: fieldType(types, rules, owner, field, schema.items) };
  if (schema.additionalProperties !== undefined) {
    return { map: fieldType(types, rules, owner, field, schema.additionalProperties) };
  }
  if (schema.properties !== undefined) return addObject(types, rules, `${owner}.${field}`, schema);
  if (schema.type === 'integer') return schema.format === 'int32' ? 'int32' : 'int64';
  return schema.type ?? 'object';
}

/** Whether an application says what it is at all; with a lost indentation it does not. */
export function isComplete(manifest: Manifest): boolean {
  return missingParts(manifest).length < 2;
}

/** Name and specification, where they are missing. */
export function missingParts(manifest: Manifest): string[] {
  const { name, generateName } = (manifest.metadata ?? {}) as Readonly<Record<string, unknown>>;
  const hasSpec = typeof manifest.spec === 'object' && manifest.spec !== null && Object.keys(manifest.spec).length > 0;
  return [...(name === undefined && generateName === undefined ? ['metadata.name'] : []), ...(hasSpec ? [] : ['spec'])];
}
