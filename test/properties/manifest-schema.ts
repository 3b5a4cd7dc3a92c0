import { join } from 'node:path';
import Ajv, { ValidateFunction } from 'ajv';
import { readDefinitions, Schema, schemaOf } from '../crds/definitions';

const ajv = new Ajv({ strict: false, allErrors: true });
for (const [format, limit] of Object.entries({ int32: 2 ** 31 - 1, int64: Number.MAX_SAFE_INTEGER })) {
  ajv.addFormat(format, { type: 'number', validate: (value: number) => Math.abs(value) <= limit });
}
ajv.addFormat('date-time', true);

const validators = new Map<string, ValidateFunction>(
  Object.entries(readDefinitions(join(__dirname, '../../crds'))).map(([kind, definition]) => [
    kind,
    ajv.compile(closed(schemaOf(definition))),
  ]),
);

/** What the definition of an object's kind finds wrong with it; nothing for other kinds. */
export function schemaErrors(manifest: { readonly kind: string }): string[] {
  const validate = validators.get(manifest.kind);
  if (validate === undefined || validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The API server drops fields that a schema does not name; here they are errors. */
function closed(schema: Schema): object {
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.properties === undefined;
  return {
    ...schema,
    ...(schema.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([name, child]) => [name, closed(child)]),
          ),
        }),
    ...(schema.items === undefined ? {} : { items: closed(schema.items) }),
    ...(isOpen ? {} : { additionalProperties: false }),
    ...(schema.additionalProperties === undefined ? {} : { additionalProperties: closed(schema.additionalProperties) }),
  };
}
