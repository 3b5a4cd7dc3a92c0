import * as fs from 'node:fs';

/** The commands that bring what `npm run synth` wrote into a cluster, in order and with the waits between them. */
export function applyCommands(files: readonly string[]): string[] {
  const file = (part: string): string => {
    const found = files.find((name) => name.includes(part));
    if (found === undefined)
      throw new Error(`dist/ has no file of "${part}", but ${files.join(', ')}; run npm run synth again`);
    return `dist/${found}`;
  };
  const definitions = file('-crds-');
  return [
    `kubectl apply -f ${definitions}`,
    `kubectl wait --for=condition=Established --timeout=60s -f ${definitions}`,
    `kubectl apply -f ${file('-platform.')}`,
    'kubectl -n spark-operator rollout status deployment/spark-operator-controller --timeout=5m',
    'kubectl -n spark-operator rollout status deployment/spark-operator-webhook --timeout=5m',
    `kubectl apply -f ${file('-jobs.')}`,
    "kubectl -n team-1 wait --for=jsonpath='{.status.applicationState.state}'=COMPLETED sparkapplication/pi --timeout=10m",
    'kubectl -n team-1 logs pi-driver | grep "Pi is"',
  ];
}

if (require.main === module) {
  const files = fs.readdirSync('dist').sort();
  console.log(`
dist/ holds the quickstart's YAML:
  ${files[0]}  the operator's custom resource definitions
  ${files[1]}  namespaces, accounts, rights, policies and the operator
  ${files[2]}  the job

Apply it to the cluster of your current context, line by line:
${applyCommands(files)
  .map((command) => `  ${command}`)
  .join('\n')}`);
}
