import { ManifestFinding } from './manifest-finding';

/** Every code of what can be wrong with manifests, roles and bindings, with what it means. */
export const FINDING_CODES = {
  'file-unreadable': 'A file or folder cannot be read.',
  'folder-empty': 'A folder holds no YAML or JSON file.',
  'yaml-broken': 'A document is no YAML.',
  'key-duplicate': 'A key is given twice in one object; the last one counts.',
  'manifest-not-object': 'A document, or an item of a list, is no object.',
  'type-missing': 'A manifest has no apiVersion or kind.',
  'kind-unknown': 'The kind does not exist in its API group; the manifest is ignored.',
  'rbac-version-unsupported': 'A role or binding is of a version that the API server no longer has.',
  'object-refused': 'The API server refuses the object for this field, so it is left out.',
  'field-unknown': 'Kubernetes does not know the field, and ignores it.',
  'namespace-missing': 'A role or binding names no namespace, and gets the one that it is applied with.',
  'object-duplicate': 'An object stands twice in the manifests; the later one counts.',
  'role-ref-changed': 'A binding stands twice, with two roles; the first one counts.',
  'role-not-found': 'A binding names a role that is not among the manifests.',
  'kubernetes-role-not-found': "A binding names a role of Kubernetes' own, whose rules are not known here.",
  'aggregation-cycle': 'Cluster roles aggregate each other, so that their rules are a matter of timing.',
} as const;

/** A code of what can be wrong with manifests. */
export type FindingCode = keyof typeof FINDING_CODES;

/** A finding as a sentence: where, in which object and field, and what is wrong. */
export function findingText({ source, ...finding }: ManifestFinding): string {
  return `${source}: ${textInManifest(finding)}`;
}

/** The same without the manifest's source, for a reader who knows it. */
export function textInManifest({ object, path, message }: Omit<ManifestFinding, 'source'>): string {
  return [object, path, message].filter((part) => part !== undefined && part !== '').join(': ');
}
