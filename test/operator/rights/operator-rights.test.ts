import { NamespaceFeature } from '../../../lib/job-namespace/identities/driver-rights';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { BatchScheduler } from '../../../lib/operator/batch-scheduler';
import { WebhookCertificates } from '../../../lib/operator/install/certificates';
import { SparkOperatorProps } from '../../../lib/operator/spark-operator-props';
import { all, install, Manifest, one, Rule, synth, written } from '../support';
import { tenancyOf } from '../../../lib/job-namespace/tenancy';

const SPARK = 'sparkoperator.k8s.io';

/** Everything that a user may turn on and that brings rights. */
const EVERYTHING: SparkOperatorProps = {
  batchSchedulers: [BatchScheduler.VOLCANO, BatchScheduler.YUNIKORN, BatchScheduler.coscheduling('gang')],
  webhook: { resourceQuotaEnforcement: true },
};

/** Each right as one line: group/resource, verbs, and the names that it is bound to. */
function lines(rules: Rule[] = []): string[] {
  return rules.map(({ apiGroups, resources, verbs, resourceNames }) => {
    const names = resourceNames === undefined ? '' : ` of ${resourceNames.join()}`;
    return `${apiGroups.join()}/${resources.join()} ${[...verbs].sort().join()}${names}`;
  });
}

function rightsOf(manifests: Manifest[], component: string, namespace?: string): string[] {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  return lines(one(manifests, kind, `spark-operator-${component}`, namespace).rules);
}

describe('in a job namespace', () => {
  test('the controller has what it uses and nothing else (row 13)', () => {
    expect(rightsOf(written(), 'controller', 'clicks')).toEqual([
      '/configmaps create,list,patch,update,watch',
      '/events create,patch',
      '/pods create,delete,list,watch',
      '/services create,delete,list,patch,update,watch',
      `${SPARK}/scheduledsparkapplications list,watch`,
      `${SPARK}/scheduledsparkapplications/finalizers update`,
      `${SPARK}/scheduledsparkapplications/status update`,
      `${SPARK}/sparkapplications create,delete,list,watch`,
      `${SPARK}/sparkapplications/finalizers update`,
      `${SPARK}/sparkapplications/status update`,
      `${SPARK}/sparkconnects list,watch`,
      `${SPARK}/sparkconnects/finalizers update`,
      `${SPARK}/sparkconnects/status update`,
    ]);
  });

  test('the webhook reads applications and nothing else', () => {
    expect(rightsOf(written(), 'webhook', 'clicks')).toEqual([`${SPARK}/sparkapplications list,watch`]);
  });

  test('the controller neither changes nor removes services where it makes none for web interfaces', () => {
    expect(rightsOf(written({ uiService: false }), 'controller', 'clicks')).toContain(
      '/services create,list,patch,watch',
    );
  });

  test('the controller makes volume claims only where drivers use them on demand, also if that is said later (row 10)', () => {
    const { chart, operator } = install();
    const orders = new SparkJobNamespace(chart, 'orders');
    operator.addJobNamespace(orders);
    tenancyOf(orders).use(NamespaceFeature.DRIVER_CLAIMS);
    const claims = '/persistentvolumeclaims create,patch';
    expect(rightsOf(synth(chart), 'controller', 'orders')).toContain(claims);
    expect(rightsOf(synth(chart), 'controller', 'clicks')).not.toContain(claims);
  });

  test("executors' claims are no business of the controller", () => {
    const { chart, operator } = install();
    const orders = new SparkJobNamespace(chart, 'orders');
    operator.addJobNamespace(orders);
    tenancyOf(orders).use(NamespaceFeature.EXECUTOR_CLAIMS);
    expect(rightsOf(synth(chart), 'controller', 'orders').join()).not.toContain('persistentvolumeclaims');
  });

  test('the webhook reads quotas only to enforce them', () => {
    const manifests = written({ webhook: { resourceQuotaEnforcement: true } });
    expect(rightsOf(manifests, 'webhook', 'clicks')).toContain('/resourcequotas list,watch');
  });

  test('Role and RoleBinding come together and name the account of the operator (row 3)', () => {
    const manifests = written({ existingJobNamespaces: ['reports'] });
    for (const namespace of ['clicks', 'reports']) {
      for (const component of ['controller', 'webhook']) {
        const name = `spark-operator-${component}`;
        expect(one(manifests, 'Role', name, namespace).rules).not.toEqual([]);
        expect(one(manifests, 'RoleBinding', name, namespace)).toMatchObject({
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
          subjects: [{ kind: 'ServiceAccount', name, namespace: 'spark-operator' }],
        });
      }
    }
  });
});

describe("in the operator's namespace", () => {
  test('the controller has its lease', () => {
    expect(rightsOf(written(), 'controller', 'spark-operator')).toEqual([
      '/events create',
      'coordination.k8s.io/leases create',
      'coordination.k8s.io/leases get,update of spark-operator-controller-lock',
    ]);
  });

  test('the webhook has its lease and its one Secret, which it need not create', () => {
    expect(rightsOf(written(), 'webhook', 'spark-operator')).toEqual([
      '/events create',
      'coordination.k8s.io/leases create',
      '/secrets get,update of spark-operator-webhook-certs',
      'coordination.k8s.io/leases get,update of spark-operator-webhook-lock',
    ]);
  });

  test('without a leader election the controller has nothing, and no Role', () => {
    const manifests = written({ leaderElection: false });
    const places = all(manifests, 'Role', 'spark-operator-controller').map(({ metadata }) => metadata.namespace);
    expect(places).toEqual(['clicks']);
    expect(rightsOf(manifests, 'webhook', 'spark-operator')).toEqual([
      '/secrets get,update of spark-operator-webhook-certs',
    ]);
  });
});

describe('in the cluster', () => {
  test('only the webhook has a right: on its two configurations, by name (row 13)', () => {
    const manifests = written();
    expect(all(manifests, 'ClusterRole').map(({ metadata }) => metadata.name)).toEqual(['spark-operator-webhook']);
    expect(rightsOf(manifests, 'webhook')).toEqual([
      'admissionregistration.k8s.io/mutatingwebhookconfigurations,validatingwebhookconfigurations list,update,watch of spark-operator-webhook',
    ]);
  });

  test('nobody has a right if cert-manager makes the certificate, and the Secret is only read', () => {
    const manifests = written({ certificates: WebhookCertificates.certManager() });
    expect([...all(manifests, 'ClusterRole'), ...all(manifests, 'ClusterRoleBinding')]).toEqual([]);
    expect(rightsOf(manifests, 'webhook', 'spark-operator')).toContain('/secrets get of spark-operator-webhook-certs');
  });

  test('nobody has a right without the webhook', () => {
    expect(all(written({ webhookEnabled: false }), 'ClusterRole')).toEqual([]);
  });

  test('the controller looks for Volcano by the name of its definition', () => {
    expect(rightsOf(written({ batchSchedulers: [BatchScheduler.VOLCANO] }), 'controller')).toEqual([
      'apiextensions.k8s.io/customresourcedefinitions get of podgroups.scheduling.volcano.sh',
    ]);
  });

  test('both have their rights of job namespaces everywhere if all namespaces are watched, and only then', () => {
    const manifests = written({ watchAllNamespaces: true });
    const inOne = written();
    const claims = '/persistentvolumeclaims create,patch';
    expect(rightsOf(manifests, 'controller').filter((right) => right !== claims)).toEqual(
      rightsOf(inOne, 'controller', 'clicks'),
    );
    expect(rightsOf(manifests, 'controller')).toContain(claims);
    expect(rightsOf(manifests, 'webhook')).toEqual([
      ...rightsOf(inOne, 'webhook', 'clicks'),
      ...rightsOf(inOne, 'webhook'),
    ]);
    expect([...new Set(all(manifests, 'Role').map(({ metadata }) => metadata.namespace))]).toEqual(['spark-operator']);
  });
});

test.each([
  ['by default', {}],
  ['with everything turned on', EVERYTHING],
  ['with all namespaces watched', { ...EVERYTHING, watchAllNamespaces: true }],
])('no rule has a wildcard, reads Secrets by list or changes pods, %s', (_, props) => {
  const rules = written(props)
    .filter(({ metadata }) => metadata.name.startsWith('spark-operator-'))
    .flatMap((object) => object.rules ?? []);
  expect(rules.length).toBeGreaterThan(10);
  for (const { apiGroups, resources, verbs, resourceNames } of rules) {
    expect([...apiGroups, ...resources, ...verbs, ...(resourceNames ?? [])]).not.toContain('*');
    const secrets = resources.includes('secrets') ? verbs.filter((verb) => !['get', 'update'].includes(verb)) : [];
    const pods = resources.includes('pods') ? verbs.filter((verb) => ['update', 'patch'].includes(verb)) : [];
    expect([...secrets, ...pods]).toEqual([]);
  }
});

test('every ClusterRoleBinding names the namespace of its account (row 69)', () => {
  const bindings = all(written({ watchAllNamespaces: true }), 'ClusterRoleBinding');
  expect(bindings.map(({ subjects }) => subjects)).toEqual([
    [{ kind: 'ServiceAccount', name: 'spark-operator-controller', namespace: 'spark-operator' }],
    [{ kind: 'ServiceAccount', name: 'spark-operator-webhook', namespace: 'spark-operator' }],
  ]);
});
