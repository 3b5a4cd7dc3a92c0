import { AccessRule } from './access-question';
import { LabelSelector, RbacRole } from './rbac-objects';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const SCALABLE = ['deployments', 'deployments/scale', 'replicasets', 'replicasets/scale'];

const POD_ACCESS = ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'];

const AGGREGATE_TO = 'rbac.authorization.k8s.io/aggregate-to';
const ANYTHING = { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [], nonResourceUrls: [] };

/**
 * The cluster roles for people that every cluster has, as Kubernetes 1.32 makes them. They hold also what any other cluster
 * role with their label gives them.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const BUILT_IN_ROLES: readonly RbacRole[] = [
  builtIn(
    'cluster-admin',
    [],
    [
      { ...ANYTHING, apiGroups: ['*'], resources: ['*'] },
      { ...ANYTHING, nonResourceUrls: ['*'] },
    ],
  ),
  { ...builtIn('admin', [], []), selectors: [labelled('admin')] },
  { ...builtIn('edit', ['admin'], []), selectors: [labelled('edit')] },
  { ...builtIn('view', ['edit'], []), selectors: [labelled('view')] },
  builtIn(
    'system:aggregate-to-admin',
    ['admin'],
    [
      rule('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
      rule('rbac.authorization.k8s.io', ['rolebindings', 'roles'], [...READ, ...WRITE]),
    ],
  ),
  builtIn(
    'system:aggregate-to-edit',
    ['edit'],
    [
      rule('', [...POD_ACCESS, 'secrets', 'services/proxy'], READ),
      rule('', ['serviceaccounts'], ['impersonate']),
      rule('', ['pods', ...POD_ACCESS], WRITE),
      rule('', ['pods/eviction'], ['create']),
      rule(
        '',
        [
          ...[
            'configmaps',
            'events',
            'persistentvolumeclaims',
            'replicationcontrollers',
            'replicationcontrollers/scale',
          ],
          ...['secrets', 'serviceaccounts', 'services', 'services/proxy'],
        ],
        WRITE,
      ),
      rule('', ['serviceaccounts/token'], ['create']),
      rule('apps', [...SCALABLE, 'daemonsets', 'deployments/rollback', 'statefulsets', 'statefulsets/scale'], WRITE),
      rule('autoscaling', ['horizontalpodautoscalers'], WRITE),
      rule('batch', ['cronjobs', 'jobs'], WRITE),
      rule(
        'extensions',
        [
          ...SCALABLE,
          ...['daemonsets', 'deployments/rollback', 'ingresses', 'networkpolicies', 'replicationcontrollers/scale'],
        ],
        WRITE,
      ),
      rule('policy', ['poddisruptionbudgets'], WRITE),
      rule('networking.k8s.io', ['ingresses', 'networkpolicies'], WRITE),
      rule('coordination.k8s.io', ['leases'], [...READ, ...WRITE]),
    ],
  ),
  builtIn(
    'system:aggregate-to-view',
    ['view'],
    [
      rule(
        '',
        [
          ...['bindings', 'configmaps', 'endpoints', 'events', 'limitranges', 'namespaces', 'namespaces/status'],
          ...['persistentvolumeclaims', 'persistentvolumeclaims/status', 'pods', 'pods/log', 'pods/status'],
          ...['replicationcontrollers', 'replicationcontrollers/scale', 'replicationcontrollers/status'],
          ...['resourcequotas', 'resourcequotas/status', 'serviceaccounts', 'services', 'services/status'],
        ],
        READ,
      ),
      rule('discovery.k8s.io', ['endpointslices'], READ),
      rule(
        'apps',
        [
          ...SCALABLE,
          ...['controllerrevisions', 'daemonsets', 'daemonsets/status', 'deployments/status', 'replicasets/status'],
          ...['statefulsets', 'statefulsets/scale', 'statefulsets/status'],
        ],
        READ,
      ),
      rule('autoscaling', ['horizontalpodautoscalers', 'horizontalpodautoscalers/status'], READ),
      rule('batch', ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'], READ),
      rule(
        'extensions',
        [
          ...SCALABLE,
          ...['daemonsets', 'daemonsets/status', 'deployments/status', 'ingresses', 'ingresses/status'],
          ...['networkpolicies', 'replicasets/status', 'replicationcontrollers/scale'],
        ],
        READ,
      ),
      rule('policy', ['poddisruptionbudgets', 'poddisruptionbudgets/status'], READ),
      rule('networking.k8s.io', ['ingresses', 'ingresses/status', 'networkpolicies'], READ),
    ],
  ),
];

/** @param givenTo the user-facing roles that have its rules too */
function builtIn(name: string, givenTo: readonly string[], rules: readonly AccessRule[]): RbacRole {
  const labels = new Map(givenTo.map((other) => [`${AGGREGATE_TO}-${other}`, 'true']));
  return { kind: 'ClusterRole', namespace: '', name, source: 'built into Kubernetes', rules, labels };
}

function labelled(name: string): LabelSelector {
  return [{ key: `${AGGREGATE_TO}-${name}`, operator: 'In', values: ['true'] }];
}

function rule(apiGroup: string, resources: string[], verbs: string[]): AccessRule {
  return { verbs, apiGroups: [apiGroup], resources, resourceNames: [], nonResourceUrls: [] };
}
