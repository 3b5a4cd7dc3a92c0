import { fieldOf, textOf, textsOf } from '../manifests/manifest-fields';
import { KNOWN_RESOURCES, KnownResource } from '../access/rbac/known-resources';
import { SourcedManifest } from '../manifests/manifest-source';

/** A resource as it is asked for. */
export interface NamedResource {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  /** Undefined where the resource is not known. */
  readonly namespaced?: boolean;
}

const VERSION = /^v\d+((alpha|beta)\d+)?$/;

/**
 * What `NAME[.GROUP][/SUBRESOURCE]` stands for. Names are completed as kubectl does, which knows short names, singulars and,
 * for a name without a group, the group; unlike kubectl from a list and the given definitions, not from a cluster.
 */
export function namedResource(text: string, manifests: readonly SourcedManifest[]): NamedResource {
  const slash = text.indexOf('/');
  const subresource = slash < 0 ? '' : text.slice(slash + 1);
  const [name, ...rest] = (slash < 0 ? text : text.slice(0, slash)).split('.');
  if (rest.length > 0 && VERSION.test(rest[0])) rest.shift();
  const apiGroup = rest.length > 0 ? rest.join('.') : undefined;
  if (name === '*') return { apiGroup: apiGroup ?? '', resource: '*', subresource };
  const known = [...KNOWN_RESOURCES, ...definedResources(manifests)].find(
    (one) => (apiGroup === undefined || one.apiGroup === apiGroup) && namesOf(one).includes(name.toLowerCase()),
  );
  if (known === undefined) return { apiGroup: apiGroup ?? '', resource: name, subresource };
  return { apiGroup: known.apiGroup, resource: known.resource, subresource, namespaced: known.namespaced };
}

function namesOf({ resource, kind, shortNames }: KnownResource): string[] {
  return [resource, kind.toLowerCase(), ...shortNames];
}

/** What the custom resource definitions among the manifests define. */
function definedResources(manifests: readonly SourcedManifest[]): KnownResource[] {
  return manifests
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ spec }) => ({
      apiGroup: textOf(spec, 'group') ?? '',
      resource: textOf(spec, 'names', 'plural') ?? '',
      kind: textOf(spec, 'names', 'kind') ?? '',
      shortNames: textsOf(spec, 'names', 'shortNames'),
      namespaced: fieldOf(spec, 'scope') !== 'Cluster',
    }));
}
