import { ExplanationKind } from '../../lib/explain/explanation';

/** A text that users met, and what the explanation of it must be and say. */
export interface KnownError {
  /** Where it is recorded: a row of docs/failures.md, or a measurement. */
  readonly from: string;
  readonly text: string;
  readonly kind: ExplanationKind;
  /** Parts of the sentences of its explanations. */
  readonly says: readonly string[];
}

const WORKER = 'User "system:serviceaccount:airflow:airflow-worker"';
const IN_TEAM_1 = 'in the namespace "team-1"';
const SPARK = 'in API group "sparkoperator.k8s.io"';
const SECURE = 'new SecureSparkApplication(';

export const KNOWN_ERRORS: readonly KnownError[] = [
  {
    from: 'row 1',
    text: 'pods is forbidden: User "system:serviceaccount:sdap:sdap-spark" cannot create resource "pods" in API group "" in the namespace "sdap"',
    kind: 'forbidden',
    says: [
      'this is what a driver does (starts executors)',
      "driverServiceAccount: ServiceAccount.fromServiceAccountName(chart, 'sdap-spark'",
    ],
  },
  {
    from: 'row 1',
    text: "Forbidden!Configured service account doesn't have access. Service account may have been revoked.",
    kind: 'known-failure',
    says: ["Spark's Kubernetes client was refused with 403", 'drivers get their rights with their SparkJobNamespace'],
  },
  {
    from: 'row 2',
    text: 'serviceaccount "spark" not found',
    kind: 'known-failure',
    says: ['names the service account "spark", which does not exist', 'driverServiceAccount of the SparkJobNamespace'],
  },
  {
    from: 'row 3',
    text: 'pods "xxx" is forbidden: ... cannot get resource "pods" ...: RBAC: role.rbac.authorization.k8s.io "spark-sa" not found',
    kind: 'forbidden',
    says: ['a binding names the role "spark-sa", which does not exist', 'makes Role and RoleBinding together'],
  },
  {
    from: 'row 7, case 1',
    text: `sparkapplications.sparkoperator.k8s.io "pyspark-pi" is forbidden: User "system:serviceaccount:spark-jobs:spark-sa" cannot get resource "sparkapplications" ${SPARK} in the namespace ...`,
    kind: 'forbidden',
    says: [
      'if it is the account that drivers run as, grant it nothing',
      'a submitter does',
      'the text does not say in which namespace',
    ],
  },
  {
    from: 'row 7',
    text: 'sparkapplications.sparkoperator.k8s.io "pyspark-pi" is forbidden: User "system:serviceaccount:spark-jobs:spark-sa" cannot get resource "sparkapplications"',
    kind: 'forbidden',
    says: [
      'if it is the account that drivers run as, grant it nothing',
      '.grants.view(ServiceAccount.fromServiceAccountName(',
    ],
  },
  {
    from: 'row 8',
    text: 'cannot get resource "pods/log"',
    kind: 'forbidden',
    says: ['grant view', 'jobNamespace.grants.view(subject', 'the text does not say who asks'],
  },
  {
    from: 'row 10',
    text: 'persistentvolumeclaims is forbidden',
    kind: 'known-failure',
    says: ['those of a driver by the operator', 'LocalDirectories.onDemandClaim('],
  },
  {
    from: 'row 15',
    text: 'sun.security.validator.ValidatorException',
    kind: 'known-failure',
    says: ['automountServiceAccountToken: true for drivers and false for executors'],
  },
  {
    from: 'row 16',
    text: 'namespaces "spark-operator" not found',
    kind: 'known-failure',
    says: [
      'the namespace "spark-operator" does not exist',
      'SparkOperator and SparkJobNamespace write their Namespaces',
    ],
  },
  {
    from: 'row 19',
    text: 'failed to run spark-submit: ... unsupported volume type',
    kind: 'known-failure',
    says: ['use localDirectories'],
  },
  {
    from: 'row 19',
    text: 'volume spark-local-dir-1 not found',
    kind: 'known-failure',
    says: ['use localDirectories and nothing else for them'],
  },
  {
    from: 'row 19',
    text: 'Duplicate value: "spark-local-dir-1"',
    kind: 'known-failure',
    says: ['local directories are set in two places at once'],
  },
  {
    from: 'row 20',
    text: 'strict decoding error: unknown field "spec.driver.template"',
    kind: 'known-failure',
    says: ['do not know the field spec.driver.template', 'SparkOperator writes the definitions of its release'],
  },
  {
    from: 'row 20',
    text: 'strict decoding error: unknown field "spec.driver.securityContext.seccompProfile"',
    kind: 'known-failure',
    says: ['do not know the field spec.driver.securityContext.seccompProfile', 'driver.template'],
  },
  {
    from: 'row 23',
    text: 'sparkConf key "spark.kubernetes.authenticate.driver.serviceAccountName" is not allowed: configure the service account via the CRD spec instead',
    kind: 'webhook',
    says: [
      'refuses the configuration key spark.kubernetes.authenticate.driver.serviceAccountName',
      'use the accounts of the job namespace',
    ],
  },
  {
    from: 'row 25',
    text: 'admission webhook ... denied the request: [privilege-escalation] Privilege escalation container is not allowed: spark-kubernetes-executor',
    kind: 'webhook',
    says: ['a policy of your cluster (privilege-escalation) refuses a container that is not hardened', SECURE],
  },
  {
    from: 'row 27',
    text: 'failed calling webhook ...: x509: certificate signed by unknown authority',
    kind: 'webhook',
    says: ['the API server cannot call a webhook', 'WebhookCertificates.certManager()'],
  },
  {
    from: 'row 27',
    text: 'failed calling webhook "mutate--v1-pod.sparkoperator.k8s.io": Post "https://10.0.0.7:9443": Address is not allowed',
    kind: 'webhook',
    says: ['a way from the API server to port 9443', 'firewall rule'],
  },
  {
    from: 'row 28',
    text: 'Internal error occurred: failed calling webhook "mutate-sparkoperator-k8s-io-v1beta2-sparkapplication.sparkoperator.k8s.io": failed to call webhook: Post "https://spark-operator-webhook-svc.spark-operator.svc:443/mutate?timeout=10s": no endpoints available for service "spark-operator-webhook-svc"',
    kind: 'webhook',
    says: ['a webhook pod that is ready', 'rollout status deployment/spark-operator-webhook'],
  },
  {
    from: 'row 29',
    text: 'java.nio.file.FileSystemException: /tmp/spark-e501...: Read-only file system',
    kind: 'known-failure',
    says: ['writes into the root file system, which is read-only', 'WritableDirectory.emptyDir('],
  },
  {
    from: 'row 30',
    text: '/opt/entrypoint.sh: line 40: /tmp/java_opts.txt: Permission denied',
    kind: 'known-failure',
    says: ['cannot write its Java options', SECURE],
  },
  {
    from: 'row 31',
    text: 'AccessDeniedException: ./spark-examples_2.11-2.4.4.jar',
    kind: 'known-failure',
    says: ['cannot copy spark-examples_2.11-2.4.4.jar into its working directory', SECURE],
  },
  {
    from: 'row 32',
    text: 'Local jar ... does not exist, skipping.',
    kind: 'known-failure',
    says: [
      'is not in the image, or a volume is mounted over it',
      'synth refuses local:/// files below a writable directory',
    ],
  },
  {
    from: 'row 32',
    text: 'ClassNotFoundException',
    kind: 'known-failure',
    says: ['a class is not there', 'dependencies: {'],
  },
  {
    from: 'row 33',
    text: 'FileNotFoundException: /home/spark/.ivy2/cache/resolved-org.apache.spark-spark-submit-parent-...-1.0.xml (No such file or directory)',
    kind: 'known-failure',
    says: ['the Ivy folder cannot be written', 'use dependencies.packages'],
  },
  {
    from: 'row 34',
    text: 'ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found',
    kind: 'known-failure',
    says: ['the S3A connector is missing', 'in that of the operator'],
  },
  {
    from: 'row 35',
    text: 'Failed to create local dir in /tmp/spark-local-dir-1',
    kind: 'known-failure',
    says: ['fsGroup', 'LocalDirectories.onDemandClaim('],
  },
  {
    from: 'row 36',
    text: 'persistentvolumeclaims "test-1" already exists',
    kind: 'known-failure',
    says: ['several executors want to make the same claim "test-1"', 'shared: true'],
  },
  {
    from: 'row 37',
    text: 'Permission denied: user=5089, access=WRITE, inode="/user/.../streaming_checkpoint"',
    kind: 'cloud-storage',
    says: ['HDFS refuses WRITE on /user/.../streaming_checkpoint to the user 5089', 'HADOOP_USER_NAME'],
  },
  {
    from: 'row 39',
    text: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    kind: 'cloud-storage',
    says: ['its trust policy does not name it', 'system:serviceaccount:NAMESPACE:ACCOUNT'],
  },
  {
    from: 'row 40',
    text: 'GoogleJsonResponseException: 403 Forbidden POST https://...',
    kind: 'cloud-storage',
    says: [
      'Google Cloud Storage refuses a request of the job (403)',
      'a role that only creates objects is not enough for a checkpoint',
    ],
  },
  {
    from: 'row 42',
    text: 'rename from abfss://.../offsets/.415696....tmp to ... failed',
    kind: 'cloud-storage',
    says: ['refuses to rename a file of a checkpoint', 'hierarchical namespace'],
  },
  {
    from: 'row 44',
    text: 'Mkdirs failed to create file:/...',
    kind: 'known-failure',
    says: ['lies on a local path, which driver and executors do not share'],
  },
  {
    from: 'row 45',
    text: 'metadata.labels: Invalid value: "...": must be no more than 63 characters',
    kind: 'known-failure',
    says: ['a name is too long for a label', '43 for a ScheduledSparkApplication'],
  },
  {
    from: 'row 49',
    text: 'The CustomResourceDefinition "sparkapplications.sparkoperator.k8s.io" is invalid: metadata.annotations: Too long: must have at most 262144 bytes',
    kind: 'known-failure',
    says: ['the definitions that SparkOperator writes are small enough'],
  },
  {
    from: 'row 50',
    text: 'failed quota: system-resourcequota: must specify limits.cpu',
    kind: 'known-failure',
    says: ['the quota "system-resourcequota" wants requests and limits', 'limitRange of the SparkJobNamespace'],
  },
  {
    from: 'row 52',
    text: 'spec.driver.cores: Invalid value: 0.25: ... should be greater than or equal to 1',
    kind: 'known-failure',
    says: ['cores is 0.25', 'coreRequest'],
  },
  {
    from: 'row 52',
    text: 'Invalid value: "1": must be less than or equal to cpu limit',
    kind: 'known-failure',
    says: ['the cpu request 1 is above the limit', 'coreLimit'],
  },
  {
    from: 'row 54',
    text: 'Unable to register with external shuffle server ... :7337',
    kind: 'known-failure',
    says: ['does not exist on Kubernetes', 'dynamicAllocation'],
  },
  {
    from: 'row 55',
    text: 'enqueuing it for submission',
    kind: 'known-failure',
    says: ['waits for a batch scheduler that the operator does not know', 'batchSchedulers'],
  },
  {
    from: 'row 57',
    text: 'bad argument #1 to pairs',
    kind: 'known-failure',
    says: ["Argo CD's health check", 'set executor.instances'],
  },
  {
    from: 'row 59',
    text: 'Initial job has not accepted any resources',
    kind: 'known-failure',
    says: ['the driver has no executors', 'sidecar.istio.io/inject'],
  },
  {
    from: 'row 63',
    text: 'driver pod already exist',
    kind: 'known-failure',
    says: ['an object that exists already (409)', 'a config map, a service or a volume claim'],
  },
  {
    from: 'row 66',
    text: "unable to execute 'helm' to render Helm chart. Is it installed on your system?",
    kind: 'known-failure',
    says: ['SparkOperator writes plain manifests'],
  },
  {
    from: 'row 67',
    text: "Duplicate identifier 'STRIPPED_BY_CDK8S'",
    kind: 'known-failure',
    says: ['the types are in this library'],
  },
  {
    from: 'row 67',
    text: 'only enums with string or number values are supported',
    kind: 'known-failure',
    says: ['the types are in this library'],
  },
  {
    from: 'case 2',
    text: '... does not have storage.buckets.create access ...',
    kind: 'cloud-storage',
    says: ['refuses to create a bucket', 'no job should be given it or storage.admin', 'never by a job'],
  },
  {
    from: 'case 5',
    text: 'Read-only file system',
    kind: 'known-failure',
    says: ['the root file system, which is read-only'],
  },
  {
    from: 'Pod Security, measured',
    text: 'failed to submit spark application: ... pods "pi-driver" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "spark-kubernetes-driver" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities ...',
    kind: 'pod-security',
    says: [
      'refuses the pod "pi-driver"',
      'the rules of allowPrivilegeEscalation != false and unrestricted capabilities',
      SECURE,
    ],
  },
  {
    from: 'Pod Security, in a task of Airflow',
    text: 'violates PodSecurity "restricted:latest"',
    kind: 'pod-security',
    says: ['Pod Security admission refuses a pod', SECURE],
  },
  {
    from: 'Airflow, error 1',
    text: `pods is forbidden: ${WORKER} cannot list resource "pods" in API group "" ${IN_TEAM_1}`,
    kind: 'forbidden',
    says: [
      "team1.grants.submit(ServiceAccount.fromServiceAccountName(chart, 'airflow-worker', 'airflow-worker', { namespaceName: 'airflow' }), { tools: [SubmitterTool.AIRFLOW] });",
    ],
  },
  {
    from: 'Airflow, error 2',
    text: `sparkapplications.sparkoperator.k8s.io is forbidden: User ... cannot create resource "sparkapplications" ${SPARK} ${IN_TEAM_1}`,
    kind: 'forbidden',
    says: [
      'team1.grants.submit(subject, { kinds: [ApplicationKind.SPARK_APPLICATION] });',
      'the text does not say who asks',
    ],
  },
  {
    from: 'Airflow, error 3',
    text: `sparkapplications.sparkoperator.k8s.io "airflow-pi" is forbidden: User ... cannot get resource "sparkapplications/status" ${SPARK} ...`,
    kind: 'forbidden',
    says: [
      'get sparkapplications/status "airflow-pi"',
      'jobNamespace.grants.submit(subject, { tools: [SubmitterTool.AIRFLOW] });',
    ],
  },
  {
    from: 'Airflow, error 4',
    text: 'pods "airflow-pi-driver" is forbidden: User ... cannot get resource "pods" in API group "" ...',
    kind: 'forbidden',
    says: ['get pods "airflow-pi-driver"', 'jobNamespace.grants.submit(subject, { tools: [SubmitterTool.AIRFLOW] });'],
  },
  {
    from: 'Airflow, error 5',
    text: '... cannot get resource "pods/log" in API group "" ...',
    kind: 'forbidden',
    says: ['get pods/log', 'grants.view(subject'],
  },
  {
    from: 'Airflow, error 5',
    text: 'cannot patch resource "pods"',
    kind: 'forbidden',
    says: [
      "Airflow's SparkKubernetesOperator asks for this: if it is that, grant submit",
      'jobNamespace.grants.submit(subject, { tools: [SubmitterTool.AIRFLOW] });',
    ],
  },
  {
    from: 'Airflow, a job that fails late',
    text: 'cannot patch resource pods',
    kind: 'forbidden',
    says: ['patch pods'],
  },
  {
    from: 'Airflow, error 6',
    text: `sparkapplications.sparkoperator.k8s.io "airflow-pi" is forbidden: User ... cannot delete resource "sparkapplications" ...`,
    kind: 'forbidden',
    says: [
      'delete sparkapplications "airflow-pi"',
      'jobNamespace.grants.submit(subject, { tools: [SubmitterTool.AIRFLOW] });',
    ],
  },
  {
    from: 'Airflow',
    text: 'Pod pi-driver returned a failure.',
    kind: 'known-failure',
    says: ['the driver pi-driver failed'],
  },
  {
    from: 'Airflow',
    text: 'Spark Job Failed. Error stack: driver container failed with ExitCode: 2, Reason: Error',
    kind: 'known-failure',
    says: ['the job itself ended with exit code 2', 'explain --application NAME'],
  },
  {
    from: 'Airflow',
    text: '409 ... "airflow-quick" already exists',
    kind: 'known-failure',
    says: ['an object "airflow-quick" exists already', 'random_name_suffix'],
  },
  {
    from: 'kubectl wait',
    text: 'timed out waiting for the condition',
    kind: 'known-failure',
    says: ['kubectl says nothing when it may not list', 'grants.view'],
  },
  {
    from: 'kubectl apply --server-side',
    text: 'cannot create',
    kind: 'forbidden',
    says: ['the text does not say who asks, for which resource and in which namespace'],
  },
  {
    from: 'streaming',
    text: 'driver container failed with ExitCode: 1, Reason: Error',
    kind: 'known-failure',
    says: ['the job itself ended with exit code 1'],
  },
  {
    from: 'streaming',
    text: 'py4j.protocol.Py4JJavaError: An error occurred while calling o77.start. : java.nio.file.AccessDeniedException: ...',
    kind: 'cloud-storage',
    says: ['a streaming query cannot start'],
  },
  {
    from: 'streaming, without GetObject on the bare key',
    text: 's3a://B/checkpoints/JOB: getFileStatus on s3a://B/checkpoints/JOB: ...S3Exception: null (Service: S3, Status Code: 403, Request ID: ...):null',
    kind: 'cloud-storage',
    says: ['s3:GetObject on s3a://B/checkpoints/JOB;', 'also on the bare key', 'a wrong secret key', 's3:ListBucket'],
  },
  {
    from: 'streaming, without GetObject, and with a wrong secret key',
    text: 's3a://B/out/JOB/_spark_metadata: getFileStatus on ...: S3Exception: null (Service: S3, Status Code: 403, ...):null',
    kind: 'cloud-storage',
    says: ['s3:GetObject on s3a://B/out/JOB/_spark_metadata;'],
  },
  {
    from: 'streaming, without ListBucket',
    text: 's3a://B/out/JOB/_spark_metadata: getFileStatus on ...: S3Exception: Access Denied. (Service: S3, Status Code: 403, ...):AccessDenied',
    kind: 'cloud-storage',
    says: ['s3:ListBucket on the bucket', 's3:prefix that s3a://B/out/JOB/_spark_metadata fits'],
  },
  {
    from: 'streaming, without PutObject',
    text: 'out/JOB/_spark_metadata: PUT 0-byte object  on out/JOB/_spark_metadata: S3Exception: Access Denied. (... 403 ...):AccessDenied',
    kind: 'cloud-storage',
    says: ['s3:PutObject on out/JOB/_spark_metadata'],
  },
  {
    from: 'streaming, without DeleteObject',
    text: 's3a://B/checkpoints/JOB/.metadata.UUID.tmp: delete on ...: S3Exception: Access Denied. (... 403 ...):AccessDenied',
    kind: 'cloud-storage',
    says: ['s3:DeleteObject on s3a://B/checkpoints/JOB/.metadata.UUID.tmp'],
  },
  {
    from: 'streaming, without DeleteObject',
    text: 'ERROR StreamMetadata: Error writing stream metadata StreamMetadata(...) to s3a://B/checkpoints/JOB/metadata',
    kind: 'cloud-storage',
    says: ['the checkpoint on S3 cannot be committed', 's3:DeleteObject'],
  },
  {
    from: 'streaming, harmless',
    text: 'INFO MkdirOperation: mkdirs(s3a://B/out/JOB/_spark_metadata}: Access denied when looking for parent directory s3a://B/out/JOB; skipping checks',
    kind: 'cloud-storage',
    says: ['this is no error'],
  },
  {
    from: 'streaming, credentials',
    text: 'WARN TaskSetManager: Lost task 0.0 in stage 0.0 ... AccessDeniedException: s3a://...: org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials provided by EnvironmentVariableCredentialsProvider : ...Unable to load credentials from system settings. Access key must be specified either via environment variable (AWS_ACCESS_KEY_ID) or system property (aws.accessKeyId).',
    kind: 'cloud-storage',
    says: ['has no AWS credentials', 'that EnvironmentVariableCredentialsProvider reads', 'in driver and in executor'],
  },
  {
    from: 'streaming, no writable /tmp',
    text: 'ERROR JavaUtils: Failed to create directory /tmp/spark-UUID',
    kind: 'known-failure',
    says: ['the root file system, which is read-only'],
  },
  {
    from: 'streaming, no writable /tmp',
    text: 'java.nio.file.FileSystemException: ...: Read-only file system',
    kind: 'known-failure',
    says: ['the root file system, which is read-only'],
  },
  {
    from: 'streaming, no writable /tmp for S3A',
    text: 'WARN LocalDirAllocator$AllocatorPerContext: Failed to create /tmp/hadoop-spark/s3a',
    kind: 'known-failure',
    says: ['S3A finds no directory for its buffers', 'fs.s3a.buffer.dir'],
  },
  {
    from: 'streaming, no writable /tmp for S3A',
    text: 'org.apache.hadoop.util.DiskChecker$DiskErrorException: Could not find any valid local directory for s3ablock-0001- with requested size 67108864 as the max capacity in any directory is 0',
    kind: 'known-failure',
    says: ['S3A finds no directory for its buffers'],
  },
  {
    from: 'event log in a folder that is not there',
    text: [
      'java.io.FileNotFoundException: No such file or directory: s3a://acme-streams/event-logs',
      '\tat org.apache.hadoop.fs.s3a.S3AFileSystem.s3GetFileStatus(S3AFileSystem.java:4156)',
      '\tat org.apache.hadoop.fs.s3a.S3AFileSystem.innerGetFileStatus(S3AFileSystem.java:4007)',
      '\tat org.apache.spark.deploy.history.EventLogFileWriter.requireLogBaseDirAsDirectory(EventLogFileWriters.scala:80)',
    ].join('\n'),
    kind: 'known-failure',
    says: ['the folder s3a://acme-streams/event-logs of event logs does not exist', 'put an empty object there once'],
  },
  {
    from: 'streaming, checkpoint on a local disk',
    text: 'INFO MicroBatchExecution: Starting new streaming query.',
    kind: 'known-failure',
    says: ['new records are dropped without an error', 'keep the checkpoint on an object store'],
  },
  {
    from: 'streaming, checkpoint on a local disk',
    text: 'INFO FileStreamSink: Skipping already committed batch 0',
    kind: 'known-failure',
    says: ['new records are dropped without an error'],
  },
  {
    from: 'streaming, as it should be',
    text: 'Resuming at batch 0 with committed offsets {}',
    kind: 'known-failure',
    says: ['this is no error'],
  },
  {
    from: 'the official image',
    text: 'Error: container has runAsNonRoot and image has non-numeric user (spark), cannot verify user is non-root',
    kind: 'known-failure',
    says: ['names its user ("spark")', 'runAsUser 185'],
  },
  {
    from: 'Azure',
    text: 'Operation failed: "This request is not authorized to perform this operation using this permission.", 403, HEAD, https://acme.dfs.core.windows.net/streams, AuthorizationPermissionMismatch',
    kind: 'cloud-storage',
    says: ['Azure Storage refuses a request', 'Storage Blob Data Contributor'],
  },
];
