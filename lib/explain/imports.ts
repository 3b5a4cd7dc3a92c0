/** The names that lines of explanations use, by the package that has them; all others are of this library. */
const PACKAGES: { readonly [name: string]: readonly string[] } = {
  cdk8s: ['Size'],
  'cdk8s-plus-28': ['Cpu', 'EnvFrom', 'EnvValue', 'Group', 'Secret', 'ServiceAccount', 'User'],
  'cdk8s-spark': [
    ...['ApplicationKind', 'BatchScheduler', 'LocalDirectories', 'SecureSparkApplication', 'SparkJobNamespace'],
    ...['SparkMain', 'SparkOperator', 'StoragePath', 'SubmitterTool', 'WebhookCertificates', 'WritableDirectory'],
  ],
};

/** The imports that some lines of code need. */
export function importsOf(code: string): string[] {
  if (code.startsWith('import ')) return [];
  return Object.entries(PACKAGES).flatMap(([name, members]) => {
    const used = members.filter((member) => new RegExp(`(?<![\\w.'])${member}[.(]`).test(code));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${name}';`];
  });
}
