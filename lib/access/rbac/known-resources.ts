/** A kind of object of the API server. */
export interface KnownResource {
  readonly apiGroup: string;
  /** In plural and lower case, as roles name it. */
  readonly resource: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

/**
 * The kinds of Kubernetes 1.34 and of the Spark operator, in the order in which kubectl prefers their groups.
 *
 * @see https://kubernetes.io/docs/reference/kubectl/#resource-types
 */
export const KNOWN_RESOURCES: readonly KnownResource[] = [
  ...namespaced('', [
    ['Binding', 'bindings'],
    ['ConfigMap', 'configmaps', 'cm'],
    ['Endpoints', 'endpoints', 'ep'],
    ['Event', 'events', 'ev'],
    ['LimitRange', 'limitranges', 'limits'],
    ['PersistentVolumeClaim', 'persistentvolumeclaims', 'pvc'],
    ['Pod', 'pods', 'po'],
    ['PodTemplate', 'podtemplates'],
    ['ReplicationController', 'replicationcontrollers', 'rc'],
    ['ResourceQuota', 'resourcequotas', 'quota'],
    ['Secret', 'secrets'],
    ['ServiceAccount', 'serviceaccounts', 'sa'],
    ['Service', 'services', 'svc'],
  ]),
  ...ofCluster('', [
    ['ComponentStatus', 'componentstatuses', 'cs'],
    ['Namespace', 'namespaces', 'ns'],
    ['Node', 'nodes', 'no'],
    ['PersistentVolume', 'persistentvolumes', 'pv'],
  ]),
  ...namespaced('apps', [
    ['ControllerRevision', 'controllerrevisions'],
    ['DaemonSet', 'daemonsets', 'ds'],
    ['Deployment', 'deployments', 'deploy'],
    ['ReplicaSet', 'replicasets', 'rs'],
    ['StatefulSet', 'statefulsets', 'sts'],
  ]),
  ...namespaced('batch', [
    ['CronJob', 'cronjobs', 'cj'],
    ['Job', 'jobs'],
  ]),
  ...namespaced('sparkoperator.k8s.io', [
    ['ScheduledSparkApplication', 'scheduledsparkapplications', 'scheduledsparkapp'],
    ['SparkApplication', 'sparkapplications', 'sparkapp'],
    ['SparkConnect', 'sparkconnects', 'sparkconn'],
  ]),
  ...namespaced('rbac.authorization.k8s.io', [
    ['RoleBinding', 'rolebindings'],
    ['Role', 'roles'],
  ]),
  ...ofCluster('rbac.authorization.k8s.io', [
    ['ClusterRoleBinding', 'clusterrolebindings'],
    ['ClusterRole', 'clusterroles'],
  ]),
  ...ofCluster('admissionregistration.k8s.io', [
    ['MutatingAdmissionPolicy', 'mutatingadmissionpolicies'],
    ['MutatingAdmissionPolicyBinding', 'mutatingadmissionpolicybindings'],
    ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations'],
    ['ValidatingAdmissionPolicy', 'validatingadmissionpolicies'],
    ['ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings'],
    ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'],
  ]),
  ...ofCluster('apiextensions.k8s.io', [['CustomResourceDefinition', 'customresourcedefinitions', 'crd', 'crds']]),
  ...ofCluster('apiregistration.k8s.io', [['APIService', 'apiservices']]),
  ...ofCluster('authentication.k8s.io', [
    ['SelfSubjectReview', 'selfsubjectreviews'],
    ['TokenReview', 'tokenreviews'],
  ]),
  ...namespaced('authorization.k8s.io', [['LocalSubjectAccessReview', 'localsubjectaccessreviews']]),
  ...ofCluster('authorization.k8s.io', [
    ['SelfSubjectAccessReview', 'selfsubjectaccessreviews'],
    ['SelfSubjectRulesReview', 'selfsubjectrulesreviews'],
    ['SubjectAccessReview', 'subjectaccessreviews'],
  ]),
  ...namespaced('autoscaling', [['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'hpa']]),
  ...ofCluster('certificates.k8s.io', [['CertificateSigningRequest', 'certificatesigningrequests', 'csr']]),
  ...namespaced('coordination.k8s.io', [['Lease', 'leases']]),
  ...namespaced('discovery.k8s.io', [['EndpointSlice', 'endpointslices']]),
  ...namespaced('events.k8s.io', [['Event', 'events', 'ev']]),
  ...ofCluster('flowcontrol.apiserver.k8s.io', [
    ['FlowSchema', 'flowschemas'],
    ['PriorityLevelConfiguration', 'prioritylevelconfigurations'],
  ]),
  ...namespaced('networking.k8s.io', [
    ['Ingress', 'ingresses', 'ing'],
    ['NetworkPolicy', 'networkpolicies', 'netpol'],
  ]),
  ...ofCluster('networking.k8s.io', [
    ['IngressClass', 'ingressclasses'],
    ['IPAddress', 'ipaddresses', 'ip'],
    ['ServiceCIDR', 'servicecidrs'],
  ]),
  ...ofCluster('node.k8s.io', [['RuntimeClass', 'runtimeclasses']]),
  ...namespaced('policy', [['PodDisruptionBudget', 'poddisruptionbudgets', 'pdb']]),
  ...namespaced('resource.k8s.io', [
    ['ResourceClaim', 'resourceclaims'],
    ['ResourceClaimTemplate', 'resourceclaimtemplates'],
  ]),
  ...ofCluster('resource.k8s.io', [
    ['DeviceClass', 'deviceclasses'],
    ['ResourceSlice', 'resourceslices'],
  ]),
  ...ofCluster('scheduling.k8s.io', [['PriorityClass', 'priorityclasses', 'pc']]),
  ...namespaced('storage.k8s.io', [['CSIStorageCapacity', 'csistoragecapacities']]),
  ...ofCluster('storage.k8s.io', [
    ['CSIDriver', 'csidrivers'],
    ['CSINode', 'csinodes'],
    ['StorageClass', 'storageclasses', 'sc'],
    ['VolumeAttachment', 'volumeattachments'],
    ['VolumeAttributesClass', 'volumeattributesclasses', 'vac'],
  ]),
];

function namespaced(apiGroup: string, kinds: readonly (readonly string[])[]): KnownResource[] {
  return kinds.map(([kind, resource, ...shortNames]) => ({ apiGroup, resource, kind, shortNames, namespaced: true }));
}

function ofCluster(apiGroup: string, kinds: readonly (readonly string[])[]): KnownResource[] {
  return namespaced(apiGroup, kinds).map((kind) => ({ ...kind, namespaced: false }));
}
