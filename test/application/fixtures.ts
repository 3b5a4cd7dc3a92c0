import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { DriverOptions, ExecutorOptions } from '../../lib/application/pod/pod-options';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkApplication } from '../../lib/application/spark-application';
import { SecureSparkApplicationProps, SparkApplicationProps } from '../../lib/application/spark-application-props';
import { SparkImage } from '../../lib/spark/spark-image';
import { SparkMain } from '../../lib/spark/spark-main';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SparkJobNamespaceProps } from '../../lib/job-namespace/spark-job-namespace-props';
import { find, messageOf, newChart } from '../job-namespace/manifests';

export const IMAGE = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' });
export const PYTHON = SparkMain.python('local:///opt/app/sessions.py');
export const SCALA = SparkMain.scala('local:///opt/app/sessions.jar', 'org.acme.Sessions');

/** A rendered role, as far as the tests look at it. */
export interface RenderedRole {
  readonly [field: string]: unknown;
  readonly template: { readonly metadata?: k8s.ObjectMeta; readonly spec: k8s.PodSpec };
}

export interface RenderedSpec {
  readonly [field: string]: unknown;
  readonly sparkConf: Record<string, string>;
  readonly driver: RenderedRole;
  readonly executor: RenderedRole;
}

export type Overrides = Partial<SecureSparkApplicationProps>;

/** Makes a secure application in a namespace of its own. */
export function makeSecure(chart: Chart, overrides: Overrides = {}, namespace: SparkJobNamespaceProps = {}): void {
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', namespace);
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, ...overrides });
}

/** The rendered specification of a secure application. */
export function secureSpec(overrides: Overrides = {}, namespace: SparkJobNamespaceProps = {}): RenderedSpec {
  const chart = newChart();
  makeSecure(chart, overrides, namespace);
  return find(chart, 'SparkApplication', 'sessions').spec as RenderedSpec;
}

/** Why a secure application is refused. */
export function secureRefusal(overrides: Overrides, namespace: SparkJobNamespaceProps = {}): string {
  return messageOf(() => makeSecure(newChart(), overrides, namespace));
}

/** Makes a plain application in a namespace that admits it. */
export function makePlain(
  chart: Chart,
  overrides: Partial<SparkApplicationProps> = {},
  namespace: SparkJobNamespaceProps = {},
): void {
  const podSecurity = PodSecurityLevel.BASELINE;
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', { podSecurity, ...namespace });
  new SparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, ...overrides });
}

/** The options of a role with this in its template, beside the Spark container that is always there. */
export function withTemplate(spec: Partial<k8s.PodSpec>, metadata?: k8s.ObjectMeta): DriverOptions & ExecutorOptions {
  return { template: { metadata, spec: { containers: [], ...spec } } };
}

/** A container that a namespace with a quota admits. */
export function sidecar(name: string, overrides: Partial<k8s.Container> = {}): k8s.Container {
  const limits = { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('128Mi') };
  return { name, image: 'registry.acme.dev/proxy:1.0.0', resources: { limits }, ...overrides };
}
