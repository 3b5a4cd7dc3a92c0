import { k8s } from 'cdk8s-plus-28';
import { fieldOf, textOf } from '../manifests/manifest-fields';
import { SPARK_CONTAINER, SparkRole } from '../spark/spark-role';
import { CONTAINER_CONTEXT, POD_CONTEXT, PORTS, PROJECTED, TEXTS_BY_KEY } from './pod-shapes';
import { Shape, TypedFields } from '../manifests/typed-fields';

/** The pods of one role, as Spark makes them and the operator's webhook changes them. */
export interface ValidatedPod {
  readonly role: SparkRole;
  /** Where the role stands, such as `spec.driver`. */
  readonly at: string;
  /** The role's fields. */
  readonly fields: unknown;
  /** The pod of the role's template. */
  readonly podSpec: unknown;
  /** The account that is named for it. */
  readonly account: string | undefined;
  readonly containers: readonly ValidatedContainer[];
  /** What Pod Security looks at, with the volumes of the application. */
  readonly template: k8s.PodTemplateSpec;
  /** Fields that have another type than Kubernetes expects. */
  readonly mistakes: readonly string[];
}

export interface ValidatedContainer {
  readonly name: string;
  /** Where it stands, such as `spec.driver.sidecars["proxy"]`. */
  readonly at: string;
  readonly kind: 'spark' | 'other' | 'init';
  readonly fields: unknown;
  readonly securityContext: k8s.SecurityContext | undefined;
}

/** Where the fields of a role stand. */
export interface RolePlace {
  readonly fields: unknown;
  readonly at: string;
  /** The spec of the application, and where it stands. */
  readonly spec: unknown;
  readonly specAt: string;
  /** Whether the operator's webhook changes the pods. */
  readonly isMutated: boolean;
}

type GivenContainer = Omit<ValidatedContainer, 'securityContext'>;

/** Kinds of volumes that cdk8s-plus spells otherwise. */
const SPELLING: Readonly<Record<string, string>> = { downwardAPI: 'downwardApi', scaleIO: 'scaleIo' };

/** Reads a role; what has a wrong type is left out and noted, so that no rule has to think of it. */
export function validatedPod(role: SparkRole, place: RolePlace): ValidatedPod {
  const { fields, at } = place;
  const typed = new TypedFields();
  const podSpec = typed.read<object>(fieldOf(fields, 'template', 'spec'), 'object', `${at}.template.spec`);
  const containers = containersOf(role, place, podSpec, typed).map((container) => ({
    ...container,
    securityContext: contextOf(container, place, typed),
  }));
  return {
    role,
    at,
    fields,
    podSpec,
    account:
      textOf(fields, 'serviceAccount') ?? textOf(podSpec, 'serviceAccountName') ?? textOf(podSpec, 'serviceAccount'),
    containers,
    template: templateOf(place, podSpec, containers, typed),
    mistakes: typed.mistakes,
  };
}

/** Spark takes the container of its own name, else the first one, and makes one where there is none. */
function containersOf(
  role: SparkRole,
  { fields, at }: RolePlace,
  podSpec: unknown,
  typed: TypedFields,
): GivenContainer[] {
  const podAt = `${at}.template.spec`;
  const listed = (holder: unknown, list: string, path: string, kind: 'other' | 'init'): GivenContainer[] =>
    (typed.read<object[]>(fieldOf(holder, list), { list: 'object' }, `${path}.${list}`) ?? []).map((item) => {
      const name = textOf(item, 'name') ?? '?';
      return { name, at: `${path}.${list}["${name}"]`, kind, fields: item };
    });
  const ofPod = listed(podSpec, 'containers', podAt, 'other');
  const spark = ofPod.find(({ name }) => name === SPARK_CONTAINER[role]) ??
    ofPod[0] ?? { name: SPARK_CONTAINER[role], at, fields: undefined };
  return [
    { ...spark, kind: 'spark' },
    ...ofPod.filter((container) => container !== spark),
    ...listed(fields, 'sidecars', at, 'other'),
    ...listed(podSpec, 'initContainers', podAt, 'init'),
    ...listed(fields, 'initContainers', at, 'init'),
  ];
}

/** The webhook replaces the security context of the Spark container, also that of a template. */
function contextOf(
  container: GivenContainer,
  { fields, at, isMutated }: RolePlace,
  typed: TypedFields,
): k8s.SecurityContext | undefined {
  const ofRole = isMutated && container.kind === 'spark' ? fieldOf(fields, 'securityContext') : undefined;
  return isGiven(ofRole)
    ? typed.read(ofRole, CONTAINER_CONTEXT, `${at}.securityContext`)
    : typed.read(fieldOf(container.fields, 'securityContext'), CONTAINER_CONTEXT, `${container.at}.securityContext`);
}

/** In the spelling of cdk8s-plus. */
function templateOf(
  { fields, at, spec, specAt, isMutated }: RolePlace,
  podSpec: unknown,
  containers: readonly ValidatedContainer[],
  typed: TypedFields,
): k8s.PodTemplateSpec {
  const read = <T>(holder: unknown, field: string, shape: Shape, path: string): T | undefined =>
    typed.read(fieldOf(holder, field), shape, `${path}.${field}`);
  const podAt = `${at}.template.spec`;
  const metadata = fieldOf(fields, 'template', 'metadata');
  const isReplaced = isMutated && isGiven(fieldOf(fields, 'podSecurityContext'));
  const rendered = (kind: (each: ValidatedContainer) => boolean): k8s.Container[] =>
    containers.filter(kind).map(({ name, at: path, fields: given, securityContext }) => ({
      name,
      securityContext,
      ports: read(given, 'ports', PORTS, path),
    }));
  return {
    metadata: {
      annotations: {
        ...read<Record<string, string>>(metadata, 'annotations', TEXTS_BY_KEY, `${at}.template.metadata`),
        ...read<Record<string, string>>(fields, 'annotations', TEXTS_BY_KEY, at),
      },
    },
    spec: {
      hostNetwork: [
        read(podSpec, 'hostNetwork', 'boolean', podAt),
        read(fields, 'hostNetwork', 'boolean', at),
      ].includes(true),
      hostPid: read(podSpec, 'hostPID', 'boolean', podAt),
      hostIpc: read(podSpec, 'hostIPC', 'boolean', podAt),
      securityContext: isReplaced
        ? read(fields, 'podSecurityContext', POD_CONTEXT, at)
        : read(podSpec, 'securityContext', POD_CONTEXT, podAt),
      volumes: [
        ...volumesOf(fieldOf(podSpec, 'volumes'), `${podAt}.volumes`, typed),
        ...volumesOf(fieldOf(spec, 'volumes'), `${specAt}.volumes`, typed),
      ],
      initContainers: rendered(({ kind }) => kind === 'init'),
      containers: rendered(({ kind }) => kind !== 'init'),
    },
  };
}

function volumesOf(value: unknown, path: string, typed: TypedFields): k8s.Volume[] {
  return (typed.read<object[]>(value, { list: 'object' }, path) ?? []).map((volume) => {
    const name = textOf(volume, 'name') ?? '?';
    const kinds = Object.entries(volume).filter(([kind, source]) => kind !== 'name' && isGiven(source));
    const sources = kinds.map(([kind, source]) => [
      SPELLING[kind] ?? kind,
      kind === 'projected' ? typed.read(source, PROJECTED, `${path}["${name}"].projected`) : {},
    ]);
    return { ...Object.fromEntries(sources), name } as k8s.Volume;
  });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
