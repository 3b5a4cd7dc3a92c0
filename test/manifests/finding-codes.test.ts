import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AccessReview, EscalationWay } from '../../lib';
import { FINDING_CODES } from '../../lib/manifests/finding-codes';
import { RULES } from '../../lib/validation/rules/all-rules';
import { account, aggregatedRole, binding, clusterBinding, clusterRole, role, user } from '../access/rbac-manifests';

const RULE = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const GOOD = role('team-1', 'good', [RULE]);

/** Manifests, or the text of a file, that have one kind of fault. */
const EXAMPLES: { readonly [code in keyof typeof FINDING_CODES]: readonly object[] | string | undefined } = {
  'file-unreadable': undefined,
  'folder-empty': '',
  'yaml-broken': 'a: [',
  'key-duplicate': 'apiVersion: v1\nkind: Pod\nkind: Pod\n',
  'manifest-not-object': '- a\n',
  'type-missing': [{ kind: 'Pod' }],
  'kind-unknown': [{ apiVersion: 'v1', kind: 'Secert' }],
  'rbac-version-unsupported': [{ ...GOOD, apiVersion: 'rbac.authorization.k8s.io/v1beta1' }],
  'object-refused': [role('team-1', 'r', [{ ...RULE, verbs: [] }])],
  'field-unknown': [role('team-1', 'r', [{ ...RULE, verb: ['get'] }])],
  'namespace-missing': [{ ...GOOD, metadata: { name: 'good' } }],
  'object-duplicate': [GOOD, GOOD],
  'role-ref-changed': [
    GOOD,
    role('team-1', 'other', [RULE]),
    binding('team-1', 'b', 'Role/good', user('anna')),
    binding('team-1', 'b', 'Role/other', user('anna')),
  ],
  'role-not-found': [binding('team-1', 'b', 'Role/gone', account('team-1', 'a'))],
  'kubernetes-role-not-found': [clusterBinding('b', 'system:auth-delegator', user('anna'))],
  'aggregation-cycle': [
    aggregatedRole('a', [{ of: 'b' }], { of: 'a' }, [RULE]),
    aggregatedRole('b', [{ of: 'a' }], { of: 'b' }, [{ ...RULE, verbs: ['list'] }]),
    clusterRole('c', [RULE], { of: 'c' }),
  ],
};

function reviewOf(example: readonly object[] | string | undefined): AccessReview {
  if (example !== undefined && typeof example !== 'string') return AccessReview.ofManifests([...example]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'findings-'));
  try {
    if (example !== undefined && example !== '') fs.writeFileSync(path.join(folder, 'a.yaml'), example);
    return AccessReview.ofFiles([example === undefined ? path.join(folder, 'gone.yaml') : folder]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe('a code of a finding', () => {
  test.each(Object.entries(EXAMPLES))(
    '%s is what the review says of such manifests, and of others not',
    (code, example) => {
      const codes = new Set(reviewOf(example).findings.map((finding) => finding.code));
      expect([...codes]).toEqual([code]);
    },
  );

  test('is in none of what is right', () => {
    expect(AccessReview.ofManifests([GOOD, binding('team-1', 'b', 'Role/good', user('anna'))]).findings).toEqual([]);
  });

  test('is unique among all that the library has, and in kebab case', () => {
    const codes = [...Object.keys(FINDING_CODES), ...Object.values(EscalationWay), ...RULES.map(({ name }) => name)];
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  test('stands in the table of docs/findings.md, with what it means', () => {
    const text = fs.readFileSync(path.join(__dirname, '../../docs/findings.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `([^`.]+)` +\| (.+?) +\|$/gm)].map(([, code, meaning]) => [code, meaning]);
    expect(rows.filter(([code]) => /^[a-z]/.test(code))).toEqual(Object.entries(FINDING_CODES));
  });

  test('comes with the place as data: source, object and field', () => {
    const { findings, problems } = AccessReview.ofManifests([role('team-1', 'r', [{ ...RULE, verbs: [] }])]);
    expect(findings).toEqual([
      {
        source: 'manifests[0]',
        object: 'Role team-1/r',
        path: 'rules[0].verbs',
        code: 'object-refused',
        message: 'is empty; expected one verb or more; the API server refuses the object, so it is left out',
      },
    ]);
    expect(problems).toEqual([
      'manifests[0]: Role team-1/r: rules[0].verbs: is empty; expected one verb or more; the API server refuses the object, so it is left out',
    ]);
  });
});
