import { App, Chart } from 'cdk8s';
import { SecureSparkApplication, SparkImage, SparkJobNamespace, SparkMain, SparkOperator } from '../../lib';
import { GUARD_TOPICS } from '../../lib/admission-guard/guard-policy';
import { AccessReview } from '../../lib/access/access-review';
import { explainText } from '../../lib/explain/explain-text';
import { ExplainedProgram } from '../../lib/explain/explained-program';
import { Explanation } from '../../lib/explain/explanation';
import { manifestsOfApp } from '../../lib/manifests/manifest-source';

const app = new App();
const chart = new Chart(app, 'platform');
const clicks = new SparkJobNamespace(chart, 'clicks');
new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
new SecureSparkApplication(chart, 'pi', {
  jobNamespace: clicks,
  image: SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' }),
  main: SparkMain.python('local:///opt/app/pi.py'),
});
const PROGRAM = new ExplainedProgram(AccessReview.ofApp(app));
const POLICIES = manifestsOfApp(app)
  .map(({ manifest }) => manifest)
  .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
  .map(({ metadata }) => (metadata as { name: string }).name);

function explained(text: string, program = PROGRAM): Explanation {
  const explanations = explainText(text, program);
  expect(explanations).toHaveLength(1);
  return explanations[0];
}

const codeOf = ({ remedies = [] }: Explanation): string[] => remedies.map(({ code }) => code);

describe('a refusal of Pod Security', () => {
  const refusal = (pod: string, container: string, rest = ''): string =>
    `pods "${pod}" is forbidden: violates PodSecurity "restricted:v1.28": runAsNonRoot != true (pod or container "${container}" must set securityContext.runAsNonRoot=true), hostPath volumes (volume "data")${rest}`;

  it('names the rules and the properties that meet them (row 25)', () => {
    const explanation = explained(refusal('pi-driver', 'spark-kubernetes-driver'));
    expect(explanation.what).toBe(
      'Pod Security admission refuses the pod "pi-driver": its namespace enforces restricted (v1.28)',
    );
    expect(explanation.who).toBe("the operator's controller, which makes the driver's pod from the application");
    expect(explanation.lacks).toBe('no right; the pod breaks the rules of runAsNonRoot != true and hostPath volumes');
    expect(explanation.advice).toContain(
      'the pods run as user 185, not root and writableDirectories take the place of host paths; do not lower the level',
    );
    expect(codeOf(explanation)).toEqual(["new SecureSparkApplication(chart, 'pi', { jobNamespace, image, main });"]);
  });

  it('of an application that the program has says that the cluster has another', () => {
    expect(explained(refusal('pi-driver', 'spark-kubernetes-driver')).program).toContain(
      'has an application "pi" in it',
    );
    expect(explained(refusal('other-driver', 'spark-kubernetes-driver')).program).toBeUndefined();
  });

  it('of an executor is one of the driver, which makes it', () => {
    expect(explained(refusal('pi-0a1b-exec-1', 'spark-kubernetes-executor')).who).toBe(
      "the driver, which makes the executors' pods from the application",
    );
  });

  it('of a sidecar says that sidecars of the application are hardened too (row 25)', () => {
    expect(explained(refusal('pi-driver', 'istio-proxy')).advice).toContain('"istio-proxy": give it as a sidecar');
  });

  it('of two pods is two explanations', () => {
    const both = `${refusal('a-driver', 'spark-kubernetes-driver')}; ${refusal('b-driver', 'spark-kubernetes-driver')}`;
    expect(explainText(both, PROGRAM).map(({ what }) => /pod "(.*?)"/.exec(what)?.[1])).toEqual([
      'a-driver',
      'b-driver',
    ]);
  });
});

describe("a denial of the operator's webhook", () => {
  const denial = (message: string): string =>
    `Error from server: error when creating "pi.yaml": admission webhook "validate-sparkoperator-k8s-io-v1beta2-sparkapplication.sparkoperator.k8s.io" denied the request: ${message}`;

  it.each([
    [
      'sparkConf key "spark.master" is not allowed: managed by the operator',
      'the operator manages it and refuses it: leave it out',
    ],
    ['failed to validate resource quota "clicks/spark-quota"', 'raise quota of the SparkJobNamespace'],
    [
      'invalid SparkApplication name "Pi": a DNS-1035 label must consist of',
      'at most 63 characters, 43 for a ScheduledSparkApplication',
    ],
    [
      'node selector cannot be defined at both SparkApplication and Driver/Executor',
      'use driver.nodeSelector and executor.nodeSelector',
    ],
    ['pod template feature requires Spark version 3.0.0 or higher', 'SparkImage.of with the sparkVersion'],
    ['DriverIngressOptions has nill ServicePort', 'this library writes no driverIngressOptions'],
  ])('with %s says what to do (rows 23, 45)', (message, advice) => {
    const explanation = explained(denial(message));
    expect(explanation.kind).toBe('webhook');
    expect(explanation.advice).toContain(advice);
  });

  it('with a rule that is not known quotes it and guesses nothing', () => {
    const explanation = explained(denial('the moon is full'));
    expect(explanation.what).toBe("the operator's webhook refuses the object");
    expect(explanation.lacks).toBe('what the webhook says in its own words: the moon is full');
  });

  it('is not mistaken for that of somebody else', () => {
    const explanation = explained('admission webhook "vault.hashicorp.dev" denied the request: no role');
    expect(explanation.what).toBe('the webhook vault.hashicorp.dev refuses the object');
    expect(explanation.advice).toContain('its owner knows the rule');
  });
});

describe('a denial of an admission policy', () => {
  const denial = (message: string, policy = POLICIES[0]): string =>
    `sparkapplications.sparkoperator.k8s.io "pi" is forbidden: ValidatingAdmissionPolicy '${policy}' with binding '${policy}-clicks' denied request: ${message}`;
  const ruleMessage = (name: string, field: string): string => {
    const rule = GUARD_TOPICS.flatMap(({ rules }) => rules).find((each) => each.name === name);
    if (rule === undefined) throw new Error(`the guard has no rule ${name}`);
    return `${field} ${rule.refusal}; ${rule.remedy}`;
  };

  it.each(GUARD_TOPICS.flatMap(({ rules }) => rules).map((rule) => [rule.name, rule] as const))(
    'by the rule %s of the guard says what breaks it and what to do',
    (_, { refusal, remedy }) => {
      const explanation = explained(denial(`spec.driver.field ${refusal}; ${remedy}`));
      expect(explanation.kind).toBe('admission-policy');
      expect(explanation.lacks).toBe(`spec.driver.field ${refusal}`);
      expect(explanation.advice).toBe(`${remedy}. The namespace decides what is allowed there, not who submits`);
      expect(explanation.program).toBe('has this policy: it is meant to refuse that');
    },
  );

  it.each([
    ['mainFile', 'spec.mainApplicationFile "s3a://b/pi.py"', "admission: { fileSchemes: ['s3a'] },"],
    ['sparkConfKeys', 'spec.sparkConf["spark.kubernetes.x"]', "admission: { sparkConf: ['spark.kubernetes.x'] },"],
    ['packages', 'spec.deps.packages "org.acme:a:1"', "admission: { packages: ['org.acme:a:1'] },"],
    [
      'imageRepositories',
      'spec.image "registry.acme.dev:5000/team/pi:1.0"',
      "admission: { imageRepositories: ['registry.acme.dev:5000/team/pi'] },",
    ],
    [
      'pullSecrets',
      'spec.imagePullSecrets "registry"',
      "admission: { secrets: [Secret.fromSecretName(chart, 'registry', 'registry')] },",
    ],
  ])('by the rule %s has the line that allows it on the namespace', (rule, field, code) => {
    expect(codeOf(explained(denial(ruleMessage(rule, field))))).toEqual([code]);
  });

  /** Lists that hold something else than a message quotes. */
  const OTHERS = ['podFields', 'volumeKinds', 'hostNamespaces', 'nodeNames', 'tolerations'];

  it.each(
    GUARD_TOPICS.flatMap(({ rules }) => rules).map(({ name, remedy }) => {
      const list = /admission\.(\w+)/.exec(remedy)?.[1];
      return [name, list === undefined || OTHERS.includes(list) ? undefined : list] as const;
    }),
  )('by the rule %s names the list %s of the namespace, as the rule itself does', (name, list) => {
    const [code] = codeOf(explained(denial(ruleMessage(name, 'spec.field "gs://b:1"'))));
    expect(code?.split('{ ')[1].split(':')[0]).toBe(list);
  });

  it.each([
    ['mainFile', 'spec.mainApplicationFile "file:///etc/passwd"'],
    ['mainFile', 'spec.mainApplicationFile "--conf"'],
    ['proxyUser', 'spec.proxyUser'],
  ])('by the rule %s for %s has none', (rule, field) => {
    expect(codeOf(explained(denial(ruleMessage(rule, field))))).toEqual([]);
  });

  it('without the parameters of the namespace is to be applied', () => {
    const text = denial(
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
    );
    expect(explained(text).advice).toMatch(/^apply the program: the parameters are a Role/);
  });

  it('that the program does not have is quoted, and somebody else made it', () => {
    const explanation = explained(denial('images must be signed', 'signed-images'));
    expect(explanation.lacks).toBe('images must be signed');
    expect(explanation.program).toMatch(/^does not have this policy/);
  });
});

describe('a webhook that cannot be called', () => {
  it.each([
    ['x509: certificate signed by unknown authority', 'WebhookCertificates.certManager()'],
    ['dial tcp 10.0.0.7:9443: connect: connection refused', 'rollout status deployment/spark-operator-webhook'],
    ['context deadline exceeded', 'a firewall rule'],
    ['something else', 'docs/operator.md'],
  ])('with %s says what to look at (rows 27, 28)', (cause, advice) => {
    const text = `failed calling webhook "mutate--v1-pod.sparkoperator.k8s.io": failed to call webhook: Post "https://spark-operator-webhook": ${cause}`;
    expect(explained(text).advice).toContain(advice);
  });
});
