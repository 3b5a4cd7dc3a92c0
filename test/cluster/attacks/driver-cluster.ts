import {
  ApiAttack,
  attacksOf,
  BYSTANDER,
  get,
  inNamespace,
  object,
  OPERATOR,
  patch,
  post,
  rbac,
  remove,
} from './attack';

const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const REGISTRATION = 'admissionregistration.k8s.io/v1';
const service = (spec: object): object =>
  object('v1', 'Service', 'foothold', { spec: { ports: [{ port: 80 }], ...spec } });

/** A path that is no resource. */
const path = (words: string): Pick<ApiAttack, 'refusal'> => ({ refusal: { by: 'RBAC', status: 403, words } });

/** A driver against what belongs to the cluster, and against the walls of its own namespace. */
export const DRIVER_AND_CLUSTER = attacksOf('driver', [
  // Admission and the API itself.
  {
    tries: 'register a webhook that sees and changes every pod of the cluster',
    call: () =>
      post(
        `${ADMISSION}/mutatingwebhookconfigurations`,
        object(REGISTRATION, 'MutatingWebhookConfiguration', 'foothold', {
          webhooks: [
            {
              name: 'foothold.example.com',
              clientConfig: { url: 'https://foothold.example.com/' },
              rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
              sideEffects: 'None',
              admissionReviewVersions: ['v1'],
            },
          ],
        }),
      ),
    ...rbac('create mutatingwebhookconfigurations'),
  },
  {
    tries: "remove the operator's webhook, which checks applications",
    call: () => remove(`${ADMISSION}/validatingwebhookconfigurations/spark-operator-webhook`),
    ...rbac('delete validatingwebhookconfigurations'),
  },
  {
    tries: 'register an admission policy that refuses the pods of everybody else',
    call: () =>
      post(
        `${ADMISSION}/validatingadmissionpolicies`,
        object(REGISTRATION, 'ValidatingAdmissionPolicy', 'foothold', {
          spec: {
            matchConstraints: {
              resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
            },
            validations: [{ expression: 'false' }],
          },
        }),
      ),
    ...rbac('create validatingadmissionpolicies'),
  },
  {
    tries: 'widen what the guard admits in its namespace',
    call: ({ home }) =>
      patch(inNamespace(OPERATOR, `roles/spark-operator-guard-${home}`, 'rbac.authorization.k8s.io/v1'), {
        metadata: { annotations: { 'cdk8s-spark/admitted-file-schemes': 'file' } },
      }),
    ...rbac('patch roles'),
  },
  {
    tries: 'take the guard off its namespace',
    call: ({ home }) =>
      remove(`${ADMISSION}/validatingadmissionpolicybindings/spark-operator-guard-submission-${home}`),
    ...rbac('delete validatingadmissionpolicybindings'),
  },
  {
    tries: 'remove a rule of the guard for all namespaces',
    call: () =>
      patch(`${ADMISSION}/validatingadmissionpolicies/spark-operator-guard-pods`, {
        spec: { failurePolicy: 'Ignore' },
      }),
    ...rbac('patch validatingadmissionpolicies'),
  },
  {
    tries: 'change a definition, so that the applications of all teams pass through a server of its own',
    call: () =>
      patch('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sparkapplications.sparkoperator.k8s.io', {
        metadata: { labels: { owner: 'foothold' } },
      }),
    ...rbac('patch customresourcedefinitions'),
  },
  {
    tries: 'delete a definition, and with it the applications of all teams',
    call: () => remove('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sparkconnects.sparkoperator.k8s.io'),
    ...rbac('delete customresourcedefinitions'),
  },
  {
    tries: 'answer for an API group with a server of its own',
    call: ({ home }) =>
      post(
        '/apis/apiregistration.k8s.io/v1/apiservices',
        object('apiregistration.k8s.io/v1', 'APIService', 'v1.foothold.example.com', {
          spec: {
            group: 'foothold.example.com',
            version: 'v1',
            groupPriorityMinimum: 100,
            versionPriority: 100,
            insecureSkipTLSVerify: true,
            service: { name: 'foothold', namespace: home },
          },
        }),
      ),
    ...rbac('create apiservices'),
  },
  {
    tries: 'give its own requests to the API server precedence over all others',
    call: () =>
      post(
        '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
        object('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', 'foothold', {
          spec: { matchingPrecedence: 2, priorityLevelConfiguration: { name: 'exempt' } },
        }),
      ),
    ...rbac('create flowschemas'),
  },
  { tries: "read the API server's metrics", call: () => get('/metrics'), ...path('cannot get path "/metrics"') },
  {
    tries: "read the API server's profiles, with what is in its memory",
    call: () => get('/debug/pprof/goroutine?debug=1'),
    ...path('cannot get path "/debug/pprof/goroutine"'),
  },

  // Namespaces.
  {
    tries: 'take the Pod Security label off its own namespace',
    call: ({ home }) =>
      patch(`/api/v1/namespaces/${home}`, {
        metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
      }),
    ...rbac('patch namespaces'),
  },
  {
    tries: 'delete the namespace of another team',
    call: ({ other }) => remove(`/api/v1/namespaces/${other}`),
    ...rbac('delete namespaces'),
  },
  {
    tries: 'make a namespace of its own, without any walls',
    call: () => post('/api/v1/namespaces', object('v1', 'Namespace', 'foothold')),
    ...rbac('create namespaces'),
  },
  {
    tries: 'list the namespaces, that is the names of all teams',
    call: () => get('/api/v1/namespaces'),
    ...rbac('list namespaces'),
  },

  // Storage, priority and runtime.
  {
    tries: 'make a volume of a directory of the node',
    call: () =>
      post(
        '/api/v1/persistentvolumes',
        object('v1', 'PersistentVolume', 'foothold', {
          spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/' } },
        }),
      ),
    ...rbac('create persistentvolumes'),
  },
  {
    tries: "read which volumes other teams' claims are bound to",
    call: () => get('/api/v1/persistentvolumes'),
    ...rbac('list persistentvolumes'),
  },
  {
    tries: 'make a storage class with a provisioner of its own',
    call: () =>
      post(
        '/apis/storage.k8s.io/v1/storageclasses',
        object('storage.k8s.io/v1', 'StorageClass', 'foothold', { provisioner: 'foothold.example.com' }),
      ),
    ...rbac('create storageclasses'),
  },
  {
    tries: 'attach a volume of another team to a node',
    call: ({ node }) =>
      post(
        '/apis/storage.k8s.io/v1/volumeattachments',
        object('storage.k8s.io/v1', 'VolumeAttachment', 'foothold', {
          spec: { attacher: 'foothold.example.com', nodeName: node, source: { persistentVolumeName: 'theirs' } },
        }),
      ),
    ...rbac('create volumeattachments'),
  },
  {
    tries: 'make a priority class that displaces the pods of others',
    call: () =>
      post(
        '/apis/scheduling.k8s.io/v1/priorityclasses',
        object('scheduling.k8s.io/v1', 'PriorityClass', 'foothold', { value: 1_000_000_000 }),
      ),
    ...rbac('create priorityclasses'),
  },
  {
    tries: 'make a runtime class whose handler isolates less',
    call: () =>
      post(
        '/apis/node.k8s.io/v1/runtimeclasses',
        object('node.k8s.io/v1', 'RuntimeClass', 'foothold', { handler: 'runc' }),
      ),
    ...rbac('create runtimeclasses'),
  },

  // The walls of the namespace: quota and network policies.
  {
    tries: 'raise the quota of its namespace',
    call: ({ home }) => patch(inNamespace(home, 'resourcequotas/spark-services'), { spec: { hard: { pods: '1000' } } }),
    ...rbac('patch resourcequotas'),
  },
  {
    tries: 'use up the quota of another team, by a lower one',
    call: ({ other }) =>
      post(
        inNamespace(other, 'resourcequotas'),
        object('v1', 'ResourceQuota', 'foothold', { spec: { hard: { pods: '0' } } }),
      ),
    ...rbac('create resourcequotas'),
  },
  {
    tries: 'write a limit range, so that pods get other limits than they ask for',
    call: ({ home }) =>
      post(
        inNamespace(home, 'limitranges'),
        object('v1', 'LimitRange', 'foothold', { spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }),
      ),
    ...rbac('create limitranges'),
  },
  {
    tries: 'write a network policy that lets all traffic through',
    call: ({ home }) =>
      post(
        inNamespace(home, 'networkpolicies', 'networking.k8s.io/v1'),
        object('networking.k8s.io/v1', 'NetworkPolicy', 'foothold', { spec: { podSelector: {}, egress: [{}] } }),
      ),
    ...rbac('create networkpolicies'),
  },
  {
    tries: 'remove the network policy that closes its namespace',
    call: ({ home }) => remove(inNamespace(home, 'networkpolicies/spark-default-deny', 'networking.k8s.io/v1')),
    ...rbac('delete networkpolicies'),
  },

  // Traffic of others.
  {
    tries: 'open a port on every node, by a service of type NodePort',
    call: ({ home }) => post(inNamespace(home, 'services'), service({ type: 'NodePort' })),
    ...rbac('create services'),
    // Not even the administrator may.
    control: { status: 403, words: 'exceeded quota: spark-services' },
  },
  {
    tries: 'draw the traffic to any address to itself, by a service with that external address',
    call: ({ home }) => post(inNamespace(home, 'services'), service({ externalIPs: ['10.96.0.10'] })),
    ...rbac('create services'),
  },
  {
    tries: 'add its own address to the endpoints of a service of another team',
    call: ({ other }) =>
      post(
        inNamespace(other, 'endpointslices', 'discovery.k8s.io/v1'),
        object('discovery.k8s.io/v1', 'EndpointSlice', 'foothold', {
          addressType: 'IPv4',
          endpoints: [{ addresses: ['10.244.0.99'] }],
        }),
      ),
    ...rbac('create endpointslices'),
  },
  {
    tries: "change the endpoints of the operator's webhook",
    call: ({ other }) =>
      post(
        inNamespace(other, 'endpoints'),
        object('v1', 'Endpoints', 'foothold', { subsets: [{ addresses: [{ ip: '10.244.0.99' }] }] }),
      ),
    ...rbac('create endpoints'),
  },
  {
    tries: 'publish a host name of another team by an Ingress',
    call: ({ home }) =>
      post(
        inNamespace(home, 'ingresses', 'networking.k8s.io/v1'),
        object('networking.k8s.io/v1', 'Ingress', 'foothold', {
          spec: { defaultBackend: { service: { name: 'foothold', port: { number: 80 } } } },
        }),
      ),
    ...rbac('create ingresses'),
  },
  {
    tries: 'write a false event about a pod of another team',
    call: ({ other }) =>
      post(inNamespace(other, 'events'), {
        ...object('v1', 'Event', 'foothold'),
        involvedObject: { kind: 'Pod', name: BYSTANDER, namespace: other },
        reason: 'Evicted',
      }),
    ...rbac('create events'),
  },
]);
