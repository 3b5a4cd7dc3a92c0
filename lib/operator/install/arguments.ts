import { objectName, OperatorIdentity } from './component';
import { OperatorLogLevel } from '../operator-log-level';

export function logArgs(logLevel: OperatorLogLevel): string[] {
  return [`--zap-log-level=${logLevel.zap}`, '--zap-encoder=console'];
}

export function namespacesArgs(namespaces?: readonly string[]): string[] {
  return namespaces === undefined ? [] : [`--namespaces=${namespaces.join(',')}`];
}

export function metricsArgs(port?: number): string[] {
  if (port === undefined) return [];
  return [
    '--enable-metrics=true',
    `--metrics-bind-address=:${port}`,
    '--metrics-endpoint=/metrics',
    '--metrics-prefix=',
    '--metrics-labels=app_type',
  ];
}

export function leaderElectionArgs(operator: OperatorIdentity, component: string, enabled: boolean): string[] {
  if (!enabled) return ['--leader-election=false'];
  return [
    '--leader-election=true',
    `--leader-election-lock-name=${leaseName(operator, component)}`,
    `--leader-election-lock-namespace=${operator.namespace}`,
  ];
}

export function leaseName(operator: OperatorIdentity, component: string): string {
  return `${objectName(operator, component)}-lock`;
}
