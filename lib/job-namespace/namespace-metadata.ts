import { ApiObjectMetadata } from 'cdk8s';
import { labelProblem } from '../kubernetes/names';
import { recommendedLabels } from '../kubernetes/objects';
import { NOT_SECRET_ANNOTATION, notSecretText } from '../guarantees/not-secret';
import { Relaxation } from '../guarantees/relaxation';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';

/** The oldest Kubernetes that this library supports. */
const OLDEST_VERSION = 28;
const DEFAULT_VERSION = `v1.${OLDEST_VERSION}`;
const POD_SECURITY = 'pod-security.kubernetes.io/';
const OWN = 'cdk8s-spark/';

/** What the Namespace object says. */
export interface NamespaceDescription {
  readonly name: string;
  readonly podSecurity: PodSecurityLevel;
  readonly podSecurityVersion?: string;
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
  readonly allow?: readonly Relaxation[];
  readonly notSecret?: { readonly [name: string]: string };
}

/** What is wrong with it. */
export function namespaceProblems(namespace: NamespaceDescription): string[] {
  const { name, podSecurityVersion, labels = {}, annotations = {} } = namespace;
  const problems = [
    nameProblem(name),
    podSecurityVersion === undefined ? undefined : versionProblem(podSecurityVersion),
  ];
  for (const label of Object.keys(labels).filter((key) => key.startsWith(POD_SECURITY))) {
    problems.push(
      `labels has "${label}", which follows from podSecurity: set podSecurity or podSecurityVersion instead`,
    );
  }
  for (const annotation of Object.keys(annotations).filter((key) => key.startsWith(`${OWN}may-relax-`))) {
    problems.push(`annotations has "${annotation}", which follows from allow: use allow instead`);
  }
  if (NOT_SECRET_ANNOTATION in annotations) {
    problems.push(`annotations has "${NOT_SECRET_ANNOTATION}", which follows from notSecret: use notSecret instead`);
  }
  return problems.filter((problem) => problem !== undefined);
}

/** Its metadata; what the user gives never replaces the labels of Pod Security. */
export function namespaceMetadata(namespace: NamespaceDescription): ApiObjectMetadata {
  const { name, podSecurity, podSecurityVersion, labels, annotations, allow, notSecret = {} } = namespace;
  return {
    name,
    labels: {
      ...recommendedLabels({ name: 'spark-job-namespace', instance: name }),
      ...labels,
      ...podSecurityLabels(podSecurity, podSecurityVersion),
    },
    annotations: {
      ...annotations,
      ...allowAnnotations(allow ?? []),
      ...(Object.keys(notSecret).length === 0 ? {} : { [NOT_SECRET_ANNOTATION]: notSecretText(notSecret) }),
    },
  };
}

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export function podSecurityLabels(level: PodSecurityLevel, version = DEFAULT_VERSION): Record<string, string> {
  const modes = ['enforce', 'audit', 'warn'];
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`${POD_SECURITY}${mode}`, level],
      [`${POD_SECURITY}${mode}-version`, version],
    ]),
  );
}

function allowAnnotations(allow: readonly Relaxation[]): Record<string, string> {
  return Object.fromEntries(allow.map(({ guarantee, reason }) => [`${OWN}may-relax-${guarantee}`, reason]));
}

function nameProblem(name: string): string | undefined {
  if (name === 'default' || name.startsWith('kube-')) {
    return `namespace name "${name}" belongs to Kubernetes; jobs need a namespace of their own: set one with the name property`;
  }
  return labelProblem('namespace name', name);
}

function versionProblem(version: string): string | undefined {
  const minor = /^v1\.([1-9]\d*)$/.exec(version)?.[1];
  if (minor !== undefined && Number(minor) >= OLDEST_VERSION) return undefined;
  return `podSecurityVersion is "${version}"; expected v1.${OLDEST_VERSION} or later, as in "v1.32"`;
}
