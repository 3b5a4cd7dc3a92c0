import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import { Credentials } from '../api-server';
import { applyDefinitions, fileOf, kubectl, KubeObject, remove, tryKubectl, until } from '../support';
import { ApplicationSpec, BYSTANDER, ENGINEER, Identity, object, OPERATOR, Scene, WAITING } from './attack';
import { applicationOf, certificateRequest, hardenedPod } from './bodies';

export interface Example {
  readonly name: Scene['example'];
  /** The namespace of the team whose driver, executor and submitter attack. */
  readonly home: string;
  readonly other: string;
}

/** An example on the cluster, with everything that attacks aim at. */
export interface Stage {
  /** What an identity finds: its own team's namespace, and the other one. */
  sceneOf(identity: Identity): Scene;
  credentialsOf(identity: Identity): Credentials;
  /** The token of an account. */
  tokenOf(identity: Identity): string;
  readonly usernames: Readonly<Record<Identity, string>>;
}

/** A namespace where only RBAC refuses anything: what is refused elsewhere is shown to be well-formed here. */
export const OPEN = 'attacks-open';

/** Namespaces that no example writes. */
const OWN_NAMESPACES = [OPEN, 'airflow', 'other-team'];

/** On the server's side, so that objects of the operator's own stay as they are. */
const APPLY = ['apply', '--server-side', '--force-conflicts', '-f', '-'];

/** Brings an example, given by its files, and what is attacked onto the cluster. */
export async function setUp(example: Example, files: readonly string[], runsOperator: boolean): Promise<Stage> {
  const { name, home, other } = example;
  applyDefinitions(fileOf(files, '.crds.'));
  kubectl(['apply', '-f', fileOf(files, 'platform.k8s')]);
  const jobs = Yaml.load(fileOf(files, 'jobs.k8s')) as KubeObject[];
  if (runsOperator) waitForOperator();
  else putOperatorAway();

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'attacks-'));
  const csr = newCertificateRequest(folder);
  const common = { example: name, node: kubectl(['get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}']), csr };
  const [application, othersApplication] = [home, other].map((namespace) => applicationIn(jobs, namespace));
  const scene: Scene = { ...common, home, other, application, othersApplication };
  // The engineers of the example belong to the second team.
  const swapped = { home: other, other: home, application: othersApplication, othersApplication: application };
  const engineers: Scene = { ...common, ...swapped };
  build(scene);

  const credentials: Record<Identity, Credentials> = {
    driver: tokenOf(home, 'spark-driver'),
    executor: tokenOf(home, 'spark-executor'),
    submitter: tokenOf('airflow', 'airflow-worker'),
    controller: tokenOf(OPERATOR, 'spark-operator-controller'),
    engineer: certificateOf(folder),
  };
  // Last, since the API server takes some seconds to know the guard, and the webhook to make its certificate known.
  await untilApplied([scene, engineers].map(suspendedApplication));
  return {
    sceneOf: (identity) => (identity === 'engineer' ? engineers : scene),
    credentialsOf: (identity) => credentials[identity],
    tokenOf: (identity) => {
      const { token } = credentials[identity];
      if (token === undefined) throw new Error(`a ${identity} has no token`);
      return token;
    },
    usernames: {
      driver: `system:serviceaccount:${home}:spark-driver`,
      executor: `system:serviceaccount:${home}:spark-executor`,
      submitter: 'system:serviceaccount:airflow:airflow-worker',
      controller: `system:serviceaccount:${OPERATOR}:spark-operator-controller`,
      engineer: 'erin',
    },
  };
}

export function tearDown(files: readonly string[]): void {
  tryKubectl(['delete', 'certificatesigningrequest', '--ignore-not-found', ENGINEER, WAITING]);
  tryKubectl(['delete', 'namespace', '--ignore-not-found', '--wait=false', ...OWN_NAMESPACES]);
  remove(files);
  tryKubectl(['delete', 'namespace', '--ignore-not-found', '--timeout=120s', ...OWN_NAMESPACES]);
}

function waitForOperator(): void {
  kubectl(['-n', OPERATOR, 'wait', '--for=condition=Available', '--timeout=180s', 'deployment', '--all']);
}

/** What is asked is then what the API server says by itself. The webhooks' objects stay, with nothing to call in them. */
function putOperatorAway(): void {
  const noWebhooks = ['--type=json', '-p', '[{"op":"replace","path":"/webhooks","value":[]}]'];
  kubectl(['-n', OPERATOR, 'scale', 'deployment', '--all', '--replicas=0']);
  for (const kind of ['mutatingwebhookconfiguration', 'validatingwebhookconfiguration'])
    kubectl(['patch', kind, 'spark-operator-webhook', ...noWebhooks]);
}

/** What attacks aim at, beside what the example wrote. */
function build(scene: Scene): void {
  const namespace = (name: string): object => object('v1', 'Namespace', name);
  const account = (place: string, name: string): object => within(place, object('v1', 'ServiceAccount', name));
  const bystander = (place: string, accountName = 'spark-driver'): object =>
    within(place, hardenedPod(BYSTANDER, { spec: { serviceAccountName: accountName } }));
  const data = (place: string): object[] => [
    within(place, object('v1', 'Secret', BYSTANDER, { stringData: { key: 'of the bystander' } })),
    within(place, object('v1', 'ConfigMap', BYSTANDER, { data: { key: 'of the bystander' } })),
  ];

  apply([
    ...OWN_NAMESPACES.map(namespace),
    account('airflow', 'airflow-worker'),
    ...['spark-driver', 'spark-executor', 'spark-operator-controller'].map((name) => account(OPEN, name)),
    ...(scene.other === 'other-team' ? [account('other-team', 'spark-driver')] : []),
  ]);
  apply([
    ...[scene.home, scene.other].flatMap((place) => [bystander(place), ...data(place)]),
    bystander(OPERATOR, 'spark-operator-controller'),
    within(OPERATOR, object('coordination.k8s.io/v1', 'Lease', 'spark-operator-controller-lock')),
  ]);
}

function suspendedApplication(scene: Scene): object {
  return within(scene.home, applicationOf(scene, { metadata: { name: BYSTANDER }, spec: { suspend: true } }));
}

function within(namespace: string, manifest: object): object {
  const { metadata } = manifest as KubeObject;
  return { ...manifest, metadata: { ...metadata, namespace } };
}

function apply(items: readonly object[]): void {
  kubectl(APPLY, listOf(items));
}

async function untilApplied(items: readonly object[]): Promise<void> {
  let stderr = '';
  const isApplied = (): boolean => {
    const outcome = tryKubectl(APPLY, listOf(items));
    stderr = outcome.stderr;
    return outcome.code === 0;
  };
  await until('the admission of applications', 60, isApplied).catch((error: Error) => {
    throw new Error(`${error.message}: ${stderr}`);
  });
}

function listOf(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function applicationIn(jobs: readonly KubeObject[], namespace: string): ApplicationSpec {
  const applications = jobs.map(({ metadata, spec }) => ({
    metadata,
    spec: (spec.template ?? spec) as ApplicationSpec,
  }));
  // One without sidecars, whose images every team may use; where a team has none, another team's serves as well.
  const simple = applications.filter(({ spec }) => spec.driver.template.spec.initContainers === undefined);
  return (simple.find(({ metadata }) => metadata.namespace === namespace) ?? simple[0]).spec;
}

function tokenOf(namespace: string, account: string): Credentials {
  return { token: kubectl(['-n', namespace, 'create', 'token', account]).trim() };
}

/** Makes a key and a request for the certificate of an engineer; the result is in base64. */
function newCertificateRequest(folder: string): string {
  const files = ['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'csr.pem')];
  const subject = ['-subj', '/O=acme:billing-engineers/CN=erin'];
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-new', ...ec, ...subject, ...files], { stdio: 'pipe' });
  const csr = fs.readFileSync(path.join(folder, 'csr.pem')).toString('base64');
  tryKubectl(['delete', 'certificatesigningrequest', '--ignore-not-found', ENGINEER, WAITING]);
  for (const name of [ENGINEER, WAITING]) kubectl(['create', '-f', '-'], JSON.stringify(certificateRequest(name, csr)));
  kubectl(['certificate', 'approve', ENGINEER]);
  return csr;
}

function certificateOf(folder: string): Credentials {
  const issued = ['--for=jsonpath={.status.certificate}', '--timeout=60s'];
  kubectl(['wait', ...issued, `certificatesigningrequest/${ENGINEER}`]);
  const cert = kubectl(['get', 'certificatesigningrequest', ENGINEER, '-o', 'jsonpath={.status.certificate}']);
  return { cert: Buffer.from(cert, 'base64').toString(), key: fs.readFileSync(path.join(folder, 'key.pem'), 'utf8') };
}
