import { fieldOf, listOf, textOf, textsOf } from '../../manifests/manifest-fields';
import { Manifest } from '../../manifests/manifest-source';
import { labelOf, nameOf, namespaceOf } from '../../manifests/manifest-names';
import { PodSecurityLevel } from '../../kubernetes/pod-security-level';
import { ValidationRule } from '../rule';
import { Finding } from '../../manifests/finding';
import { manifestsOf, ValidatedProgram } from '../validated-program';
import { inManifests } from './findings';
import { textEntriesOf } from '../../manifests/manifest-fields';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** From the weakest on. */
const LEVELS: readonly string[] = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];

/** The namespaces in which jobs run, as far as the program makes them. */
export const NAMESPACE_RULES: readonly ValidationRule[] = [
  {
    name: 'namespace-enforces-pod-security',
    sentence: 'The namespaces of jobs enforce the Pod Security standard "restricted".',
    reason:
      'Drivers create pods themselves; nothing but the API server stops one that is privileged or mounts the disk of the node.',
    fix: `Set the label ${ENFORCE}; SparkJobNamespace does it.`,
    check: (program) =>
      inJobNamespaces(program, (namespace) => {
        const level = textOf(namespace, 'metadata', 'labels', ENFORCE);
        const isEnough = LEVELS.indexOf(level ?? '') >= LEVELS.indexOf(program.settings.podSecurity);
        if (isEnough) return [];
        return [`metadata.labels["${ENFORCE}"]: is ${level === undefined ? 'missing' : `"${level}"`}`];
      }),
  },
  {
    name: 'namespace-is-isolated',
    sentence: 'A network policy closes the namespaces of jobs in both directions, but for what others open.',
    reason:
      'Whoever runs code in a pod could connect to any address, the metadata of the cloud too, and any pod to drivers and executors.',
    fix: 'Add a NetworkPolicy with an empty podSelector, the types Ingress and Egress and no rules; SparkJobNamespace does it.',
    check: (program) =>
      inJobNamespaces(program, (namespace) =>
        ['Ingress', 'Egress']
          .filter((type) => !isClosed(program, nameOf(namespace), type))
          .map((type) => `metadata.name: no NetworkPolicy closes ${type} of namespace "${nameOf(namespace)}"`),
      ),
  },
  {
    name: 'guard-is-bound',
    sentence: 'An admission policy looks at the applications of every namespace of jobs.',
    reason:
      'Whoever may submit can write by hand what this validation refuses; it sees the program, and not what is applied later.',
    fix: 'Use SparkOperator or SparkAdmissionGuard, or bind your own ValidatingAdmissionPolicies for sparkoperator.k8s.io with the action Deny. They need Kubernetes 1.30: turn the rule off before.',
    check: (program) => {
      const guards = new GuardBindings(program);
      return inJobNamespaces(program, (namespace) =>
        guards.hold(namespace)
          ? []
          : [
              `metadata.name: no ValidatingAdmissionPolicy for applications is bound to namespace "${nameOf(namespace)}"`,
            ],
      );
    },
  },
];

const GROUP = 'sparkoperator.k8s.io';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The namespaces of jobs that the program does not make, so that these rules cannot check them. */
export function namespacesElsewhere(program: ValidatedProgram): string[] {
  const made = new Set(manifestsOf(program, 'Namespace').map(nameOf));
  return program.jobNamespaces.filter((name) => !made.has(name));
}

function inJobNamespaces(program: ValidatedProgram, check: (namespace: Manifest) => string[]): Finding[] {
  return inManifests(program, ['Namespace'], (namespace) =>
    program.jobNamespaces.includes(nameOf(namespace)) ? check(namespace) : [],
  );
}

/** Closed for all pods; what other policies open for some is theirs. */
function isClosed(program: ValidatedProgram, namespace: string, type: string): boolean {
  return manifestsOf(program, 'NetworkPolicy').some(
    (policy) =>
      namespaceOf(policy) === namespace &&
      selectsAll(fieldOf(policy, 'spec', 'podSelector')) &&
      typesOf(policy).includes(type) &&
      !listOf(policy, 'spec', type.toLowerCase()).some(isOpen),
  );
}

function selectsAll(selector: unknown): boolean {
  return (
    listOf(selector, 'matchExpressions').length === 0 &&
    Object.keys(fieldOf(selector, 'matchLabels') ?? {}).length === 0
  );
}

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource */
function typesOf(policy: Manifest): string[] {
  const given = textsOf(policy, 'spec', 'policyTypes');
  if (given.length > 0) return given;
  return fieldOf(policy, 'spec', 'egress') === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
}

function isOpen(rule: unknown): boolean {
  return ['from', 'to', 'ports'].every((field) => listOf(rule, field).length === 0);
}

/** The admission policies that look at applications, and what they are bound to. */
class GuardBindings {
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
