import { AccessChain, AccessRule, AccessSubject } from './access-question';
import { describeResource } from './access-words';
import { chainOf, Grant } from './rbac-policy';
import { allows } from './rbac-rules';
import { SubjectRights } from './subject-rights';

/** Requests on one resource, whatever the object's name. */
export interface RequestKind {
  readonly verbs: readonly string[];
  /** The core group if it is absent. */
  readonly apiGroup?: string;
  readonly resource: string;
  /** `*` is any one. */
  readonly subresource?: string;
}

/** A right that a subject holds, and that allows one of the kinds of requests that were looked for. */
export interface UsableRight {
  readonly verb: string;
  /** With group and subresource, such as `jobs.batch`. */
  readonly resource: string;
  /** The only objects that it is on; none are all. */
  readonly names: readonly string[];
  readonly chain: AccessChain;
}

/** Verbs whose requests need not carry a name; the empty name in a rule then stands for all. */
const NAMELESS = ['create', 'list', 'watch', 'deletecollection'];

/** Everything that one subject holds, by its own name and by the groups that it is in. */
export class HeldRights {
  /** To compare with what others hold. */
  public readonly rights = new SubjectRights();
  private readonly byNamespace = new Map<string, Grant[]>();

  public constructor(
    public readonly subject: AccessSubject,
    grants: readonly Grant[],
  ) {
    for (const grant of grants) {
      const { namespace } = grant.binding;
      const known = this.byNamespace.get(namespace);
      if (known === undefined) this.byNamespace.set(namespace, [grant]);
      else known.push(grant);
      for (const { rule } of grant.rules) this.rights.add(namespace, rule);
    }
  }

  /** The namespaces of the bindings, `''` for those of the whole cluster. */
  public get namespaces(): string[] {
    return [...this.byNamespace.keys()];
  }

  public grantsIn(namespace: string): readonly Grant[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The rights that allow such requests in a namespace; for `''`, those that allow them in all namespaces. */
  public usable(kinds: readonly RequestKind[], namespace: string): UsableRight[] {
    const scopes = namespace === '' ? [''] : [namespace, ''];
    return scopes.flatMap((scope) =>
      this.grantsIn(scope).flatMap((grant) =>
        kinds.flatMap((kind) =>
          kind.verbs.flatMap((verb) =>
            grant.rules
              .map(({ rule }) => usable(grant, rule, kind, verb, namespace))
              .filter((right) => right !== undefined)
              .filter((right) => this.isEnough(right, kind, namespace)),
          ),
        ),
      ),
    );
  }

  /** Objects are created under a name by server-side apply alone, which is a patch. */
  private isEnough({ verb, names }: UsableRight, kind: RequestKind, namespace: string): boolean {
    if (verb !== 'create' || kind.subresource !== undefined || names.length === 0) return true;
    const patches = this.usable([{ ...kind, verbs: ['patch'] }], namespace);
    return patches.some((patch) => patch.names.length === 0 || patch.names.some((name) => names.includes(name)));
  }
}

/** Whether a right is on an object. */
export function isOn({ names }: UsableRight, name: string): boolean {
  return names.length === 0 || names.includes(name);
}

/** Whether there can be an object that both rights are on. */
export function shareObject(a: UsableRight, b: UsableRight): boolean {
  return a.names.length === 0 || b.names.length === 0 || a.names.some((name) => isOn(b, name));
}

/** Rights in words: `create pods; create, patch jobs.batch`. */
export function describeRights(rights: readonly UsableRight[]): string {
  const verbsOf = new Map<string, Set<string>>();
  for (const { verb, resource, names } of rights) {
    const what = [resource, ...names.map((name) => `"${name}"`)].join(' ');
    verbsOf.set(what, (verbsOf.get(what) ?? new Set()).add(verb));
  }
  return [...verbsOf].map(([what, verbs]) => `${[...verbs].join(', ')} ${what}`).join('; ');
}

function usable(
  grant: Grant,
  rule: AccessRule,
  kind: RequestKind,
  verb: string,
  namespace: string,
): UsableRight | undefined {
  const { apiGroup = '', resource } = kind;
  const subresource = kind.subresource === '*' ? subresourceIn(rule, resource) : kind.subresource;
  const [first] = rule.resourceNames;
  const request = { verb, apiGroup, resource, subresource, namespace, name: first };
  if (!allows(rule, request)) return undefined;
  const isNameless = NAMELESS.includes(verb) && subresource === undefined;
  const names = isNameless && rule.resourceNames.includes('') ? [] : rule.resourceNames.filter((name) => name !== '');
  if (rule.resourceNames.length > 0 && names.length === 0 && !isNameless) return undefined;
  const chain = chainOf(grant, request);
  if (chain === undefined) return undefined;
  const what = describeResource(subresource === undefined ? resource : `${resource}/${subresource}`, apiGroup);
  return { verb, resource: what, names, chain };
}

/** One that the rule is about; a rule that is about all has `*`. */
function subresourceIn({ resources }: AccessRule, resource: string): string {
  const start = `${resource}/`;
  return resources.find((one) => one.startsWith(start))?.slice(start.length) ?? '*';
}
