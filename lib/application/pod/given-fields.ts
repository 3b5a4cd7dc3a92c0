import { podFieldProblems } from '../../kubernetes/pod-field-problems';
import { findingText } from '../../problems/finding';
import { SparkRole } from '../../spark/spark-role';
import { toManifest } from './manifest';
import { FrameOptions } from './pod-options';

/**
 * Fields of a user's parts of a pod that the API server would refuse or drop in silence. The custom resource definition does
 * not check them, since its schema for pod templates is open.
 */
export function givenFieldProblems(role: SparkRole, options: FrameOptions): string[] {
  const { template, sidecars = [], initContainers = [], tolerations = [], affinity } = options;
  const { volumes = [], volumeMounts = [], envFrom = [], env = {} } = options;
  const parts: [part: unknown, type: string, property: string][] = [
    [template, 'PodTemplateSpec', 'template'],
    [affinity, 'Affinity', 'affinity'],
    ...each(sidecars, 'Container', 'sidecars'),
    ...each(initContainers, 'Container', 'initContainers'),
    ...each(tolerations, 'Toleration', 'tolerations'),
    ...each(
      volumes.map((volume) => volume._toKube()),
      'Volume',
      'volumes',
    ),
    ...each(
      [...new Set(volumeMounts.map(({ volume }) => volume))].map((volume) => volume._toKube()),
      'Volume',
      'volumeMounts',
    ),
    ...each(
      envFrom.map((source) => source._toKube()),
      'EnvFromSource',
      'envFrom',
    ),
    ...Object.entries(env).map(([name, { value, valueFrom }]): [unknown, string, string] => [
      { name, value, valueFrom },
      'EnvVar',
      `env.${name}`,
    ]),
  ];
  return parts.flatMap(([part, type, property]) =>
    podFieldProblems(toManifest(part), type, `${role}.${property}`).map(findingText),
  );
}

function each(items: readonly unknown[], type: string, property: string): [unknown, string, string][] {
  return items.map((item, index) => [item, type, `${property}[${index}]`]);
}
