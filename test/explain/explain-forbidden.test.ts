import { App, Chart, Size } from 'cdk8s';
import { Group, ServiceAccount, User } from 'cdk8s-plus-28';
import {
  LocalDirectories,
  SecureSparkApplication,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SubmitterTool,
} from '../../lib';
import { AccessReview } from '../../lib/access/access-review';
import { explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { Explanation } from '../../lib/explain/explanation';

const NO_PROGRAM = new ExplainedProgram(AccessReview._of([]));

/** Clicks has submitters and an application, billing has neither and an own account for drivers. */
function program(): ExplainedProgram {
  const app = new App();
  const chart = new Chart(app, 'platform');
  const clicks = new SparkJobNamespace(chart, 'clicks');
  const billing = new SparkJobNamespace(chart, 'billing', {
    driverServiceAccount: ServiceAccount.fromServiceAccountName(chart, 'own', 'invoices', { namespaceName: 'billing' }),
  });
  new SparkOperator(chart, 'operator', { jobNamespaces: [clicks, billing] });
  const account = (namespace: string, name: string): ServiceAccount =>
    ServiceAccount.fromServiceAccountName(chart, `${namespace}-${name}`, name, {
      namespaceName: namespace,
    }) as ServiceAccount;
  clicks.grants.submit(account('airflow', 'worker'), { tools: [SubmitterTool.AIRFLOW] });
  clicks.grants.submit(account('ci', 'robot'), { name: 'nightly' });
  clicks.grants.view(User.fromName(chart, 'eva', 'eva@acme.dev'), { logs: false });
  clicks.grants.view(Group.fromName(chart, 'engineers', 'acme:engineers'));
  new SecureSparkApplication(chart, 'sessions', {
    jobNamespace: clicks,
    image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
    main: SparkMain.python('local:///opt/app/sessions.py'),
    executor: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(1) }) },
  });
  return new ExplainedProgram(AccessReview.ofApp(app));
}

const PROGRAM = program();

function forbidden(user: string, verb: string, resource: string, namespace: string, apiGroup = ''): string {
  const place = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return `${resource.split('/')[0]} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${apiGroup}" ${place}`;
}

const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;
const APPLICATIONS = 'sparkoperator.k8s.io';

function explained(text: string, given = PROGRAM): Explanation {
  const explanations = explainText(text, given);
  expect(explanations).toHaveLength(1);
  return explanations[0];
}

const codeOf = ({ remedies = [] }: Explanation): string[] => remedies.map(({ code }) => code);

describe('a driver', () => {
  const driver = account('clicks', 'spark-driver');

  it('that asks for applications is told who submits instead (row 7)', () => {
    const explanation = explained(forbidden(driver, 'get', 'sparkapplications', 'clicks', APPLICATIONS));
    expect(explanation.who).toBe('ServiceAccount clicks/spark-driver: the account of drivers of namespace "clicks"');
    expect(explanation.program).toMatch(/^does not grant it, and should not: code in a driver could then start jobs/);
    expect(explanation.advice).toMatch(
      /^do not grant it to the driver; a submitter does: run the task that asks for this .*\. Submitters of this namespace are ServiceAccount airflow\/worker and ServiceAccount ci\/robot: /,
    );
    expect(codeOf(explanation)).toEqual([
      "const submitter = new ServiceAccount(chart, 'submitter', { metadata: { name: 'spark-submitter', namespace: 'clicks' } });",
      'clicks.grants.submit(submitter, { kinds: [ApplicationKind.SPARK_APPLICATION] });',
    ]);
  });

  it('that the program brings itself is a driver too (row 7)', () => {
    const explanation = explained(
      forbidden(account('billing', 'invoices'), 'get', 'sparkapplications', 'billing', APPLICATIONS),
    );
    expect(explanation.who).toBe('ServiceAccount billing/invoices: the account of drivers of namespace "billing"');
    expect(codeOf(explanation)).toEqual([
      "const submitter = new ServiceAccount(chart, 'submitter', { metadata: { name: 'spark-submitter', namespace: 'billing' } });",
      'billing.grants.submit(submitter, { kinds: [ApplicationKind.SPARK_APPLICATION] });',
    ]);
  });

  it('is known by its name where there is no program', () => {
    const explanation = explained(forbidden(driver, 'delete', 'sparkapplications', 'clicks', APPLICATIONS), NO_PROGRAM);
    expect(explanation.who).toBe(
      'ServiceAccount clicks/spark-driver: the account of drivers of namespace "clicks", by its name',
    );
    expect(explanation.advice).toMatch(/^do not grant it to the driver; a submitter does/);
  });

  it.each([
    ['get', 'secrets', 'the kubelet puts a Secret into the pod'],
    ['create', 'services', "the operator's controller makes the driver's service"],
    ['create', 'pods/exec', 'a person looks into pods, with grants.debug'],
    ['get', 'pods/log', 'a submitter or a person does'],
    ['list', 'configmaps', 'the kubelet puts a ConfigMap into the pod'],
    ['create', 'serviceaccounts/token', 'each pod gets the token of its own account'],
    ['list', 'nodes', 'Spark asks for none of them'],
  ])('that would %s %s should not, and is told who does', (verb, resource, instead) => {
    const explanation = explained(forbidden(driver, verb, resource, 'clicks'));
    expect(explanation.program).toMatch(/^does not grant it, and should not: /);
    expect(explanation.advice).toMatch(/^do not grant it to the driver; /);
    expect(explanation.advice).toContain(instead);
  });

  it('gets the right of a feature by its property (row 10)', () => {
    const text = forbidden(account('billing', 'invoices'), 'create', 'persistentvolumeclaims', 'billing');
    expect(codeOf(explained(text))).toEqual([
      'executor: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
    ]);
    expect(explained(text.replaceAll('billing', 'clicks').replace('invoices', 'spark-driver')).program).toMatch(
      /^grants it already: RoleBinding clicks\/spark-driver gives Role clicks\/spark-driver/,
    );
  });

  it('that asks in a namespace of others has a wrong setting', () => {
    const explanation = explained(forbidden(driver, 'create', 'pods', 'billing'));
    expect(explanation.program).toBe('gives drivers of namespace "clicks" rights there alone');
    expect(explanation.advice).toContain('such as spark.kubernetes.namespace');
  });

  it('whose rights are in the program finds a cluster that is not up to date (row 1)', () => {
    const explanation = explained(forbidden(driver, 'create', 'pods', 'clicks'));
    expect(explanation.program).toMatch(
      /^grants it already: RoleBinding clicks\/spark-driver gives .*\(platform\/clicks\/spark-driver-role-binding\)$/,
    );
    expect(explanation.advice).toContain('apply the manifests of the program');
    expect(codeOf(explanation)).toEqual([]);
  });

  it('that the program does not know gets its namespace (row 1)', () => {
    expect(codeOf(explained(forbidden(account('sdap', 'sdap-spark'), 'create', 'pods', 'sdap')))).toEqual([
      "const sdap = new SparkJobNamespace(chart, 'sdap', { driverServiceAccount: ServiceAccount.fromServiceAccountName(chart, 'sdap-spark', 'sdap-spark', { namespaceName: 'sdap' }) });",
    ]);
  });

  it('that runs as "default" gets an account, and "default" no right (row 4)', () => {
    const explanation = explained(forbidden(account('clicks', 'default'), 'create', 'pods', 'clicks'));
    expect(explanation.advice).toContain('Grant nothing to "default"');
    expect(codeOf(explanation)).toEqual([
      "new SecureSparkApplication(chart, 'name', { jobNamespace: clicks, image, main });",
    ]);
  });
});

describe('an executor', () => {
  it('gets nothing: the driver starts pods', () => {
    const explanation = explained(forbidden(account('clicks', 'spark-executor'), 'create', 'pods', 'clicks'));
    expect(explanation.who).toContain('the account of executors of namespace "clicks"');
    expect(explanation.program).toMatch(/^gives executors no rights, and should not/);
    expect(explanation.advice).toMatch(/^do not grant it: the driver acts instead/);
    expect(codeOf(explanation)).toEqual([]);
  });

  it('gets nothing: what has to be asked is asked before the job', () => {
    expect(explained(forbidden(account('clicks', 'spark-executor'), 'get', 'configmaps', 'clicks')).advice).toContain(
      'by the submitter before the job',
    );
  });
});

describe('the operator', () => {
  const controller = account('spark-operator', 'spark-operator-controller');

  it('is told of a namespace (row 11)', () => {
    const explanation = explained(forbidden(controller, 'create', 'pods', 'reports'));
    expect(explanation.who).toContain('the operator\'s controller of namespaces "billing" and "clicks"');
    expect(codeOf(explanation)).toEqual([
      "const reports = new SparkJobNamespace(chart, 'reports');",
      'operator.addJobNamespace(reports);',
    ]);
  });

  it('gets the right to make claims of drivers where one is asked for (row 10)', () => {
    expect(codeOf(explained(forbidden(controller, 'create', 'persistentvolumeclaims', 'clicks')))).toEqual([
      'driver: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
    ]);
  });

  it('gets the pod groups of a batch scheduler that it is told of (row 55)', () => {
    expect(codeOf(explained(forbidden(controller, 'create', 'podgroups', 'clicks', 'scheduling.volcano.sh')))).toEqual([
      'batchSchedulers: [BatchScheduler.VOLCANO],',
    ]);
  });

  it("of the operator's own chart is known by its name", () => {
    const explanation = explained(
      forbidden(account('ops', 'prod-spark-operator-controller'), 'list', 'pods', 'reports'),
    );
    expect(explanation.who).toBe(
      "ServiceAccount ops/prod-spark-operator-controller: the operator's controller, by its name alone: the program does not have it",
    );
    expect(codeOf(explanation)).toContain('operator.addJobNamespace(reports);');
  });

  it('is given its namespaces where it asks for all of them (row 13)', () => {
    const explanation = explained(forbidden(controller, 'list', 'sparkapplications', '', APPLICATIONS));
    expect(explanation.advice).toContain('Name them');
    expect(codeOf(explanation)).toEqual(["new SparkOperator(chart, 'operator', { jobNamespaces: [jobNamespace] });"]);
  });

  it('is not given secrets', () => {
    expect(explained(forbidden(controller, 'list', 'secrets', 'clicks')).advice).toMatch(/^do not grant it/);
  });

  it('has a webhook with rights of its own', () => {
    const explanation = explained(
      forbidden(account('spark-operator', 'spark-operator-webhook'), 'list', 'resourcequotas', 'clicks'),
    );
    expect(explanation.who).toContain("the operator's webhook");
    expect(codeOf(explanation)).toEqual(['webhook: { resourceQuotaEnforcement: true },']);
  });
});

describe('a submitter', () => {
  it('whom the program does not know there is granted what its tool asks for', () => {
    const explanation = explained(forbidden(account('airflow', 'worker'), 'list', 'pods', 'billing'));
    expect(explanation.who).toBe('ServiceAccount airflow/worker: a submitter of namespace "clicks"');
    expect(explanation.program).toBe('does not grant it');
    expect(codeOf(explanation)).toEqual([
      "billing.grants.submit(ServiceAccount.fromServiceAccountName(chart, 'airflow-worker', 'worker', { namespaceName: 'airflow' }), { tools: [SubmitterTool.AIRFLOW] });",
    ]);
    expect(explanation.variables).toBe('billing is the SparkJobNamespace "billing", chart is the chart to write it in');
  });

  it.each([
    ['get', 'sparkapplications', 'AIRFLOW_SENSOR'],
    ['delete', 'pods', 'AIRFLOW_TRIGGERER'],
  ])('with Airflow that would %s %s uses another tool of it', (verb, resource, tool) => {
    const group = resource === 'pods' ? '' : APPLICATIONS;
    const [code] = codeOf(explained(forbidden(account('airflow', 'worker'), verb, resource, 'clicks', group)));
    expect(code).toMatch(new RegExp(`tools: \\[SubmitterTool\\.${tool}\\] }\\);$`));
  });

  it('with Argo Workflows is known by its name', () => {
    const text = forbidden(account('argo', 'workflow'), 'create', 'scheduledsparkapplications', 'clicks', APPLICATIONS);
    expect(codeOf(explained(text))[0]).toContain(
      '{ tools: [SubmitterTool.ARGO_WORKFLOWS], kinds: [ApplicationKind.SCHEDULED_SPARK_APPLICATION] }',
    );
  });

  it('that has submit already gets only the logs, under the name that was chosen for its grant (row 8)', () => {
    expect(codeOf(explained(forbidden(account('ci', 'robot'), 'get', 'pods/log', 'clicks')))).toEqual([
      "clicks.grants.submit(ServiceAccount.fromServiceAccountName(chart, 'ci-robot', 'robot', { namespaceName: 'ci' }), { kinds: [ApplicationKind.SPARK_APPLICATION], logs: true, name: 'nightly' });",
    ]);
  });

  it('of another kind gets that kind (row 9)', () => {
    const [code] = codeOf(
      explained(forbidden(account('ci', 'robot'), 'create', 'sparkconnects', 'clicks', APPLICATIONS)),
    );
    expect(code).toContain("{ kinds: [ApplicationKind.SPARK_CONNECT], name: 'nightly' }");
  });

  it('that only looks gets view, without logs that it does not ask for', () => {
    const [code] = codeOf(
      explained(forbidden(account('tools', 'board'), 'list', 'sparkapplications', 'clicks', APPLICATIONS)),
    );
    expect(code).toBe(
      "clicks.grants.view(ServiceAccount.fromServiceAccountName(chart, 'tools-board', 'board', { namespaceName: 'tools' }), { kinds: [ApplicationKind.SPARK_APPLICATION], logs: false });",
    );
  });

  it('that the program grants something else is known', () => {
    const explanation = explained(forbidden('eva@acme.dev', 'delete', 'sparkapplications', 'clicks', APPLICATIONS));
    expect(explanation.who).toBe('User eva@acme.dev, to whom the program grants other rights');
    expect(explanation.remedies?.[0].when).toMatch(/^the program has this subject already/);
  });

  it('that asks for what only one tool asks for may be that tool', () => {
    const explanation = explained(forbidden(account('tools', 'board'), 'delete', 'pods', 'clicks'));
    expect(explanation.advice).toMatch(/^Airflow's triggerer asks for this: if it is that, grant submit/);
    expect(codeOf(explanation)[0]).toContain('{ tools: [SubmitterTool.AIRFLOW_TRIGGERER] }');
  });

  it('that deletes gets operate', () => {
    const [code] = codeOf(explained(forbidden('mira@acme.dev', 'delete', 'sparkapplications', 'clicks', APPLICATIONS)));
    expect(code).toBe(
      "clicks.grants.operate(User.fromName(chart, 'mira-acme-dev', 'mira@acme.dev'), { kinds: [ApplicationKind.SPARK_APPLICATION] });",
    );
  });

  it('of one application of the program may be granted that one alone', () => {
    const text = forbidden('mira@acme.dev', 'delete', 'sparkapplications', 'clicks', APPLICATIONS);
    const ofSessions = text.replace('sparkapplications is', 'sparkapplications.sparkoperator.k8s.io "sessions" is');
    expect(explained(ofSessions).remedies?.slice(1)).toEqual([
      {
        when: 'or, if it is for the application "sessions" alone (sessions is its construct)',
        code: "sessions.grants.operate(User.fromName(chart, 'mira-acme-dev', 'mira@acme.dev'));",
      },
    ]);
    expect(codeOf(explained(ofSessions.replace('"sessions"', '"other"')))).toHaveLength(1);
  });

  it('that opens a shell is a person with debug', () => {
    const explanation = explained(forbidden('mira@acme.dev', 'create', 'pods/exec', 'clicks'));
    expect(explanation.advice).toContain('Relaxation.of(Guarantee.NO_DEBUG_RIGHTS, reason)');
    expect(codeOf(explanation)).toEqual([
      "clicks.grants.debug(User.fromName(chart, 'mira-acme-dev', 'mira@acme.dev'));",
    ]);
  });

  it('may be in a group that has the right', () => {
    const explanation = explained(forbidden('mira@acme.dev', 'get', 'sparkapplications', 'clicks', APPLICATIONS));
    expect(explanation.program).toBe(
      'grants it to Group acme:engineers; the message does not tell the groups of mira@acme.dev',
    );
    expect(codeOf(explanation)).toEqual([]);
  });

  it('of the namespace "default" is said to be there', () => {
    const [code] = codeOf(
      explained(forbidden(account('default', 'airflow'), 'create', 'sparkapplications', 'clicks', APPLICATIONS)),
    );
    expect(code).toContain('inDefaultNamespace: true');
  });

  it('gets the namespace too where the program has none', () => {
    expect(explained(forbidden(account('airflow', 'worker'), 'list', 'pods', 'team-1')).remedies?.slice(0, 1)).toEqual([
      {
        when: 'if the program does not have the job namespace "team-1" yet',
        code: "const team1 = new SparkJobNamespace(chart, 'team-1');",
      },
    ]);
  });

  it.each([
    ['create', 'pods', 'create a SparkApplication, which takes grants.submit'],
    ['get', 'secrets', 'the kubelet puts a Secret into the pod'],
    ['create', 'rolebindings', 'an administrator, Argo CD or Flux'],
    ['impersonate', 'serviceaccounts', 'runs as that account'],
    ['update', 'sparkapplications/status', "the operator's controller writes it"],
    ['get', 'namespaces', 'look at the next message of the same command'],
  ])('is not given the right to %s %s', (verb, resource, instead) => {
    const group = resource.startsWith('spark') ? APPLICATIONS : '';
    const explanation = explained(forbidden(account('airflow', 'worker'), verb, resource, 'clicks', group));
    expect(explanation.advice).toMatch(/^do not grant it to ServiceAccount airflow\/worker; /);
    expect(explanation.advice).toContain(instead);
    expect(codeOf(explanation)).toEqual([]);
  });

  it('is not given a right in all namespaces', () => {
    expect(explained(forbidden('mira@acme.dev', 'list', 'sparkapplications', '', APPLICATIONS)).advice).toContain(
      'let the client ask in one namespace',
    );
  });

  it('that asks in its own namespace, where there are no jobs, is told that this is none of the program', () => {
    const text = forbidden(account('airflow', 'worker'), 'list', 'pods', 'airflow');
    expect(explained(text).advice).toContain('rights there come with what is installed there');
    expect(explained(text, NO_PROGRAM).advice).not.toContain('rights there come with what is installed there');
    expect(explained(text.replace('"airflow"', '"billing"')).advice).not.toContain('what is installed there');
  });

  it('is told that this library grants no such right', () => {
    expect(explained(forbidden('mira@acme.dev', 'get', 'leases', 'clicks', 'coordination.k8s.io')).advice).toMatch(
      /^nothing in this library grants it/,
    );
    expect(explained('forbidden: User "mira@acme.dev" cannot get path "/metrics"').advice).toMatch(
      /^this library grants no paths/,
    );
  });
});

describe('identities of Kubernetes itself', () => {
  it('are granted nothing', () => {
    expect(explained(forbidden('system:anonymous', 'list', 'pods', 'clicks')).advice).toContain(
      'carried no credential',
    );
    for (const user of ['system:node:a', account('kube-system', 'coredns')]) {
      expect(explained(forbidden(user, 'list', 'pods', 'clicks')).advice).toContain(
        "one of Kubernetes' own identities",
      );
    }
  });
});

describe('a text', () => {
  const first = forbidden(account('airflow', 'worker'), 'list', 'pods', 'billing');
  const second = forbidden(account('clicks', 'spark-executor'), 'get', 'configmaps', 'clicks');

  it('of several problems is explained whole, each once', () => {
    const whole = explainText(`${first}\n${second}\n${first}\nRead-only file system`, PROGRAM);
    expect(whole.map(({ what }) => what)).toEqual([
      ...explainText(first, PROGRAM).map(({ what }) => what),
      ...explainText(second, PROGRAM).map(({ what }) => what),
      'something writes into the root file system, which is read-only',
    ]);
  });

  it('that says the same twice, once cut, is one problem', () => {
    expect(explainText(`${first}\n${first.slice(0, first.indexOf(' in the namespace'))}`, PROGRAM)).toEqual(
      explainText(first, PROGRAM),
    );
  });

  it('that is cut has its namespace from the command', () => {
    const cut = first.slice(0, first.indexOf(' in the namespace'));
    expect(explainText(cut, PROGRAM, 'billing')).toEqual(explainText(first, PROGRAM));
    expect(explained(cut).advice).toContain('the text does not say in which namespace');
  });

  it('that is cut before it names the resource says what is missing', () => {
    const cut = first.slice(0, first.indexOf('ods" in API'));
    expect(explained(cut).advice).toBe(
      'the text does not say for which resource and in which namespace: give all of it for a definite answer',
    );
  });

  it.each([
    ['an exception of the Python client', pythonException(first)],
    ['an exception of the Java client', javaException(first)],
    ['a status of the API server', JSON.stringify({ kind: 'Status', status: 'Failure', message: first, code: 403 })],
    ['kubectl', `Error from server (Forbidden): error when creating "pi.yaml": ${first}`],
    ['JSON in a log of JSON', JSON.stringify({ log: JSON.stringify({ message: `${first}\n` }) })],
  ])('is found in %s', (_, text) => {
    expect(explainText(text, PROGRAM)).toEqual(explainText(first, PROGRAM));
  });
});

function pythonException(message: string): string {
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'Forbidden' });
  return [
    'Traceback (most recent call last):',
    '  File "/home/airflow/.local/lib/python3.12/site-packages/kubernetes/client/rest.py", line 290, in request',
    '    raise ApiException(http_resp=r)',
    'kubernetes.client.exceptions.ApiException: (403)',
    'Reason: Forbidden',
    "HTTP response headers: HTTPHeaderDict({'Content-Type': 'application/json'})",
    `HTTP response body: ${body}`,
  ].join('\n');
}

function javaException(message: string): string {
  return [
    'Exception in thread "main" io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: GET at:',
    ` https://kubernetes.default.svc/api/v1/namespaces/billing/pods. Message: Forbidden!Configured service account doesn't`,
    ` have access. Service account may have been revoked. ${message}.`,
    '\tat io.fabric8.kubernetes.client.KubernetesClientException.copyAsCause(KubernetesClientException.java:238)',
  ].join('\n');
}
