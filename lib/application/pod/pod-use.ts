import { AdmissionLists } from '../../job-namespace/admission/admission';
import { imageRepository } from '../../kubernetes/image-reference';
import {
  HOST_NAMESPACES,
  HOSTNAME_LABEL,
  METADATA_FIELDS,
  NAMED_POD_FIELDS,
  SAFE_VOLUMES,
} from '../../kubernetes/pod-fields';

/** A part of a pod template in its manifest form. */
interface Part {
  readonly [field: string]: unknown;
}

/** What pods of a template use that the admission guard admits only where the namespace names it. */
export function podUse(manifest: unknown): AdmissionLists {
  const template = part(manifest);
  const pod = part(template.spec);
  const containers = [...parts(pod.containers), ...parts(pod.initContainers)];
  const volumes = parts(pod.volumes);
  return {
    images: containers.flatMap(({ image }) => texts(image)).map(imageRepository),
    secrets: [
      ...parts(pod.imagePullSecrets).flatMap(({ name }) => texts(name)),
      ...containers.flatMap(environmentSecrets),
      ...volumes.flatMap(volumeSecrets),
    ],
    'priority-classes': texts(pod.priorityClassName),
    schedulers: texts(pod.schedulerName),
    'node-names': [
      ...texts(pod.nodeName),
      ...texts(part(pod.nodeSelector)[HOSTNAME_LABEL]),
      ...affinityNodes(part(part(pod.affinity).nodeAffinity)),
    ],
    tolerations: parts(pod.tolerations).map(({ key }) => texts(key)[0] ?? '*'),
    'volume-kinds': volumes
      .flatMap((volume) => Object.keys(volume))
      .filter((kind) => kind !== 'name' && !SAFE_VOLUMES.includes(kind)),
    'host-namespaces': HOST_NAMESPACES.filter((field) => pod[field] === true),
    'pod-fields': [
      ...[pod, ...containers].flatMap(fieldsToName),
      ...Object.keys(part(template.metadata)).filter((field) => !METADATA_FIELDS.includes(field)),
    ],
  };
}

/** Lifecycle hooks that run a command in the container need not be named. */
function fieldsToName(holder: Part): string[] {
  const runsCommands = Object.values(part(holder.lifecycle)).every((hook) =>
    Object.keys(part(hook)).every((action) => action === 'exec'),
  );
  return Object.keys(holder).filter(
    (field) => NAMED_POD_FIELDS.includes(field) && !(field === 'lifecycle' && runsCommands),
  );
}

function environmentSecrets(container: Part): string[] {
  return [
    ...parts(container.env).flatMap(({ valueFrom }) => texts(part(part(valueFrom).secretKeyRef).name)),
    ...parts(container.envFrom).flatMap(({ secretRef }) => texts(part(secretRef).name)),
  ];
}

function volumeSecrets(volume: Part): string[] {
  const sources = Object.values(volume).map(part);
  return sources.flatMap((source) => [
    ...texts(source.secretName),
    ...texts(part(source.secretRef).name),
    ...texts(part(source.nodePublishSecretRef).name),
    ...parts(source.sources).flatMap(({ secret }) => texts(part(secret).name)),
  ]);
}

function affinityNodes(affinity: Part): string[] {
  const terms = [
    ...parts(part(affinity.requiredDuringSchedulingIgnoredDuringExecution).nodeSelectorTerms),
    ...parts(affinity.preferredDuringSchedulingIgnoredDuringExecution).map(({ preference }) => part(preference)),
  ];
  return terms
    .flatMap((term) => [
      ...parts(term.matchFields),
      ...parts(term.matchExpressions).filter(({ key }) => key === HOSTNAME_LABEL),
    ])
    .flatMap(({ values }) => (Array.isArray(values) ? (values as unknown[]).flatMap(texts) : []));
}

function part(value: unknown): Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {};
}

function parts(value: unknown): Part[] {
  return Array.isArray(value) ? value.map(part) : [];
}

function texts(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}
