import { App, Chart } from 'cdk8s';
import { synthChart } from '../synth';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkOperatorCrds } from '../../lib/operator/install/crds';
import { SparkOperator } from '../../lib/operator/spark-operator';
import { SparkOperatorProps } from '../../lib/operator/spark-operator-props';

/** A rule of a Role, as it is written. */
export interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

/** The part of a pod specification that tests look at. */
export interface Pod {
  readonly containers: { readonly args: string[]; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

/** The part of a Kubernetes object that tests look at. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly rules?: Rule[];
  readonly spec: {
    readonly template: { readonly metadata: Manifest['metadata']; readonly spec: Pod };
    readonly [field: string]: unknown;
  };
  readonly webhooks?: Record<string, unknown>[];
  readonly [field: string]: unknown;
}

/** What namespaces that the program does not know are admitted. */
export const ADMISSION = { imageRepositories: ['registry.acme.dev'] };

/** A chart with an operator that runs the jobs of the namespace `clicks`. */
export function install(props: SparkOperatorProps = {}): { chart: Chart; operator: SparkOperator } {
  const chart = new Chart(new App(), 'platform');
  const jobNamespaces = props.watchAllNamespaces ? undefined : [new SparkJobNamespace(chart, 'clicks')];
  const isUnknown = props.watchAllNamespaces === true || props.existingJobNamespaces !== undefined;
  const operator = new SparkOperator(chart, 'operator', {
    crds: SparkOperatorCrds.none(),
    jobNamespaces,
    ...(isUnknown && props.admissionGuard !== false ? { admission: ADMISSION } : {}),
    ...props,
  });
  return { chart, operator };
}

export function synth(chart: Chart): Manifest[] {
  return synthChart(chart);
}

/** What an operator with these properties writes, with its job namespace. */
export function written(props: SparkOperatorProps = {}): Manifest[] {
  return synth(install(props).chart);
}

/** All objects of a kind; with a name, those of that name. */
export function all(manifests: Manifest[], kind: string, name?: string): Manifest[] {
  return manifests.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
}

/** The one object of a kind and name, where two namespaces have it in one of them. */
export function one(manifests: Manifest[], kind: string, name: string, namespace?: string): Manifest {
  const found = all(manifests, kind, name).filter(
    ({ metadata }) => namespace === undefined || metadata.namespace === namespace,
  );
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind} "${name}"`);
  return found[0];
}

export function podOf(manifests: Manifest[], component: string): Pod {
  return one(manifests, 'Deployment', `spark-operator-${component}`).spec.template.spec;
}

export function argsOf(manifests: Manifest[], component: string): string[] {
  return podOf(manifests, component).containers[0].args;
}

/** The message of the error that an operator with these properties throws. */
export function refusal(props: SparkOperatorProps): string {
  return messageOf(() => install(props));
}

/** The message of the error that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
