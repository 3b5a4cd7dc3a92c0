import { annotationOf, PARAMETER_KIND } from '../../admission-guard/guard-parameters';
import { GUARD_TOPICS } from '../../admission-guard/guard-policy';
import { KNOWN_RESOURCES } from '../rbac/known-resources';
import { fieldOf, listOf, textOf, textsOf } from '../../manifests/manifest-fields';
import { labelOf, nameOf } from '../../manifests/manifest-names';
import { Manifest, SourcedManifest } from '../../manifests/manifest-source';

/** What an admission guard of this library lets the applications of one namespace do. */
export interface GuardedNamespace {
  /** The accounts that drivers and executors may run as. */
  readonly accounts: readonly string[];
}

/** Which namespaces the guards of the manifests look at. */
export interface AdmissionGuards {
  /** The guard of a namespace, if there is one. */
  guardOf(namespace: string): GuardedNamespace | undefined;
}

/** A binding for all namespaces but some. */
interface WideBinding {
  readonly binding: Manifest;
  readonly except: ReadonlySet<string>;
}

/**
 * The applications of a namespace are guarded if each policy of a guard is bound there and denies. A part of them is as good
 * as none.
 */
export function admissionGuards(manifests: readonly SourcedManifest[]): AdmissionGuards {
  const objects = manifests.map(({ manifest }) => manifest);
  const policies = new Set(objects.filter(isPolicyOfGuard).map(nameOf));
  const parameters = new Map(
    objects
      .filter(({ kind }) => kind === PARAMETER_KIND.kind)
      .map((object) => [`${textOf(object, 'metadata', 'namespace')}/${nameOf(object)}`, object]),
  );
  const narrow = new Map<string, Manifest[]>();
  const wide: WideBinding[] = [];
  for (const binding of objects.filter(denies)) {
    const except = exceptedNamespaces(binding);
    if (except !== undefined) wide.push({ binding, except });
    for (const namespace of selectedNamespaces(binding)) {
      narrow.set(namespace, [...(narrow.get(namespace) ?? []), binding]);
    }
  }
  return {
    guardOf: (namespace) => {
      const bindings = new Map(
        [
          ...(narrow.get(namespace) ?? []),
          ...wide.filter(({ except }) => !except.has(namespace)).map(({ binding }) => binding),
        ].map((binding) => [textOf(binding, 'spec', 'policyName') ?? '', binding]),
      );
      for (const [name, binding] of bindings) {
        const guard = /^(.*)-identities$/.exec(name)?.[1];
        if (guard === undefined) continue;
        const names = GUARD_TOPICS.map((topic) => `${guard}-${topic.name}`);
        if (!names.every((policy) => policies.has(policy) && bindings.has(policy))) continue;
        const reference = `${textOf(binding, 'spec', 'paramRef', 'namespace')}/${textOf(binding, 'spec', 'paramRef', 'name')}`;
        return { accounts: accountsIn(parameters.get(reference)) };
      }
      return undefined;
    },
  };
}

/** An object that admission policies read. */
export interface PolicyParameters {
  readonly apiGroup: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** What the policies among the manifests read, those of this library and all others. */
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
  const [term, ...others] = namespaceTerms(binding);
  return others.length === 0 && asksName(term, 'In') && !asksLabels(binding) ? textsOf(term, 'values') : [];
}

/** Those that are left out of all, or `undefined` if not all others are meant. */
function exceptedNamespaces(binding: Manifest): ReadonlySet<string> | undefined {
  const terms = namespaceTerms(binding);
  if (asksLabels(binding) || !terms.every((term) => asksName(term, 'NotIn'))) return undefined;
  return new Set(terms.flatMap((term) => textsOf(term, 'values')));
}

function asksLabels(binding: Manifest): boolean {
  return fieldOf(binding, 'spec', 'matchResources', 'namespaceSelector', 'matchLabels') !== undefined;
}

function namespaceTerms(binding: Manifest): readonly unknown[] {
  return listOf(binding, 'spec', 'matchResources', 'namespaceSelector', 'matchExpressions');
}

function asksName(term: unknown, operator: string): boolean {
  return textOf(term, 'key') === 'kubernetes.io/metadata.name' && textOf(term, 'operator') === operator;
}
