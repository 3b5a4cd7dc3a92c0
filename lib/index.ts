export { AccessChange } from './access/rbac/access-change';
export * from './access/expectation/access-expectation';
export * from './access/rbac/access-question';
export * from './report/access-report';
export * from './access/access-review';
export * from './manifests/manifest-finding';
export * from './problems/finding';
export * from './access/escalation/escalation';
export * from './access/expectation/identity-expectation';
export { AccessExpectationProps } from './access/expectation/known-names';
export { AccessReportFormat } from './report/format';
export { SparkAdmissionGuard, SparkAdmissionGuardProps } from './admission-guard/spark-admission-guard';
export { ISparkApplication } from './application/application-base';
export { ApplicationGrants, ApplicationSubmitOptions, ApplicationViewOptions } from './application/application-grants';
export * from './application/schedule/cron-schedule';
export { DynamicAllocation } from './application/configuration/dynamic-allocation';
export { Encryption } from './application/pod/encryption';
export * from './application/storage/checkpoint';
export { EventLog } from './application/storage/event-log';
export { DriverOptions, ExecutorOptions, PodOptions } from './application/pod/pod-options';
export * from './application/schedule/restart-policy';
export * from './application/scheduled-spark-application';
export * from './spark/seccomp-profile';
export * from './application/secure-spark-application';
export * from './application/spark-application';
export * from './application/spark-application-props';
export { SparkDependencies } from './application/configuration/spark-dependencies';
export * from './spark/spark-image';
export { SparkLogLevel } from './spark/spark-log-level';
export { SparkApplicationType, SparkMain, SparkMainOptions } from './spark/spark-main';
export { SparkRole } from './spark/spark-role';
export * from './application/streaming/streaming-application-props';
export * from './application/streaming-spark-application';
export {
  ClaimDirectoryOptions,
  DirectorySize,
  EmptyDirectoryOptions,
  EphemeralClaimDirectoryOptions,
  WritableDirectory,
  WritableDirectoryOptions,
} from './application/pod/writable-directory';
export { AdmissionRules, HostNamespace } from './job-namespace/admission/admission-rules';
export * from './spark/application-kind';
export * from './job-namespace/grants/grant';
export * from './guarantees/relaxation';
export * from './job-namespace/grants/job-namespace-grants';
export { CpuLimitRange, JobNamespaceLimitRange, SizeLimitRange } from './job-namespace/quota/limit-range';
export { JobNamespaceQuota } from './job-namespace/quota/resource-quota';
export { NetworkPeer, NetworkRule } from './job-namespace/network/network-peer';
export * from './kubernetes/pod-security-level';
export * from './job-namespace/spark-job-namespace';
export * from './job-namespace/spark-job-namespace-props';
export * from './job-namespace/grants/well-known-submitter';
export {
  EmptyDirExporter,
  EmptyDirMetric,
  WritableDirectoryMonitoring,
} from './job-namespace/writable-directory-monitoring';
export { SparkApp } from './program/spark-app';
export { CheckpointRetention } from './retention/checkpoint-retention';
export { CheckpointRetentionProps } from './retention/checkpoint-retention-props';
export { AzureStorageProps } from './storage/stores/azure-storage';
export { SparkStorage, ISparkStorage } from './storage/spark-storage';
export { ClaimStorageProps } from './storage/stores/claim-storage';
export { CloudIdentity } from './storage/identity/cloud-identity';
export {
  AwsRoleOptions,
  AzureWorkloadIdentityOptions,
  EksPodIdentityOptions,
  GkePrincipalOptions,
  GkeWorkloadIdentityOptions,
} from './storage/identity/cloud-identity-options';
export { GcsStorageProps } from './storage/stores/gcs-storage';
export { HdfsStorageProps } from './storage/stores/hdfs-storage';
export {
  EmptyLocalDirectoryOptions,
  LocalDirectories,
  LocalDirectoryClaimOptions,
} from './application/pod/local-directories';
export { NewBucket } from './storage/permissions/storage-access';
export { S3StorageProps } from './storage/stores/s3-storage';
export { SparkStorageOptions } from './storage/stores/store';
export { PermissionFormat } from './storage/permissions/permission-manifests';
export { StoragePermissions, StoragePermissionsProps } from './storage/storage-permissions';
export { IStorageUser } from './storage/placement';
export { StoragePath } from './storage/storage-path';
export * from './operator/batch-scheduler';
export { CertificateIssuer, CertManagerOptions, WebhookCertificates } from './operator/install/certificates';
export { SparkOperatorPodOptions } from './operator/install/component';
export { SparkOperatorControllerOptions } from './operator/install/controller';
export { SparkOperatorCrds } from './operator/install/crds';
export * from './operator/operator-log-level';
export { PodMonitorOptions } from './operator/install/pod-monitor';
export * from './operator/spark-operator';
export * from './operator/spark-operator-props';
export { SparkOperatorWebhookOptions, WebhookFailurePolicy } from './operator/install/webhook';
export * from './validation/spark-validation';
export * from './validation/validation-context';
export { SparkValidationProps, ValidationWaiver } from './validation/validation-settings';
