import { Chart } from 'cdk8s';
import { k8s, Secret, ServiceAccount } from 'cdk8s-plus-28';
import { SparkAdmissionGuard } from '../../../lib/admission-guard/spark-admission-guard';
import { HostNamespace } from '../../../lib/job-namespace/admission/admission-rules';
import { Guarantee, Relaxation } from '../../../lib/guarantees/relaxation';
import { PodSecurityLevel } from '../../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../../lib/job-namespace/spark-job-namespace';
import { SparkApp } from '../../../lib/program/spark-app';

/** Namespaces with a guard and without an operator: what is admitted is asked of the API server alone. */
const app = new SparkApp();
const platform = new Chart(app, 'platform');
new k8s.KubeNamespace(platform, 'parameters', { metadata: { name: 'guard-parameters' } });

const strict = new SparkJobNamespace(platform, 'guard-strict', {
  admission: { imageRepositories: ['registry.acme.dev'] },
});
const open = new SparkJobNamespace(platform, 'guard-open', {
  admission: {
    imageRepositories: ['registry.acme.dev', 'docker.io/library/spark'],
    fileSchemes: ['s3a'],
    packages: ['org.acme:', 'com.acme:one:1'],
    sparkConf: ['spark.acme.', 'spark.kubernetes.file.upload.path'],
    hadoopConf: ['fs.s3a.endpoint'],
    secrets: [Secret.fromSecretName(platform, 'known', 'known')],
    volumeKinds: ['csi'],
    podFields: ['hostAliases'],
    priorityClasses: ['low'],
    schedulers: ['volcano'],
    nodeNames: ['node-1'],
    tolerations: ['pool'],
  },
  packageRepositories: ['https://maven.acme.dev/releases'],
  allow: [
    Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, 'for a test'),
    Relaxation.of(Guarantee.NO_EXECUTOR_API_TOKEN, 'for a test'),
    Relaxation.of(Guarantee.PINNED_IMAGES, 'for a test'),
  ],
});
const baseline = new SparkJobNamespace(platform, 'guard-baseline', {
  podSecurity: PodSecurityLevel.BASELINE,
  admission: { imageRepositories: ['registry.acme.dev'] },
});
const privileged = new SparkJobNamespace(platform, 'guard-privileged', {
  podSecurity: PodSecurityLevel.PRIVILEGED,
  admission: {
    imageRepositories: ['registry.acme.dev'],
    volumeKinds: ['hostPath'],
    hostNamespaces: [HostNamespace.NETWORK],
  },
});
strict.grants.submit(
  ServiceAccount.fromServiceAccountName(platform, 'robot', 'robot', { namespaceName: 'guard-parameters' }),
);
// A namespace of another program, of which this one knows only the name.
new k8s.KubeNamespace(platform, 'elsewhere', { metadata: { name: 'guard-elsewhere' } });
const guard = new SparkAdmissionGuard(platform, 'guard', {
  namespace: 'guard-parameters',
  name: 'guard-test',
  jobNamespaces: [strict, open, baseline, privileged],
  admission: { imageRepositories: ['registry.acme.dev'] },
});
guard.addExistingJobNamespace('guard-elsewhere');

app.synth();
