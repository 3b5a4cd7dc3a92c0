import { isolationProblems } from '../job-namespace/network/network-policies';
import { labelProblem, serviceNameProblem } from '../kubernetes/names';
import { OperatorIdentity } from './install/component';
import { operatorImageProblem, releaseProblem } from './releases';
import { SparkOperatorProps } from './spark-operator-props';

/** What the longest suffix, `-controller`, leaves of the 63 characters of a label. */
const MAX_NAME_LENGTH = 52;

/** What is wrong with the properties that concern the operator as a whole. */
export function operatorProblems(operator: OperatorIdentity, props: SparkOperatorProps): string[] {
  const { version, image } = props;
  return [
    serviceNameProblem('operator name', operator.name, MAX_NAME_LENGTH),
    operatorNamespaceProblem(operator.namespace),
    version === undefined ? undefined : releaseProblem(version),
    image === undefined ? undefined : operatorImageProblem(image, operator.version),
    ...namespaceListProblems(props),
    ...webhookOnlyProblems(props),
    ...guardProblems(props),
    ...metricsProblems(props),
    ...isolationProblems(props),
  ].filter((problem) => problem !== undefined);
}

function operatorNamespaceProblem(name: string): string | undefined {
  if (name === 'default' || name.startsWith('kube-')) {
    return `operator namespace "${name}" belongs to Kubernetes, and everybody there could use the operator's accounts: set one of its own with the namespace property`;
  }
  return labelProblem('operator namespace', name);
}

function namespaceListProblems({
  watchAllNamespaces,
  jobNamespaces = [],
  existingJobNamespaces = [],
}: SparkOperatorProps): string[] {
  const names = [...jobNamespaces.map(({ name }) => name), ...existingJobNamespaces];
  if (!watchAllNamespaces || names.length === 0) return [];
  return [
    `watchAllNamespaces is true, but the namespaces ${names.join(', ')} are listed too: leave out one of the two`,
  ];
}

function webhookOnlyProblems({ webhookEnabled, webhook, certificates }: SparkOperatorProps): string[] {
  if (webhookEnabled ?? true) return [];
  return Object.entries({ webhook, certificates })
    .filter(([, value]) => value !== undefined)
    .map(([property]) => `${property} is given although webhookEnabled is false: leave out one of the two`);
}

function guardProblems({ admissionGuard, admission }: SparkOperatorProps): string[] {
  if ((admissionGuard ?? true) || admission === undefined) return [];
  return ['admission is given although admissionGuard is false: leave out one of the two'];
}

function metricsProblems({ metrics, metricsPort, podMonitor }: SparkOperatorProps): string[] {
  if (!(metrics ?? true)) {
    return Object.entries({ metricsPort, podMonitor })
      .filter(([, value]) => value !== undefined)
      .map(([property]) => `${property} is given although metrics is false: leave out one of the two`);
  }
  if (metricsPort === undefined || (Number.isInteger(metricsPort) && metricsPort >= 1024 && metricsPort <= 65535))
    return [];
  return [`metricsPort is ${metricsPort}; a port from 1024 to 65535 is expected, since the pods do not run as root`];
}

/** Why an operator cannot run the jobs of a namespace, or `undefined`. */
export function jobNamespaceProblem(operator: OperatorIdentity, name: string): string | undefined {
  if (name === '') {
    return 'a job namespace has the name "", which means all namespaces to the operator: name the namespaces, or set watchAllNamespaces';
  }
  if (name === operator.namespace) {
    return `namespace "${name}" is the operator's own; whoever runs jobs there can use the operator's accounts: give jobs another one`;
  }
  if (name.startsWith('kube-')) {
    return `namespace "${name}" belongs to Kubernetes, and the operator may make pods in its job namespaces: give jobs another one`;
  }
  return labelProblem('job namespace', name);
}
