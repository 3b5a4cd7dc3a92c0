import { annotationOf, PARAMETER_KIND } from '../admission-guard/guard-parameters';
import { GUARD_TOPICS } from '../admission-guard/guard-policy';
import { KNOWN_RESOURCES } from './known-resources';
import { fieldOf, listOf, textOf, textsOf } from './manifest-fields';
import { labelOf, nameOf } from './manifest-names';
import { Manifest, SourcedManifest } from './manifest-source';

/** What an admission guard of this library lets the applications of one namespace do. */
export interface GuardedNamespace {
  /** The accounts that drivers and executors may run as. */
  readonly accounts: readonly string[];
}

/**
 * The namespaces whose applications are guarded: each policy of the guard is bound there and denies. A part of them is as good
 * as none.
 */
export function guardedNamespaces(manifests: readonly SourcedManifest[]): Map<string, GuardedNamespace> {
  const objects = manifests.map(({ manifest }) => manifest);
  const policies = new Set(objects.filter(isPolicyOfGuard).map(nameOf));
  const parameters = new Map(
    objects
      .filter(({ kind }) => kind === PARAMETER_KIND.kind)
      .map((object) => [`${textOf(object, 'metadata', 'namespace')}/${nameOf(object)}`, object]),
  );
  const bound = new Map<string, Map<string, Manifest>>();
  for (const binding of objects.filter(denies)) {
    for (const namespace of selectedNamespaces(binding)) {
      const bindings = bound.get(namespace) ?? new Map<string, Manifest>();
      bound.set(namespace, bindings.set(textOf(binding, 'spec', 'policyName') ?? '', binding));
    }
  }
  const guarded = new Map<string, GuardedNamespace>();
  for (const [namespace, bindings] of bound) {
    for (const [name, binding] of bindings) {
      const guard = /^(.*)-identities$/.exec(name)?.[1];
      if (guard === undefined) continue;
      const names = GUARD_TOPICS.map((topic) => `${guard}-${topic.name}`);
      if (!names.every((policy) => policies.has(policy) && bindings.has(policy))) continue;
      const reference = `${textOf(binding, 'spec', 'paramRef', 'namespace')}/${textOf(binding, 'spec', 'paramRef', 'name')}`;
      guarded.set(namespace, { accounts: accountsIn(parameters.get(reference)) });
    }
  }
  return guarded;
}

/** An object that admission policies read. */
export interface PolicyParameters {
  readonly apiGroup: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** What the policies among the manifests read, of whomever they are. */
export function policyParameters(manifests: readonly SourcedManifest[]): PolicyParameters[] {
  const objects = manifests.map(({ manifest }) => manifest);
  const kinds = new Map(
    objects
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
      .map((policy) => [nameOf(policy), fieldOf(policy, 'spec', 'paramKind')]),
  );
  const found = new Map<string, PolicyParameters>();
  for (const { spec } of objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding')) {
    const kind = kinds.get(textOf(spec, 'policyName') ?? '');
    const name = textOf(spec, 'paramRef', 'name');
    if (kind === undefined || name === undefined) continue;
    const one = { ...resourceOf(kind), namespace: textOf(spec, 'paramRef', 'namespace') ?? '', name };
    found.set(JSON.stringify(one), one);
  }
  return [...found.values()];
}

function resourceOf(paramKind: unknown): { apiGroup: string; resource: string } {
  const version = textOf(paramKind, 'apiVersion') ?? '';
  const apiGroup = version.includes('/') ? version.split('/')[0] : '';
  const kind = textOf(paramKind, 'kind') ?? '';
  const known = KNOWN_RESOURCES.find((one) => one.kind === kind && one.apiGroup === apiGroup);
  return { apiGroup, resource: known?.resource ?? `${kind.toLowerCase()}s` };
}

/** Without its parameters a guard admits nothing. */
function accountsIn(parameters?: Manifest): string[] {
  return ['driver-accounts', 'executor-accounts'].flatMap((list) =>
    (textOf(parameters, 'metadata', 'annotations', annotationOf(list)) ?? '').split('\n').filter((name) => name !== ''),
  );
}

function isPolicyOfGuard(object: Manifest): boolean {
  return (
    object.kind === 'ValidatingAdmissionPolicy' &&
    labelOf(object, 'app.kubernetes.io/name') === 'spark-admission-guard' &&
    textOf(object, 'spec', 'failurePolicy') !== 'Ignore'
  );
}

function denies(object: Manifest): boolean {
  const matched = fieldOf(object, 'spec', 'matchResources');
  return (
    object.kind === 'ValidatingAdmissionPolicyBinding' &&
    textsOf(object, 'spec', 'validationActions').includes('Deny') &&
    ['objectSelector', 'excludeResourceRules', 'resourceRules'].every((limit) => fieldOf(matched, limit) === undefined)
  );
}

/** Those that are named; a selector of other labels depends on who may write labels. */
function selectedNamespaces(binding: Manifest): string[] {
  const terms = listOf(binding, 'spec', 'matchResources', 'namespaceSelector', 'matchExpressions');
  const [term] = terms;
  const isByName = textOf(term, 'key') === 'kubernetes.io/metadata.name' && textOf(term, 'operator') === 'In';
  return terms.length === 1 && isByName ? textsOf(term, 'values') : [];
}
