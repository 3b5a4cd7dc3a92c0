import { Call, inNamespace, object, post, Scene, SPARK } from './attack';

/** What a pod has beside, or instead of, what `hardenedPod` gives it. */
export interface PodChange {
  readonly metadata?: object;
  readonly spec?: object;
  /** Merged into the pod's security context. */
  readonly podSecurity?: object;
  readonly container?: object;
  /** Merged into the container's security context. */
  readonly containerSecurity?: object;
}

export const CONTAINER = { name: 'container', image: 'docker.io/apache/spark:4.0.4', command: ['sleep', 'infinity'] };

export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

export const AMOUNTS = { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' };

/** What a container needs that waits for commands, on a node that runs a job beside it. */
export const LITTLE = { requests: { ...AMOUNTS, cpu: '20m' }, limits: AMOUNTS };

/** A pod as drivers start executors: `restricted` admits it, quotas can count it, and no scheduler takes it. */
export function hardenedPod(name: string, change: PodChange = {}): object {
  return object('v1', 'Pod', name, {
    metadata: { name, ...change.metadata },
    spec: {
      serviceAccountName: 'spark-driver',
      schedulerName: 'none',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 185,
        seccompProfile: { type: 'RuntimeDefault' },
        ...change.podSecurity,
      },
      containers: [
        {
          ...CONTAINER,
          resources: { requests: AMOUNTS, limits: AMOUNTS },
          securityContext: { ...CONTAINER_SECURITY, ...change.containerSecurity },
          ...change.container,
        },
      ],
      ...change.spec,
    },
  });
}

/** Starts a pod in the attacker's own namespace. */
export function startPod({ home }: Scene, change: PodChange = {}): Call {
  return post(inNamespace(home, 'pods'), hardenedPod('foothold', change));
}

/** What an application has beside, or instead of, what the library gave it. */
export interface ApplicationChange {
  readonly metadata?: object;
  readonly spec?: object;
  readonly sparkConf?: object;
  readonly driver?: object;
  readonly executor?: object;
  /** Merged into the pod templates. */
  readonly driverPod?: object;
  readonly executorPod?: object;
  /** Added to the volumes of the driver's pod template. */
  readonly driverVolumes?: readonly object[];
  /** Merged into the Spark container of the driver's pod template. */
  readonly driverContainer?: object;
}

/** An application of the library's, changed. */
export function applicationOf({ application }: Scene, change: ApplicationChange = {}): object {
  const { driver, executor, sparkConf, ...spec } = application;
  const { containers, volumes = [], ...pod } = driver.template.spec;
  const [spark, ...others] = containers;
  const driverPod = {
    ...pod,
    volumes: [...volumes, ...(change.driverVolumes ?? [])],
    containers: [{ ...spark, ...change.driverContainer }, ...others],
    ...change.driverPod,
  };
  return object(SPARK, 'SparkApplication', 'foothold', {
    metadata: { name: 'foothold', ...change.metadata },
    spec: {
      ...spec,
      sparkConf: { ...sparkConf, ...change.sparkConf },
      driver: { ...driver, template: { spec: driverPod }, ...change.driver },
      executor: {
        ...executor,
        template: { spec: { ...executor.template.spec, ...change.executorPod } },
        ...change.executor,
      },
      ...change.spec,
    },
  });
}

/** An application as the other team has them. */
export function othersApplicationOf(scene: Scene): object {
  return applicationOf({ ...scene, application: scene.othersApplication });
}

/** Submits an application to the attacker's own namespace. */
export function submit(scene: Scene, change: ApplicationChange = {}): Call {
  return post(inNamespace(scene.home, 'sparkapplications', SPARK), applicationOf(scene, change));
}

export function tokenRequest(expirationSeconds = 3600): object {
  return { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [], expirationSeconds } };
}

/** Asks the API server who one is. */
export function selfReview(): Call {
  return post('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview',
  });
}

/** A request for the certificate of a client. */
export function certificateRequest(name: string, csr: string): object {
  return object('certificates.k8s.io/v1', 'CertificateSigningRequest', name, {
    spec: { request: csr, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] },
  });
}
