import { fieldOf, textOf } from '../manifests/manifest-fields';
import { TypedFields } from '../manifests/typed-fields';
import { SPARK_CONTAINER, SparkRole } from '../spark/spark-role';
import {
  CONTAINER_CONTEXT,
  ContainerContext,
  POD_CONTEXT,
  PodContext,
  PORTS,
  PROJECTED,
  TEXTS_BY_KEY,
  TokenSource,
} from './pod-view-shapes';

/** The pods of one role, as Spark makes them and the operator's webhook changes them. */
export interface PodView {
  readonly role: SparkRole;
  /** Where the role stands, such as `spec.driver`. */
  readonly at: string;
  /** The role's fields. */
  readonly fields: unknown;
  /** The pod of the role's template. */
  readonly podSpec: unknown;
  /** The account that is named for it. */
  readonly account: string | undefined;
  /** First that of Spark. */
  readonly containers: readonly ContainerView[];
  readonly securityContext: PodContext | undefined;
  /** Where the security context stands, or would. */
  readonly contextAt: string;
  /** The namespaces of the node that the pod shares, with the field that says so. */
  readonly hostNamespaces: readonly { readonly field: string; readonly path: string }[];
  /** Of the template and of the application. */
  readonly volumes: readonly VolumeView[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Fields that have another type than Kubernetes expects. */
  readonly mistakes: readonly string[];
}

/** A container of a pod. */
export interface ContainerView {
  readonly name: string;
  /** Where it stands, such as `spec.driver.sidecars["proxy"]`. */
  readonly at: string;
  readonly kind: 'spark' | 'other' | 'init';
  readonly fields: unknown;
  readonly securityContext: ContainerContext | undefined;
  /** The ports of the node that it takes. */
  readonly hostPorts: readonly number[];
}

/** A volume of a pod. */
export interface VolumeView {
  readonly name: string;
  /** Where it stands, such as `spec.volumes["scratch"]`. */
  readonly at: string;
  /** Its kinds; the API server takes one. */
  readonly kinds: readonly string[];
  /** The tokens that a projected volume holds. */
  readonly tokens: readonly TokenSource[];
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

type GivenContainer = Omit<ContainerView, 'securityContext' | 'hostPorts'>;

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

/** Reads a role; what has a wrong type is left out and noted, so that no guarantee has to think of it. */
export function podView(role: SparkRole, place: RolePlace): PodView {
  const { fields, at, isMutated } = place;
  const typed = new TypedFields();
  const podAt = `${at}.template.spec`;
  const podSpec = typed.read<object>(fieldOf(fields, 'template', 'spec'), 'object', podAt);
  const isReplaced = isMutated && isGiven(fieldOf(fields, 'podSecurityContext'));
  const contextAt = isReplaced ? `${at}.podSecurityContext` : `${podAt}.securityContext`;
  const context = isReplaced ? fieldOf(fields, 'podSecurityContext') : fieldOf(podSpec, 'securityContext');
  return {
    role,
    at,
    fields,
    podSpec,
    account:
      textOf(fields, 'serviceAccount') ?? textOf(podSpec, 'serviceAccountName') ?? textOf(podSpec, 'serviceAccount'),
    containers: givenContainers(role, place, podSpec, typed).map((container) => ({
      ...container,
      securityContext: contextOf(container, place, typed),
      hostPorts: hostPortsOf(container, typed),
    })),
    securityContext: typed.read(context, POD_CONTEXT, contextAt),
    contextAt,
    hostNamespaces: [
      ...hostNamespacesOf(podSpec, podAt, HOST_NAMESPACES, typed),
      ...hostNamespacesOf(fields, at, ['hostNetwork'], typed),
    ],
    volumes: [...volumesOf(podSpec, podAt, typed), ...volumesOf(place.spec, place.specAt, typed)],
    annotations: {
      ...annotationsOf(fieldOf(fields, 'template', 'metadata'), `${at}.template.metadata`, typed),
      ...annotationsOf(fields, at, typed),
    },
    mistakes: typed.mistakes,
  };
}

/** Spark takes the container of its own name, else the first one, and makes one where there is none. */
function givenContainers(
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
): ContainerContext | undefined {
  const ofRole = isMutated && container.kind === 'spark' ? fieldOf(fields, 'securityContext') : undefined;
  return isGiven(ofRole)
    ? typed.read(ofRole, CONTAINER_CONTEXT, `${at}.securityContext`)
    : typed.read(fieldOf(container.fields, 'securityContext'), CONTAINER_CONTEXT, `${container.at}.securityContext`);
}

function hostPortsOf({ fields, at }: GivenContainer, typed: TypedFields): number[] {
  const ports = typed.read<{ hostPort?: number }[]>(fieldOf(fields, 'ports'), PORTS, `${at}.ports`) ?? [];
  return ports.flatMap(({ hostPort }) => (hostPort === undefined || hostPort === 0 ? [] : [hostPort]));
}

function hostNamespacesOf(
  holder: unknown,
  at: string,
  names: readonly string[],
  typed: TypedFields,
): { field: string; path: string }[] {
  return names
    .map((field) => ({ field, path: `${at}.${field}` }))
    .filter(({ field, path }) => typed.read<boolean>(fieldOf(holder, field), 'boolean', path) === true);
}

function volumesOf(holder: unknown, at: string, typed: TypedFields): VolumeView[] {
  const path = `${at}.volumes`;
  return (typed.read<object[]>(fieldOf(holder, 'volumes'), { list: 'object' }, path) ?? []).map((volume) => {
    const name = textOf(volume, 'name') ?? '?';
    const place = `${path}["${name}"]`;
    const kinds = Object.entries(volume).filter(([kind, source]) => kind !== 'name' && isGiven(source));
    const projected = typed.read<{ sources?: { serviceAccountToken?: TokenSource }[] }>(
      fieldOf(volume, 'projected'),
      PROJECTED,
      `${place}.projected`,
    );
    return {
      name,
      at: place,
      kinds: kinds.map(([kind]) => kind),
      tokens: (projected?.sources ?? []).flatMap(({ serviceAccountToken }) => serviceAccountToken ?? []),
    };
  });
}

function annotationsOf(holder: unknown, at: string, typed: TypedFields): Record<string, string> {
  return typed.read(fieldOf(holder, 'annotations'), TEXTS_BY_KEY, `${at}.annotations`) ?? {};
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
