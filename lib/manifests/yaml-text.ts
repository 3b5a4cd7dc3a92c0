import { defineScalarTag, dump, DUMP_SCHEMA, floatCoreTag, floatYaml11Tag, NOT_RESOLVED } from 'js-yaml';

/** kubectl reads `-_0` as a number too. */
const FLOAT = defineScalarTag(floatYaml11Tag.tagName, {
  ...floatYaml11Tag,
  resolve: (source, ...rest) => {
    const float = floatYaml11Tag.resolve(source, ...rest);
    return float === NOT_RESOLVED ? floatCoreTag.resolve(source.replace(/_/g, ''), ...rest) : float;
  },
});
const SCHEMA = DUMP_SCHEMA.withTags(FLOAT);

/**
 * The text of YAML documents. As that of `Yaml.stringify` of cdk8s, but made in half of the time, and with quotes around
 * every string that a reader of YAML 1.1 or 1.2 takes for something else.
 */
export function yamlText(documents: readonly object[]): string {
  return documents
    .map((document) => dump(document, { schema: SCHEMA, lineWidth: -1, noRefs: true, quoteStyle: 'double' }))
    .join('---\n');
}
