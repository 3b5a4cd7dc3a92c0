import { CONTAINER_RULES } from './container-rules';
import { isLabelKey, isLabelName } from './labels';
import { among, between, filled, form, isFilled, isSet, itemsOf, ObjectRule, onlyWith } from './object-rules';
import { Fields } from './schema-problems';
import { VOLUME_RULES } from './volume-rules';

const labelKey = (field: string): ObjectRule =>
  form(field, (text) => text === '' || isLabelKey(text), 'pass a label key');

/** How many values each operator of a selector takes. */
function operatorValues(operators: Readonly<Record<string, (count: number) => boolean>>): ObjectRule {
  return (value) => {
    const operator = value.operator as string;
    const takes = operators[operator] as ((count: number) => boolean) | undefined;
    if (takes === undefined || takes(itemsOf(value, 'values').length)) return undefined;
    const expected = takes(0) ? 'no values' : takes(2) ? 'at least one value' : 'exactly one value';
    return {
      field: 'values',
      message: `are ${itemsOf(value, 'values').length}`,
      remedy: `"${operator}" takes ${expected}`,
    };
  };
}

const SET_OPERATORS = {
  DoesNotExist: (count: number) => count === 0,
  Exists: (count: number) => count === 0,
  In: (count: number) => count > 0,
  NotIn: (count: number) => count > 0,
};

function without(field: string, ...values: string[]): (value: Fields) => boolean {
  return (value) => !values.includes((value[field] ?? '') as string);
}

/** Rules for the scheduling of a pod and for what its containers share. */
const POD_SPEC_RULES: Readonly<Record<string, readonly ObjectRule[]>> = {
  PodSpec: [
    between('activeDeadlineSeconds', 1),
    between('terminationGracePeriodSeconds', 0),
    onlyWith('dnsPolicy', (pod) => pod.dnsPolicy !== 'None' || hasNameservers(pod), 'set dnsConfig.nameservers too'),
    portsOfHostNetwork,
  ],
  PodDNSConfig: [
    (dns) =>
      itemsOf(dns, 'nameservers').length <= 3
        ? undefined
        : { field: 'nameservers', message: `are ${itemsOf(dns, 'nameservers').length}`, remedy: 'pass at most 3' },
  ],
  PodOS: [among('name', ['linux', 'windows'])],
  PodSecurityContext: [filled('fsGroupChangePolicy'), between('fsGroup', 0, 2 ** 31 - 1), ...userRules()],
  Toleration: [
    labelKey('key'),
    (toleration) =>
      !isFilled(toleration, 'key') && toleration.operator !== 'Exists'
        ? { field: 'operator', message: 'is not "Exists", though key is empty', remedy: 'set key, or pass "Exists"' }
        : undefined,
    onlyWith(
      'value',
      without('operator', 'Exists'),
      '"Exists" takes no value: leave it out, or pass "Equal" as operator',
    ),
    (toleration) =>
      isSet(toleration, 'tolerationSeconds') && toleration.effect !== 'NoExecute'
        ? {
            field: 'effect',
            message: 'is not "NoExecute", though tolerationSeconds is set',
            remedy: 'set it, or leave tolerationSeconds out',
          }
        : undefined,
    form('value', isLabelValue, 'pass at most 63 letters, digits and - _ . between them'),
  ],
  NodeSelector: [someOf('nodeSelectorTerms')],
  NodeSelectorRequirement: [
    filled('operator'),
    filled('key'),
    labelKey('key'),
    operatorValues({ ...SET_OPERATORS, Gt: (count) => count === 1, Lt: (count) => count === 1 }),
  ],
  PreferredSchedulingTerm: [between('weight', 1, 100)],
  WeightedPodAffinityTerm: [between('weight', 1, 100)],
  PodAffinityTerm: [filled('topologyKey'), labelKey('topologyKey')],
  LabelSelectorRequirement: [
    among('operator', Object.keys(SET_OPERATORS)),
    labelKey('key'),
    operatorValues(SET_OPERATORS),
  ],
  TopologySpreadConstraint: [
    between('maxSkew', 1),
    between('minDomains', 1),
    filled('topologyKey', 'whenUnsatisfiable', 'nodeAffinityPolicy', 'nodeTaintsPolicy'),
    labelKey('topologyKey'),
    onlyWith(
      'minDomains',
      without('whenUnsatisfiable', 'ScheduleAnyway'),
      'leave it out, or pass "DoNotSchedule" as whenUnsatisfiable',
    ),
  ],
};

function isLabelValue(text: string): boolean {
  return text === '' || isLabelName(text);
}

function hasNameservers(pod: Fields): boolean {
  return itemsOf((pod.dnsConfig ?? {}) as Fields, 'nameservers').length > 0;
}

/** A list is set and has items. */
function someOf(field: string): ObjectRule {
  return (value) =>
    itemsOf(value, field).length > 0 ? undefined : { field, message: 'is empty', remedy: 'pass at least one' };
}

function userRules(): ObjectRule[] {
  return ['runAsUser', 'runAsGroup'].map((field) => between(field, 0, 2 ** 31 - 1));
}

/** With `hostNetwork`, a container's port is a port of the node. */
function portsOfHostNetwork(pod: Fields): ReturnType<ObjectRule> {
  if (pod.hostNetwork !== true) return undefined;
  const ports = itemsOf(pod, 'containers').flatMap((container) => itemsOf(container, 'ports'));
  const other = ports.find(({ containerPort, hostPort }) => (hostPort ?? 0) !== 0 && hostPort !== containerPort);
  return other === undefined
    ? undefined
    : {
        field: 'hostNetwork',
        message: `is true, but hostPort ${String(other.hostPort)} is not containerPort ${String(other.containerPort)}`,
        remedy: 'make them equal, or leave hostPort out',
      };
}

/**
 * The API server's rules for the parts of a pod, in addition to their schema, by the names of their types.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
export const POD_RULES: Readonly<Record<string, readonly ObjectRule[]>> = {
  ...POD_SPEC_RULES,
  ...CONTAINER_RULES,
  ...VOLUME_RULES,
};
