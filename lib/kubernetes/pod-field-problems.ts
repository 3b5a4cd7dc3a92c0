import { Finding } from '../problems/finding';
import { ObjectRule } from './object-rules';
import { POD_RULES } from './pod-rules';
import { POD_TYPES } from './pod-schema';
import { Fields, ObjectProblem, SchemaContext, schemaProblems } from './schema-problems';

/** In a template the Spark container may be missing, and Spark adds it. */
export const podContext: SchemaContext = {
  types: { ...POD_TYPES, PodSpec: { fields: POD_TYPES.PodSpec.fields } },
  rules: Object.fromEntries(Object.entries(POD_RULES).map(([type, rules]) => [type, allOf(rules)])),
};

function allOf(rules: readonly ObjectRule[]): (value: Fields) => ObjectProblem[] {
  return (value) => rules.map((rule) => rule(value)).filter((problem) => problem !== undefined);
}

/**
 * What the API server would refuse or drop of a part of a pod, as a manifest has it.
 *
 * @param value the part
 * @param type the name of its type in Kubernetes, such as `PodTemplateSpec` or `Toleration`
 * @param path where it stands
 */
export function podFieldProblems(value: unknown, type: string, path: string): Finding[] {
  return schemaProblems(podContext, value, type, path);
}
