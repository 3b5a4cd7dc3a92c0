import { SparkApplicationSpec } from '../../imports/sparkoperator.k8s.io';
import { fieldOf, listOf, textOf } from '../manifests/manifest-fields';
import { ObjectReference } from '../program/object-references';

/** The ConfigMaps, Secrets and PersistentVolumeClaims that an application's pods use, each once. */
export function objectReferences({ driver, executor, imagePullSecrets = [] }: SparkApplicationSpec): ObjectReference[] {
  const found = new Map<string, ObjectReference>();
  const note = (kind: ObjectReference['kind'], ...names: (string | undefined)[]): void => {
    for (const name of names) if (name !== undefined) found.set(`${kind} ${name}`, { kind, name });
  };
  note('Secret', ...imagePullSecrets);
  for (const pod of [driver, executor].map(({ template }) => fieldOf(template, 'spec'))) {
    note('Secret', ...listOf(pod, 'imagePullSecrets').map((secret) => textOf(secret, 'name')));
    for (const volume of listOf(pod, 'volumes')) {
      note('ConfigMap', textOf(volume, 'configMap', 'name'));
      note('Secret', textOf(volume, 'secret', 'secretName'));
      note('PersistentVolumeClaim', textOf(volume, 'persistentVolumeClaim', 'claimName'));
      for (const source of listOf(volume, 'projected', 'sources')) {
        note('ConfigMap', textOf(source, 'configMap', 'name'));
        note('Secret', textOf(source, 'secret', 'name'));
      }
    }
    for (const container of [...listOf(pod, 'initContainers'), ...listOf(pod, 'containers')]) {
      for (const variable of listOf(container, 'env')) {
        note('ConfigMap', textOf(variable, 'valueFrom', 'configMapKeyRef', 'name'));
        note('Secret', textOf(variable, 'valueFrom', 'secretKeyRef', 'name'));
      }
      for (const source of listOf(container, 'envFrom')) {
        note('ConfigMap', textOf(source, 'configMapRef', 'name'));
        note('Secret', textOf(source, 'secretRef', 'name'));
      }
    }
  }
  return [...found.values()];
}
