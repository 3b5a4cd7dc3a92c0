import { AccessRule } from '../access/rbac/access-question';
import { AccessReview } from '../access/access-review';
import { describeObject } from '../access/rbac/rbac-objects';
import { Grant } from '../access/rbac/rbac-policy';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { ReportGrant, ReportRight, ReportRights } from './report-data';
import { byText } from './words';

export interface Grants {
  readonly grants: readonly ReportGrant[];
  readonly rights: readonly ReportRights[];
}

/** What each subject may do in each namespace, and the different sets of rights among that. */
export function grantsOf(review: AccessReview): Grants {
  const idOf = new Map<string, string>();
  const rights: ReportRights[] = [];
  const grants = review._subjects().flatMap((subject) =>
    byNamespace(review._grantsOf(subject)).map(([namespace, found]): ReportGrant => {
      const rows = rightsOf(found.flatMap((grant) => effectiveRules(grant)));
      const text = JSON.stringify(rows);
      const id = idOf.get(text) ?? `R${rights.length + 1}`;
      if (!idOf.has(text)) rights.push({ id, rows });
      idOf.set(text, id);
      return { identity: describeSubject(subject), namespace, rights: id, bindings: bindingsOf(found) };
    }),
  );
  return { grants, rights };
}

function byNamespace(grants: readonly Grant[]): [string, Grant[]][] {
  const found = new Map<string, Grant[]>();
  for (const grant of grants) {
    const { namespace } = grant.binding;
    found.set(namespace, [...(found.get(namespace) ?? []), grant]);
  }
  return [...found].sort(([a], [b]) => byText(a, b));
}

function bindingsOf(grants: readonly Grant[]): ReportGrant['bindings'] {
  return grants
    .map(({ binding, role }) => ({
      binding: describeObject(binding),
      bindingSource: binding.source,
      role: describeObject(role),
    }))
    .sort((a, b) => byText(a.binding, b.binding));
}

/** Paths count only for the whole cluster. */
function effectiveRules({ binding, rules }: Grant): AccessRule[] {
  return rules
    .map(({ rule }) => rule)
    .filter(({ nonResourceUrls }) => binding.namespace === '' || nonResourceUrls.length === 0);
}

/** One row for each resource and set of names, with the verbs of all rules on it. */
function rightsOf(rules: readonly AccessRule[]): ReportRight[] {
  const verbsOf = new Map<string, Set<string>>();
  const add = (row: Omit<ReportRight, 'verbs'>, verbs: readonly string[]): void => {
    const key = JSON.stringify([row.apiGroup, row.resource, row.names]);
    verbsOf.set(key, new Set([...(verbsOf.get(key) ?? []), ...verbs]));
  };
  for (const { apiGroups, resources, resourceNames, nonResourceUrls, verbs } of rules) {
    const names = [...resourceNames].sort();
    for (const apiGroup of apiGroups) for (const resource of resources) add({ apiGroup, resource, names }, verbs);
    for (const resource of nonResourceUrls) add({ apiGroup: '', resource, names: [] }, verbs);
  }
  return [...verbsOf]
    .sort(([a], [b]) => byText(a, b))
    .map(([key, verbs]) => {
      const [apiGroup, resource, names] = JSON.parse(key) as [string, string, string[]];
      return { apiGroup, resource, names, verbs: [...verbs].sort() };
    });
}
