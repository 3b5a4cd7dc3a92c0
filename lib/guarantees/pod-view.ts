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

/** The pods of one role, as Spark creates them and the operator's webhook changes them. */
export interface PodView {
  readonly role: SparkRole;
  /** The path of the role, such as `spec.driver`. */
  readonly at: string;
  readonly fields: unknown;
  /** The pod's specification in the role's template. */
  readonly podSpec: unknown;
  /** The service account that is named for the pods. */
  readonly account: string | undefined;
  /** The Spark container comes first. */
  readonly containers: readonly ContainerView[];
  readonly securityContext: PodContext | undefined;
  /** The path of the security context, also if it is missing. */
  readonly contextAt: string;
  /** The Linux namespaces of the node that the pod shares, with the fields that set this. */
  readonly hostNamespaces: readonly { readonly field: string; readonly path: string }[];
  /** The volumes of the template and of the application. */
  readonly volumes: readonly VolumeView[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Fields of another type than Kubernetes expects. */
  readonly mistakes: readonly string[];
}

export interface ContainerView {
  readonly name: string;
  /** The path of the container, such as `spec.driver.sidecars["proxy"]`. */
  readonly at: string;
  readonly kind: 'spark' | 'other' | 'init';
  readonly fields: unknown;
  readonly securityContext: ContainerContext | undefined;
  /** The ports of the node that it uses. */
  readonly hostPorts: readonly number[];
}

export interface VolumeView {
  readonly name: string;
  /** The path of the volume, such as `spec.volumes["scratch"]`. */
  readonly at: string;
  /** The kinds of its sources; the API server accepts exactly one. */
  readonly kinds: readonly string[];
  /** The tokens in a projected volume. */
  readonly tokens: readonly TokenSource[];
}

/** Where the fields of a role are. */
export interface RolePlace {
  readonly fields: unknown;
  readonly at: string;
  /** The specification of the application, and its path. */
  readonly spec: unknown;
  readonly specAt: string;
  /** Whether the operator's webhook changes the pods. */
  readonly isMutated: boolean;
}

type GivenContainer = Omit<ContainerView, 'securityContext' | 'hostPorts'>;

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

/** Reads a role. Fields of a wrong type are left out and listed as mistakes, so that guarantees need not check types. */
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

/** Spark uses the container with its own name, else the first one, and adds one to a template without containers. */
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

/** The webhook replaces the security context of the Spark container, even one from a template. */
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
