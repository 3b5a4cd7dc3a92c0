import { Lazy } from 'cdk8s';

/**
 * The kind of object that holds the parameters of a namespace, as annotations. A ConfigMap would be the usual one, but an API
 * server forgets how to read ConfigMaps for policies once none refers to one any more, until it is restarted: then it refuses
 * everything, or goes by lists of old. Of Roles it always has an up-to-date copy of its own.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/133827
 */
export const PARAMETER_KIND = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' };

/** The annotation that holds a list. */
export function annotationOf(list: string): string {
  return `cdk8s-spark/admitted-${list}`;
}

/** Who has lists. */
export interface Guarded {
  readonly admitted: () => Record<string, string[]>;
}

/** The lists of a namespace as the policies read them: an item a line. Each is filled in at the end, when all is known. */
export function parameterAnnotations(namespace: Guarded): Record<string, string> {
  const lists = Object.keys(namespace.admitted()).sort();
  return Object.fromEntries(
    lists.map((list) => [
      annotationOf(list),
      Lazy.any({ produce: () => namespace.admitted()[list].join('\n') }) as string,
    ]),
  );
}
