import { AccessRule } from './access-question';

/** One verb on one resource or path; stars are kept as they are written. */
export interface Right {
  /** Where it holds; `''` is everywhere. */
  readonly namespace: string;
  readonly verb: string;
  readonly apiGroup: string;
  /** With its subresource; empty for a path. */
  readonly resource: string;
  /** Undefined stands for all names. */
  readonly name?: string;
  readonly path?: string;
}

/** Everything that one subject is given, by whatever rules. */
export class SubjectRights {
  private readonly rights = new Map<string, Right>();

  /** @param namespace of the binding; `''` for one of the whole cluster */
  public add(namespace: string, { verbs, apiGroups, resources, resourceNames, nonResourceUrls }: AccessRule): void {
    const names = resourceNames.length === 0 ? [undefined] : resourceNames;
    for (const verb of verbs) {
      for (const apiGroup of apiGroups) {
        for (const resource of resources) {
          for (const name of names) this.keep({ namespace, verb, apiGroup, resource, name });
        }
      }
      // Paths are of no namespace: a RoleBinding gives none.
      for (const url of namespace === '' ? nonResourceUrls : []) {
        this.keep({ namespace, verb, apiGroup: '', resource: '', path: url.replace(/\*+$/, '*') });
      }
    }
  }

  /** The rights that others do not cover: those of another subject, or wider ones of the same subject. */
  public beyond(others: SubjectRights): Right[] {
    return [...this.rights.values()].filter((right) => !others.covers(right, false) && !this.covers(right, true));
  }

  /** @param strictly whether the same right does not count, only a wider one */
  private covers(right: Right, strictly: boolean): boolean {
    if (!strictly && this.rights.has(keyOf(right))) return true;
    return right.path === undefined ? this.coversResource(right) : this.coversPath(right, right.path);
  }

  private coversResource(right: Right): boolean {
    const { verb, apiGroup, resource, name, namespace } = right;
    const own = keyOf(right);
    const part = resource.indexOf('/');
    return either(namespace, '').some((where) =>
      either(verb, '*').some((does) =>
        either(apiGroup, '*').some((group) =>
          either(resource, '*', ...(part < 0 ? [] : [`*${resource.slice(part)}`])).some((what) =>
            either(name, undefined).some((which) => {
              const key = keyOf({ namespace: where, verb: does, apiGroup: group, resource: what, name: which });
              return key !== own && this.rights.has(key);
            }),
          ),
        ),
      ),
    );
  }

  private coversPath(right: Right, path: string): boolean {
    return [...this.rights.values()].some(
      (other) =>
        other.path !== undefined &&
        (other.verb === right.verb || other.verb === '*') &&
        (other.path === path ? other.verb !== right.verb : coversUrl(other.path, path)),
    );
  }

  private keep(right: Right): void {
    this.rights.set(keyOf(right), right);
  }
}

/**
 * Whether a request can be in both: in what is held, and in what is asked.
 *
 * @param inAny whether any namespace will do
 */
export function overlap(held: Right, asked: Right, inAny: boolean): boolean {
  if (!(held.verb === asked.verb || held.verb === '*' || asked.verb === '*')) return false;
  const isThere = inAny || held.namespace === '' || held.namespace === asked.namespace;
  if (held.path !== undefined || asked.path !== undefined) return pathsOverlap(held.path, asked.path);
  return (
    isThere &&
    (held.apiGroup === asked.apiGroup || held.apiGroup === '*' || asked.apiGroup === '*') &&
    resourcesOverlap(held.resource, asked.resource) &&
    (held.name === undefined || asked.name === undefined || held.name === asked.name)
  );
}

function resourcesOverlap(held: string, asked: string): boolean {
  if (held === asked || held === '*' || asked === '*') return true;
  const [[a, ...subA], [b, ...subB]] = [held.split('/'), asked.split('/')];
  return (
    (a === b || a === '*' || b === '*') &&
    subA.length > 0 &&
    subB.length > 0 &&
    (subA.join('/') === subB.join('/') || subA[0] === '*' || subB[0] === '*')
  );
}

function pathsOverlap(held?: string, asked?: string): boolean {
  if (held === undefined || asked === undefined) return false;
  const start = (path: string): string => path.replace(/\*+$/, '');
  return (
    held === asked ||
    (held.endsWith('*') && start(asked).startsWith(start(held))) ||
    (asked.endsWith('*') && start(held).startsWith(start(asked)))
  );
}

function either<T>(...values: T[]): T[] {
  return [...new Set(values)];
}

function coversUrl(pattern: string, path: string): boolean {
  return pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1));
}

function keyOf({ namespace, verb, apiGroup, resource, name, path }: Right): string {
  return JSON.stringify([namespace, verb, apiGroup, resource, name ?? null, path ?? null]);
}
