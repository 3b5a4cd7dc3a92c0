import { Written } from './validate';

/** Changes one manifest of the program; by its kind. */
export type Change = (manifest: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any

/**
 * A program without any construct of this library that keeps every rule: what somebody would write by hand who knows all of
 * it. The changes are made to the manifests of these kinds.
 */
export function plainProgram(changes: Readonly<Record<string, Change>> = {}, ...more: Written[]): Written[] {
  const manifests: Written[] = [
    namespace(),
    defaultDeny(),
    account('driver'),
    account('executor'),
    role('driver', [{ apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'delete'] }]),
    binding('driver', { kind: 'Role', name: 'driver' }, [
      { kind: 'ServiceAccount', name: 'driver', namespace: 'jobs' },
    ]),
    application('SparkApplication', 'pi'),
    application('ScheduledSparkApplication', 'nightly'),
    connect(),
    guard(),
    guardBinding(),
    ...more,
  ];
  for (const [kind, change] of Object.entries(changes)) {
    const changed = manifests.filter((manifest) => manifest.kind === kind);
    if (changed.length === 0) throw new Error(`the program has no ${kind}`);
    changed.forEach(change);
  }
  return manifests;
}

export function namespace(): Written {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'jobs', labels } };
}

function defaultDeny(): Written {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny', namespace: 'jobs' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

function account(name: string): Written {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'jobs' } };
}

export function role(name: string, rules: Written[]): Written {
  return { apiVersion: RBAC, kind: 'Role', metadata: { name, namespace: 'jobs' }, rules };
}

export function clusterRole(name: string, rules: Written[]): Written {
  return { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name }, rules };
}

export function binding(name: string, roleRef: Written, subjects: Written[]): Written {
  return {
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata: { name: `${name}-binding`, namespace: 'jobs' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
    subjects,
  };
}

export function clusterBinding(name: string, role: string, subjects: Written[]): Written {
  return {
    apiVersion: RBAC,
    kind: 'ClusterRoleBinding',
    metadata: { name: `${name}-binding` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects,
  };
}

const RBAC = 'rbac.authorization.k8s.io/v1';

function application(kind: string, name: string): Written {
  const run = {
    type: 'Python',
    mode: 'cluster',
    image: 'registry.acme.dev/pi:1.0.0',
    mainApplicationFile: 'local:///opt/app/pi.py',
    arguments: ['--date', '2026-01-01'],
    sparkVersion: '4.0.4',
    sparkConf: ENCRYPTED,
    driver: { coreLimit: '1', serviceAccount: 'driver', template: template('driver') },
    executor: { instances: 2, coreLimit: '1', serviceAccount: 'executor', template: template('executor') },
  };
  const spec = kind === 'SparkApplication' ? run : { schedule: '@daily', template: run };
  return structuredClone({
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind,
    metadata: { name, namespace: 'jobs' },
    spec,
  });
}

function connect(): Written {
  const server = template('driver');
  const [container] = server.spec.containers;
  return structuredClone({
    apiVersion: 'sparkoperator.k8s.io/v1alpha1',
    kind: 'SparkConnect',
    metadata: { name: 'notebooks', namespace: 'jobs' },
    spec: {
      sparkVersion: '4.0.4',
      image: 'registry.acme.dev/pi:1.0.0',
      sparkConf: ENCRYPTED,
      server: {
        template: {
          spec: {
            ...server.spec,
            serviceAccountName: 'driver',
            containers: [{ ...container, resources: { limits: { cpu: '1', memory: '1Gi' } } }],
          },
        },
      },
      executor: {
        template: {
          spec: {
            ...template('executor').spec,
            serviceAccountName: 'executor',
            containers: [{ ...template('executor').spec.containers[0], resources: { limits: { cpu: 1 } } }],
          },
        },
      },
    },
  });
}

const ENCRYPTED = {
  'spark.authenticate': 'true',
  'spark.network.crypto.enabled': 'true',
  'spark.io.encryption.enabled': 'true',
};

/** A container that meets Pod Security `restricted` and cannot write to its root. */
export function container(name: string): { name: string; [field: string]: unknown } {
  return {
    name,
    image: 'registry.acme.dev/sidecar:1.0.0',
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    resources: { limits: { cpu: '100m', memory: '64Mi' } },
  };
}

function template(role: string): { spec: { containers: Written[]; [field: string]: unknown } } {
  const { name, securityContext } = container(`spark-kubernetes-${role}`);
  return {
    spec: {
      ...(role === 'executor' ? { automountServiceAccountToken: false } : {}),
      securityContext: { runAsNonRoot: true, runAsUser: 185, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name, securityContext, volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }],
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
    },
  };
}

function guard(): Written {
  const resourceRules = [
    {
      apiGroups: ['sparkoperator.k8s.io'],
      apiVersions: ['*'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'],
    },
  ];
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'plain-guard' },
    spec: { matchConstraints: { resourceRules }, validations: [{ expression: '!has(object.spec.proxyUser)' }] },
  };
}

function guardBinding(): Written {
  const namespaceSelector = { matchLabels: { 'pod-security.kubernetes.io/enforce': 'restricted' } };
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'plain-guard-jobs' },
    spec: { policyName: 'plain-guard', validationActions: ['Deny'], matchResources: { namespaceSelector } },
  };
}
