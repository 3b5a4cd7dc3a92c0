import * as fs from 'node:fs';

const DEFINITIONS = 'platform.operator.crds.k8s.yaml';
const PLATFORM = 'platform.k8s.yaml';
const JOBS = 'jobs.k8s.yaml';

/**
 * The commands that bring what `npm run synth` wrote into a cluster, in order and with the waits between them.
 *
 * That the webhook's pod is ready does not mean that the API server trusts its certificate: where an operator had been
 * before, that takes a minute more. So the job is tried first, until the API server would take it.
 */
export function applyCommands(files: readonly string[]): string[] {
  const missing = [DEFINITIONS, PLATFORM, JOBS].filter((name) => !files.includes(name));
  if (missing.length > 0) {
    throw new Error(`dist/ has no ${missing.join(', ')}, but ${files.join(', ')}; run npm run synth again`);
  }
  return [
    `kubectl apply -f dist/${DEFINITIONS}`,
    `kubectl wait --for=condition=Established --timeout=60s -f dist/${DEFINITIONS}`,
    `kubectl apply -f dist/${PLATFORM}`,
    'kubectl -n spark-operator rollout status deployment/spark-operator-controller --timeout=5m',
    'kubectl -n spark-operator rollout status deployment/spark-operator-webhook --timeout=5m',
    `for try in $(seq 60); do kubectl apply --dry-run=server -f dist/${JOBS} && break; sleep 5; done`,
    `kubectl apply -f dist/${JOBS}`,
    "kubectl -n team-1 wait --for=jsonpath='{.status.applicationState.state}'=COMPLETED sparkapplication/pi --timeout=10m",
    'kubectl -n team-1 logs pi-driver | grep "Pi is"',
  ];
}

if (require.main === module) {
  console.log(`
dist/ holds the quickstart's YAML:
  ${DEFINITIONS}  the operator's custom resource definitions
  ${PLATFORM}  namespaces, accounts, rights, policies and the operator
  ${JOBS}  the job

Apply it to the cluster of your current context, line by line:
${applyCommands(fs.readdirSync('dist'))
  .map((command) => `  ${command}`)
  .join('\n')}`);
}
