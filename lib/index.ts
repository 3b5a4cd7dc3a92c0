export * from './job-namespace/hardening';
export * from './job-namespace/job-namespace-quota';
export * from './job-namespace/pod-security-level';
export * from './job-namespace/spark-job-namespace';
