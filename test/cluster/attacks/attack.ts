/** Whose credentials an attack uses. */
export type Identity = 'driver' | 'executor' | 'submitter' | 'engineer' | 'controller';

/** What an example gives an attacker to work with. */
export interface Scene {
  /** Name of the example. */
  readonly example: 'quickstart' | 'two-teams';
  /** The namespace of the attacker's team. */
  readonly home: string;
  /** The namespace of another team. */
  readonly other: string;
  readonly node: string;
  /** A certificate signing request, in base64. */
  readonly csr: string;
  /** An application that the library wrote for the attacker's team: its spec. */
  readonly application: ApplicationSpec;
  /** One that it wrote for the other team. */
  readonly othersApplication: ApplicationSpec;
}

/** Names of what stands in every scene, beside the example itself. */
export const OPERATOR = 'spark-operator';
export const BYSTANDER = 'bystander';
/** The certificate signing request of the engineer, which the administrator has approved. */
export const ENGINEER = 'attacks-engineer';

/** One that nobody has approved. */
export const WAITING = 'attacks-waiting';

export const SPARK = 'sparkoperator.k8s.io/v1beta2';

/** The spec of an application, as far as attacks change it. */
export interface ApplicationSpec {
  readonly sparkConf: Readonly<Record<string, string>>;
  readonly driver: RoleSpec;
  readonly executor: RoleSpec;
  readonly [field: string]: unknown;
}

export interface RoleSpec {
  readonly template: { readonly spec: PodSpec };
  readonly [field: string]: unknown;
}

export interface PodSpec {
  readonly volumes?: readonly object[];
  readonly containers: readonly object[];
  readonly [field: string]: unknown;
}

/** A request to the API server. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RefusedBy =
  | 'RBAC'
  | 'Pod Security'
  | 'quota'
  | 'admission guard'
  | 'API validation'
  | 'operator webhook'
  | 'container hardening'
  | 'network policy'
  | 'not there';

/** What refuses an attack, and in which words. */
export interface Refusal {
  readonly by: RefusedBy;
  readonly status: number;
  readonly words: string;
}

/** One thing that an identity may try through the API server. */
export interface ApiAttack {
  readonly identity: Identity;
  /** Completes the sentence "a driver may try to ...". */
  readonly tries: string;
  readonly call: (scene: Scene) => Call;
  readonly refusal?: Refusal;
  /** Why this is not refused. */
  readonly limit?: string;
  /** What the administrator gets for the same request where it cannot simply succeed. */
  readonly control?: { readonly status: number; readonly words: string };
  /** The same request without what is bad about it: the identity itself may make it. */
  readonly harmless?: (scene: Scene) => Call;
  /** The one example that has what the attack is about. */
  readonly only?: Scene['example'];
}

type Attempt = Omit<ApiAttack, 'identity'>;

/** The attacks of one identity. */
export function attacksOf(identity: Identity, attempts: readonly Attempt[]): ApiAttack[] {
  return attempts.map((attempt) => ({ identity, ...attempt }));
}

/** Refused for want of a right, given as `verb resource`. */
export function rbac(right: string): { refusal: Refusal } {
  const [verb, resource] = right.split(' ');
  return { refusal: { by: 'RBAC', status: 403, words: `cannot ${verb} resource "${resource}"` } };
}

/** Refused by the admission guard, in a message that begins with the field. */
export function guard(field: string): { refusal: Refusal } {
  return { refusal: { by: 'admission guard', status: 422, words: `denied request: ${field}` } };
}

export const get = (path: string): Call => ({ method: 'GET', path });
export const post = (path: string, body: object): Call => ({ method: 'POST', path, body });
export const put = (path: string, body: object): Call => ({ method: 'PUT', path, body });
export const patch = (path: string, body: object): Call => ({ method: 'PATCH', path, body });
/** A patch that merges lists by the names in them; only the API's own kinds know it. */
export const strategicPatch = (path: string, body: object): Call => ({
  ...patch(path, body),
  headers: { 'Content-Type': 'application/strategic-merge-patch+json' },
});
export const remove = (path: string): Call => ({ method: 'DELETE', path });

/** A path below a namespace, of the core group unless another one is given as `group/version`. */
export function inNamespace(namespace: string, rest: string, group?: string): string {
  return `${group === undefined ? '/api/v1' : `/apis/${group}`}/namespaces/${namespace}/${rest}`;
}

export function object(apiVersion: string, kind: string, name: string, fields: object = {}): object {
  return { apiVersion, kind, metadata: { name }, ...fields };
}
