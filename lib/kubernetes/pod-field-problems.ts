import { Finding } from '../problems/finding';
import { ObjectRule } from './object-rules';
import { POD_RULES } from './pod-rules';
import { POD_TYPES } from './pod-schema';
import { Fields, ObjectProblem, SchemaContext, schemaProblems } from './schema-problems';

/** The Spark container may be missing in a template: Spark adds it. */
export const podContext: SchemaContext = {
  types: { ...POD_TYPES, PodSpec: { fields: POD_TYPES.PodSpec.fields } },
  rules: Object.fromEntries(Object.entries(POD_RULES).map(([type, rules]) => [type, allOf(rules)])),
};

function allOf(rules: readonly ObjectRule[]): (value: Fields) => ObjectProblem[] {
  return (value) => rules.map((rule) => rule(value)).filter((problem) => problem !== undefined);
}

/**
 * The fields of a part of a pod, in its manifest form, that the API server would refuse or drop.
 *
 * @param value the part
 * @param type the name of its type in Kubernetes, such as `PodTemplateSpec` or `Toleration`
 * @param path the path of the field, for the findings
 */
export function podFieldProblems(value: unknown, type: string, path: string): Finding[] {
  return schemaProblems(podContext, value, type, path);
}
