import { KnownText, knownTexts } from './known-text';

const LEAST =
  'on the bucket and the prefix of the job alone; all of get, list, create and delete, since a checkpoint is committed by writing, renaming and deleting';
const IDENTITY = 'to the cloud identity that the accounts of driver and executors are bound to';
const BIND =
  'bind the account to its cloud identity by its annotation or association, and give such an account to the job namespace (driverServiceAccount, executorServiceAccount)';
const AWS_BUCKET = 'arn:aws:s3:::BUCKET';

/** What object stores say. The group `principal` is who asked, and the group `object` on what, where the text says it. */
export const CLOUD_TEXTS: readonly KnownText[] = knownTexts([
  {
    pattern: /does not have (?<= (?<principal> [A-Za-z0-9._@-]{0,300}) does not have) storage\.buckets\.create/,
    what: 'Google Cloud Storage refuses to create a bucket: the connector tries to when it cannot see the one that the job names',
    lacks:
      'a bucket of that name that it can see; storage.buckets.create is not what is missing, and no job should be given it or storage.admin',
    advice: `look whether the bucket exists and is spelt so; a missing one is made by an administrator (Terraform, gcloud storage buckets create), never by a job. If it exists, grant storage.objects.get, list, create and delete ${IDENTITY}, ${LEAST}`,
  },
  {
    pattern:
      /does not have (?<= (?<principal> [A-Za-z0-9._@-]{0,300}) does not have) (?<permission> storage\.objects\.[a-zA-Z]{1,40}?) access/,
    what: 'Google Cloud Storage refuses an object',
    lacks: '{permission} on the bucket',
    advice: `grant storage.objects.get, list, create and delete ${IDENTITY}, not storage.admin: ${LEAST}`,
  },
  {
    pattern:
      /does not have (?<= (?<principal> [A-Za-z0-9._@-]{0,300}) does not have) (?<permission> storage\.(?!objects|buckets\.create)[a-z]{1,40}\.[a-zA-Z]{1,40}?) access/,
    what: 'Google Cloud Storage refuses a request',
    lacks: '{permission}, which a job should not need',
    advice: `do not grant it; jobs need rights on objects only. Grant storage.objects.get, list, create and delete ${IDENTITY}, ${LEAST}`,
  },
  {
    pattern: /GoogleJsonResponseException: 403 Forbidden (?: (?<method> GET | POST | PUT | DELETE | HEAD) )?/,
    what: 'Google Cloud Storage refuses a request of the job (403)',
    lacks: 'a permission on the bucket, or a cloud identity at all: the text does not say which',
    advice: `the lines after it name the identity and the permission. ${BIND}; grant rights on objects ${IDENTITY}, ${LEAST}; a role that only creates objects is not enough for a checkpoint`,
    general: true,
  },
  {
    pattern:
      /User: (?<principal> arn:aws[a-z-]{0,10}:(?:sts|iam)::[A-Za-z0-9:\/_+=,.@-]{1,300}?) is not authorized to perform: s3:CreateBucket/,
    what: 'S3 refuses to create a bucket',
    lacks: 'nothing: no job should create buckets',
    advice: 'the bucket is missing or misspelt; an administrator makes it, never a job',
  },
  {
    pattern:
      /User: (?<principal> arn:aws[a-z-]{0,10}:(?:sts|iam)::[A-Za-z0-9:\/_+=,.@-]{1,300}?) is not authorized to perform: (?<action> s3:[A-Za-z]{1,60}?) (?: on resource | because | with | " | $)/,
    what: 'S3 refuses a request of the job',
    lacks: '{action}',
    advice: `grant {action} ${IDENTITY}, on ${AWS_BUCKET} (s3:ListBucket, with the condition s3:prefix) or ${AWS_BUCKET}/PREFIX/* (objects) alone`,
  },
  {
    pattern: /Not authorized to perform sts:AssumeRoleWithWebIdentity/,
    what: 'AWS refuses the role to the account: its trust policy does not name it',
    lacks: 'a trust policy whose condition on "sub" is system:serviceaccount:NAMESPACE:ACCOUNT',
    advice:
      "write the real names into the trust policy: the job namespace, and spark-driver or the account of driverServiceAccount (the executors' likewise)",
  },
  {
    pattern:
      /NoAuthWithAWSException: No AWS Credentials provided by (?<provider> [A-Za-z0-9]{1,80}?CredentialsProvider)?/,
    what: 'this pod has no AWS credentials of the kind that is asked for',
    who: 'the driver if it is in start(), else an executor',
    lacks: 'the variables or the identity that {provider} reads',
    advice: `with EnvironmentVariableCredentialsProvider both roles need the variables: env or envFrom of a Secret, in driver and in executor; better, ${BIND}`,
    code: 'executor: { envFrom: [new EnvFrom(undefined, undefined, secret)] },',
  },
  {
    pattern:
      /getFileStatus on (?<= (?: (?<object> s3a:\/\/[^\s:"']{1,400}) : )? getFileStatus on) .{0,900}? S3Exception: null \( .{0,60}? 403/,
    what: 'S3 refuses HEAD of {object}: the answer has no body and so no reason, and several causes look the same',
    lacks:
      's3:GetObject on {object}; or on AWS, where HEAD of an object that is not there is refused too without it, s3:ListBucket with the prefix; or nothing, and the keys are not valid (a wrong secret key, an expired token)',
    advice: `grant s3:GetObject ${IDENTITY}: for a checkpoint also on the bare key of its directory. If the policy has both, look at the Secret or role`,
  },
  {
    pattern:
      /getFileStatus on (?<= (?: (?<object> s3a:\/\/[^\s:"']{1,400}) : )? getFileStatus on) .{0,900}? S3Exception: Access Denied/,
    what: 'S3 refuses to list below {object}',
    lacks: 's3:ListBucket on the bucket, with a condition s3:prefix that {object} fits',
    advice: `grant s3:ListBucket ${IDENTITY}, on the bucket with the condition StringLike s3:prefix: PATH/*`,
  },
  {
    pattern:
      /PUT (?<= (?: (?<object> (?: s3a:)? [A-Za-z0-9_.=\/-]{1,400}) : )? PUT) (?: 0-byte object )? on .{0,900}? S3Exception: Access Denied/,
    what: 'S3 refuses to write {object}',
    lacks: 's3:PutObject on {object}',
    advice: `grant s3:PutObject ${IDENTITY}, on PATH/* of the job alone`,
    changes: true,
  },
  {
    pattern:
      /delete on (?<= (?: (?<object> s3a:\/\/[^\s:"']{1,400}) : )? delete on) .{0,900}? S3Exception: Access Denied/,
    what: 'S3 refuses to delete {object}: files of checkpoints and of logs of sinks are written under another name first, and that is deleted',
    lacks: 's3:DeleteObject on {object}',
    advice: `grant s3:DeleteObject ${IDENTITY}, on PATH/* of the job alone; a role that may only write is not enough`,
    changes: true,
  },
  {
    pattern: /Error writing stream metadata .{0,400}? to s3a:\/\//,
    what: 'the checkpoint on S3 cannot be committed',
    lacks: 'mostly s3:DeleteObject on the checkpoint: the file is there, and the temporary one cannot be deleted',
    advice: `grant get, put and delete of objects ${IDENTITY}, on ${AWS_BUCKET}/checkpoints/JOB/* alone; the next line of the log names what was refused`,
    general: true,
  },
  {
    pattern: /Access denied when looking for parent directory .{0,300}? ; skipping checks/,
    what: 'S3A may not see the bare key of the directory and says so at INFO: this is no error',
    lacks: 'nothing',
    advice: 'nothing is to be done',
    general: true,
  },
  {
    pattern:
      /AccessDeniedException: s3a:\/\/ | AmazonS3Exception: (?: Forbidden | Access Denied) | S3Exception: (?: null | Access Denied) .{0,80}? 403 | <Code>AccessDenied< | AccessDenied \) when calling/,
    what: 'S3 refuses a request of the job (403)',
    lacks: 'a permission on the bucket; the text does not say which',
    advice: `give the whole message, with the operation (getFileStatus, PUT, delete). ${BIND}; grant rights on objects ${IDENTITY}, ${LEAST}`,
    general: true,
  },
  {
    pattern: /calling o\d+\.start .{0,40}? java\.nio\.file\.AccessDeniedException/,
    what: 'a streaming query cannot start, since the store of its checkpoint or output refuses the driver',
    lacks: 'a permission on the bucket; the text is cut before it says which',
    advice: `give the lines after AccessDeniedException. ${BIND}; grant rights on objects ${IDENTITY}, ${LEAST}`,
    general: true,
  },
  {
    pattern:
      /AuthorizationPermissionMismatch | This request is not authorized to perform this operation using this permission/,
    what: 'Azure Storage refuses a request: the identity is known, and has no role for it on the container',
    lacks: 'a data role; Owner and Contributor are none',
    advice: `grant Storage Blob Data Contributor ${IDENTITY}, on the container alone, not on the account of the storage`,
  },
  {
    pattern: /AuthorizationFailure | This request is not authorized to perform this operation \.? (?! using)/,
    what: 'Azure Storage refuses the request, mostly by its firewall, before it looks at roles',
    lacks: "a network path that the storage account admits, or a pod with the identity's token",
    advice:
      "let the storage account's firewall admit the cluster's network, and allow the way out with allowEgress of the SparkJobNamespace; pods need the label azure.workload.identity/use",
    code: "driver: { labels: { 'azure.workload.identity/use': 'true' } }, executor: { labels: { 'azure.workload.identity/use': 'true' } },",
  },
  {
    pattern: /rename from abfss?:\/\/ .{0,600}? failed/,
    what: 'Azure Data Lake Storage refuses to rename a file of a checkpoint',
    lacks: 'a role to write and delete on the container, or the hierarchical namespace of the storage account',
    advice: `grant Storage Blob Data Contributor ${IDENTITY}, on the container alone; use abfss only with a hierarchical namespace, and one checkpoint path for each job`,
  },
  {
    pattern:
      /Permission denied: user= (?<user> [^,]{1,100}) , access= (?<access> [A-Z_]{1,20}) , inode= " (?<inode> [^"]{1,500}) "/,
    what: 'HDFS refuses {access} on {inode} to the user {user}',
    lacks: 'the right user name: Hadoop takes that of the process, whatever runAsUser says',
    advice:
      'give both roles HADOOP_USER_NAME; SPARK_USER is set by Spark itself and refused in env. Then let that user own the path',
    code: "driver: { env: { HADOOP_USER_NAME: EnvValue.fromValue('clicks') } }, executor: { env: { HADOOP_USER_NAME: EnvValue.fromValue('clicks') } },",
  },
]);
