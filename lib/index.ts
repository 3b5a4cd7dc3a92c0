export * from './access/access-change';
export * from './access/access-expectation';
export * from './access/access-question';
export * from './access/access-report';
export * from './access/access-review';
export * from './access/escalation';
export * from './access/identity-expectation';
export { AccessReportFormat } from './access/report/format';
export { SparkAdmissionGuard, SparkAdmissionGuardProps } from './admission-guard/spark-admission-guard';
export { ApplicationGrants, ApplicationSubmitOptions, ApplicationViewOptions } from './application/application-grants';
export * from './application/cron-schedule';
export { DynamicAllocation } from './application/dynamic-allocation';
export { Encryption } from './application/encryption';
export { EventLog } from './application/event-log';
export * from './application/pod-options';
export * from './application/restart-policy';
export * from './application/scheduled-spark-application';
export * from './application/seccomp-profile';
export * from './application/secure-spark-application';
export * from './application/spark-application';
export * from './application/spark-application-props';
export { SparkDependencies } from './application/spark-dependencies';
export * from './application/spark-image';
export * from './application/spark-log-level';
export * from './application/spark-main';
export { SparkRole } from './application/spark-role';
export * from './application/streaming-application-props';
export * from './application/streaming-spark-application';
export {
  ClaimDirectoryOptions,
  DirectorySize,
  EmptyDirectoryOptions,
  EphemeralClaimDirectoryOptions,
  WritableDirectory,
  WritableDirectoryOptions,
} from './application/writable-directory';
export { AdmissionRules, HostNamespace } from './job-namespace/admission-rules';
export * from './job-namespace/application-kind';
export * from './job-namespace/grant';
export * from './job-namespace/hardening';
export * from './job-namespace/job-namespace-grants';
export * from './job-namespace/job-namespace-limit-range';
export * from './job-namespace/job-namespace-quota';
export * from './job-namespace/network-peer';
export * from './job-namespace/pod-security-level';
export * from './job-namespace/spark-job-namespace';
export * from './job-namespace/spark-job-namespace-props';
export * from './job-namespace/submitter-tool';
export * from './job-namespace/well-known-submitter';
export {
  EmptyDirExporter,
  EmptyDirMetric,
  WritableDirectoryMonitoring,
} from './job-namespace/writable-directory-monitoring';
export { CheckpointRetention } from './retention/checkpoint-retention';
export { CheckpointRetentionProps } from './retention/checkpoint-retention-props';
export { AzureStorageProps } from './storage/azure-storage';
export { CheckpointStorage, ICheckpointStorage } from './storage/checkpoint-storage';
export { ClaimStorageProps } from './storage/claim-storage';
export { CloudIdentity } from './storage/cloud-identity';
export {
  AwsRoleOptions,
  AzureWorkloadIdentityOptions,
  EksPodIdentityOptions,
  GkePrincipalOptions,
  GkeWorkloadIdentityOptions,
} from './storage/cloud-identity-options';
export { GcsStorageProps } from './storage/gcs-storage';
export { HdfsStorageProps } from './storage/hdfs-storage';
export { EmptyLocalDirectoryOptions, LocalDirectories, LocalDirectoryClaimOptions } from './storage/local-directories';
export { NewBucket } from './storage/new-bucket';
export { S3StorageProps } from './storage/s3-storage';
export { CheckpointStorageOptions } from './storage/storage-options';
export { PermissionFormat } from './storage/permissions/permission-manifests';
export { StoragePermissions, StoragePermissionsProps } from './storage/storage-permissions';
export { IStorageUser } from './storage/storage-user';
export { StoragePath } from './storage/storage-path';
export * from './operator/batch-scheduler';
export { CertificateIssuer, CertManagerOptions, WebhookCertificates } from './operator/certificates';
export { SparkOperatorPodOptions } from './operator/component';
export { SparkOperatorControllerOptions } from './operator/controller';
export { SparkOperatorCrds } from './operator/crds';
export * from './operator/log-level';
export { PodMonitorOptions } from './operator/pod-monitor';
export * from './operator/spark-operator';
export * from './operator/spark-operator-props';
export { SparkOperatorWebhookOptions, WebhookFailurePolicy } from './operator/webhook';
export * from './validation/spark-validation';
export * from './validation/validation-context';
export { SparkValidationProps, ValidationWaiver } from './validation/validation-settings';
