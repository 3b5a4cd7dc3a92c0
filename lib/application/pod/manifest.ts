import { k8s } from 'cdk8s-plus-28';
import { PodOptions } from './pod-options';
import { SparkRole } from '../../spark/spark-role';

/** Fields of pods that cdk8s-plus spells otherwise than the manifest. */
const MANIFEST_NAMES: Readonly<Record<string, string>> = {
  datasetUuid: 'datasetUUID',
  diskUri: 'diskURI',
  downwardApi: 'downwardAPI',
  hostIp: 'hostIP',
  hostIpc: 'hostIPC',
  hostPid: 'hostPID',
  pdId: 'pdID',
  scaleIo: 'scaleIO',
  setHostnameAsFqdn: 'setHostnameAsFQDN',
  storagePolicyId: 'storagePolicyID',
  targetWwNs: 'targetWWNs',
  volumeId: 'volumeID',
};
/** Fields whose keys are the user's own. */
const FREE_KEYS = new Set(
  'annotations labels limits matchLabels nodeSelector options overhead requests volumeAttributes'.split(' '),
);

/**
 * A pod template in the manifest's form: quantities as text, names as Kubernetes spells them.
 *
 * It writes what cdk8s-plus' own converter writes, in a seventh of its time, which counts on every synth.
 */
export function toManifest(value: unknown, keepKeys = false): unknown {
  if (Array.isArray(value)) return value.map((item) => toManifest(item));
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return value.value;
  const manifest: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) {
      manifest[keepKeys ? key : (MANIFEST_NAMES[key] ?? key)] = toManifest(item, FREE_KEYS.has(key));
    }
  }
  return manifest;
}

/**
 * Fields that are no fields of a pod: the template's schema in the cluster is open, so that they would be accepted and
 * ignored.
 */
export function unknownFieldProblems(role: SparkRole, options: PodOptions): string[] {
  const { template, sidecars = [], initContainers = [], tolerations = [], affinity } = options;
  const fields = [
    ...(template === undefined
      ? []
      : unknownFields(template, k8s.toJson_PodTemplateSpec(template), `${role}.template`)),
    ...unknownFields(sidecars, sidecars.map(k8s.toJson_Container), `${role}.sidecars`),
    ...unknownFields(initContainers, initContainers.map(k8s.toJson_Container), `${role}.initContainers`),
    ...unknownFields(tolerations, tolerations.map(k8s.toJson_Toleration), `${role}.tolerations`),
    ...unknownFields(affinity, k8s.toJson_Affinity(affinity), `${role}.affinity`),
  ];
  return fields.map(
    (field) =>
      `${field} is no field of a pod there, and the cluster would ignore it in silence; ` +
      'move it to where it belongs, or leave it out',
  );
}

function unknownFields(given: unknown, rendered: unknown, path: string): string[] {
  if (Array.isArray(given)) {
    return given.flatMap((item, index) =>
      unknownFields(item, (rendered as unknown[] | undefined)?.[index], `${path}[${index}]`),
    );
  }
  if (typeof given !== 'object' || given === null || isText(given)) return [];
  const known = (rendered ?? {}) as Record<string, unknown>;
  return Object.entries(given).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const name = key in known ? key : MANIFEST_NAMES[key];
    if (name === undefined || !(name in known)) return [`${path}.${key}`];
    return unknownFields(value, known[name], `${path}.${key}`);
  });
}

/** Not `instanceof`, which fails where a program has two copies of cdk8s-plus. */
function isText(value: object): value is k8s.Quantity | k8s.IntOrString {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}
