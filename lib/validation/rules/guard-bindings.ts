import { fieldOf, listOf, textOf, textsOf } from '../../manifests/manifest-fields';
import { Manifest } from '../../manifests/manifest-source';
import { labelOf, nameOf } from '../../manifests/manifest-names';
import { manifestsOf, ValidatedProgram } from '../validated-program';
import { textEntriesOf } from './entries';

const GROUP = 'sparkoperator.k8s.io';
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The admission policies that look at applications, and what they are bound to. */
export class GuardBindings {
  /** The names of the policies of each guard; a policy that is not of this library is a guard of its own. */
  private readonly guards = new Map<string, string[]>();
  private readonly bindings: readonly Manifest[];

  public constructor(program: ValidatedProgram) {
    for (const policy of manifestsOf(program, 'ValidatingAdmissionPolicy').filter(looksAtApplications)) {
      const isOurs = labelOf(policy, 'app.kubernetes.io/name') === 'spark-admission-guard';
      const guard = isOurs ? `guard ${labelOf(policy, 'app.kubernetes.io/instance')}` : `policy ${nameOf(policy)}`;
      this.guards.set(guard, [...(this.guards.get(guard) ?? []), nameOf(policy)]);
    }
    this.bindings = manifestsOf(program, 'ValidatingAdmissionPolicyBinding').filter((binding) =>
      textsOf(binding, 'spec', 'validationActions').includes('Deny'),
    );
  }

  /** Whether all policies of a guard are bound to a namespace, so that they deny. */
  public hold(namespace: Manifest): boolean {
    const labels = new Map([...textEntriesOf(namespace, 'metadata', 'labels'), [NAME_LABEL, nameOf(namespace)]]);
    const bound = new Set(
      this.bindings
        .filter((binding) => isSelected(fieldOf(binding, 'spec', 'matchResources', 'namespaceSelector'), labels))
        .map((binding) => textOf(binding, 'spec', 'policyName')),
    );
    return [...this.guards.values()].some((policies) => policies.every((policy) => bound.has(policy)));
  }
}

function looksAtApplications(policy: Manifest): boolean {
  return listOf(policy, 'spec', 'matchConstraints', 'resourceRules').some((rule) =>
    textsOf(rule, 'apiGroups').some((group) => group === GROUP || group === '*'),
  );
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function isSelected(selector: unknown, labels: ReadonlyMap<string, string>): boolean {
  return (
    textEntriesOf(selector, 'matchLabels').every(([key, value]) => labels.get(key) === value) &&
    listOf(selector, 'matchExpressions').every((requirement) => {
      const label = labels.get(textOf(requirement, 'key') ?? '');
      const isListed = label !== undefined && textsOf(requirement, 'values').includes(label);
      switch (textOf(requirement, 'operator')) {
        case 'In':
          return isListed;
        case 'NotIn':
          return !isListed;
        case 'Exists':
          return label !== undefined;
        default:
          return label === undefined;
      }
    })
  );
}
