import { keyMistakes, labelMistakes } from '../../kubernetes/labels';
import { AccessRule } from './access-question';
import { RbacFields } from './rbac-fields';
import { LabelRequirement, LabelSelector } from './rbac-objects';

const SELECTOR_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export function readRules(fields: RbacFields, value: unknown, ofCluster: boolean): AccessRule[] {
  return fields
    .objects(value, 'rules', ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'])
    .map((given, index) => {
      const path = `rules[${index}]`;
      const rule = {
        verbs: fields.texts(given.verbs, `${path}.verbs`),
        apiGroups: fields.texts(given.apiGroups, `${path}.apiGroups`),
        resources: fields.texts(given.resources, `${path}.resources`),
        resourceNames: fields.texts(given.resourceNames, `${path}.resourceNames`),
        nonResourceUrls: fields.texts(given.nonResourceURLs, `${path}.nonResourceURLs`),
      };
      checkRule(fields, rule, path, ofCluster);
      return rule;
    });
}

function checkRule(fields: RbacFields, rule: AccessRule, path: string, ofCluster: boolean): void {
  if (rule.verbs.length === 0) fields.refuse(`${path}.verbs`, 'is empty; expected one verb or more');
  if (rule.nonResourceUrls.length === 0) {
    if (rule.apiGroups.length === 0) {
      fields.refuse(`${path}.apiGroups`, 'is empty; expected one group or more, "" for the core group');
    }
    if (rule.resources.length === 0) fields.refuse(`${path}.resources`, 'is empty; expected one resource or more');
    return;
  }
  if (!ofCluster) fields.refuse(`${path}.nonResourceURLs`, 'is given in a Role; only a ClusterRole may have paths');
  if (rule.apiGroups.length + rule.resources.length + rule.resourceNames.length > 0) {
    fields.refuse(path, 'has both resources and nonResourceURLs; write two rules');
  }
}

/** Which cluster roles a cluster role aggregates. */
export function readSelectors(fields: RbacFields, value: unknown): LabelSelector[] {
  const path = 'aggregationRule.clusterRoleSelectors';
  const { clusterRoleSelectors } = fields.object(value, 'aggregationRule', ['clusterRoleSelectors']);
  const selectors = fields.objects(clusterRoleSelectors, path, ['matchLabels', 'matchExpressions']);
  if (selectors.length === 0) fields.refuse(path, 'is empty; expected one selector or more');
  return selectors.map(({ matchLabels, matchExpressions }, index) => [
    ...[...fields.labels(matchLabels, `${path}[${index}].matchLabels`)].map(([key, label]) => ({
      ...{ key, operator: 'In', values: [label] },
    })),
    ...readRequirements(fields, matchExpressions, `${path}[${index}].matchExpressions`),
  ]);
}

function readRequirements(fields: RbacFields, value: unknown, path: string): LabelRequirement[] {
  return fields.objects(value, path, ['key', 'operator', 'values']).map((given, index) => {
    const place = `${path}[${index}]`;
    const requirement = {
      key: fields.text(given.key, `${place}.key`),
      operator: fields.text(given.operator, `${place}.operator`),
      values: fields.texts(given.values, `${place}.values`),
    };
    const { key, operator, values } = requirement;
    for (const mistake of keyMistakes([key])) fields.refuse(`${place}.key`, mistake);
    for (const label of values) {
      for (const mistake of labelMistakes({ [key]: label })) fields.refuse(`${place}.values`, mistake);
    }
    if (!SELECTOR_OPERATORS.includes(operator)) {
      fields.refuse(`${place}.operator`, `is "${operator}"; expected ${SELECTOR_OPERATORS.join(', ')}`);
    } else if (operator.endsWith('In') !== values.length > 0) {
      fields.refuse(
        `${place}.values`,
        `${operator} needs ${operator.endsWith('In') ? 'one value or more' : 'no values'}`,
      );
    }
    return requirement;
  });
}
