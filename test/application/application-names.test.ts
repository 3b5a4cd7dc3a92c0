import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { ISparkJobNamespace, SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { Program } from '../../lib/program/program';
import { messageOf, newChart } from '../job-namespace/manifests';
import { IMAGE, makeSecure, PYTHON, secureRefusal } from './fixtures';

function application(
  chart: Chart,
  id: string,
  jobNamespace: ISparkJobNamespace,
  name?: string,
): SecureSparkApplication {
  return new SecureSparkApplication(chart, id, { jobNamespace, image: IMAGE, main: PYTHON, name });
}

describe('an application’s name (guarantee 7)', () => {
  test('is the construct’s id, unless one is given', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    expect(application(chart, 'sessions', jobNamespace)).toMatchObject({ name: 'sessions', jobNamespace });
    expect(application(chart, 'b', jobNamespace, 'other').name).toBe('other');
  });

  test('has at most 63 characters (row 45)', () => {
    expect(() => makeSecure(newChart(), { name: 'a'.repeat(63) })).not.toThrow();
    expect(secureRefusal({ name: 'a'.repeat(64) })).toBe(
      `test/sessions: the name "${'a'.repeat(64)}" has 64 characters; at most 63 are possible: ` +
        'choose a shorter one with the name property',
    );
  });

  test.each(['1st', 'Sessions', 'a_b', 'a.b', '-a', 'a-', 'ä', ''])('is not %j (row 45)', (name) => {
    expect(secureRefusal({ name })).toBe(
      `test/sessions: the name "${name}" is no DNS label; use lower-case letters, digits and "-", start with a letter ` +
        'and end with a letter or digit: set one with the name property',
    );
  });

  test('is no other application’s of the namespace (row 48)', () => {
    const chart = newChart();
    const jobNamespace = new SparkJobNamespace(chart, 'clicks');
    application(chart, 'a', jobNamespace, 'sessions');
    application(chart, 'b', jobNamespace, 'sessions');
    expect(messageOf(() => (chart.node.root as App).synthYaml())).toContain(
      'test/a and test/b write the same object, SparkApplication "sessions" in namespace "clicks": ' +
        'give one of them another name',
    );
  });

  test('may be one of another namespace', () => {
    const chart = newChart();
    application(chart, 'a', new SparkJobNamespace(chart, 'clicks'), 'sessions');
    application(chart, 'b', new SparkJobNamespace(chart, 'orders'), 'sessions');
    expect(() => (chart.node.root as App).synthYaml()).not.toThrow();
  });
});

describe('labels and annotations of an application', () => {
  test('stand beside the recommended ones', () => {
    const chart = newChart();
    makeSecure(chart, { labels: { team: 'clicks' }, annotations: { 'acme.dev/owner': 'Jo Do' } });
    expect(Testing.synth(chart).find(({ kind }) => kind === 'SparkApplication').metadata).toEqual({
      name: 'sessions',
      namespace: 'clicks',
      labels: {
        'app.kubernetes.io/instance': 'sessions',
        'app.kubernetes.io/managed-by': 'cdk8s',
        'app.kubernetes.io/name': 'spark-application',
        'app.kubernetes.io/part-of': 'spark',
        team: 'clicks',
      },
      annotations: { 'acme.dev/owner': 'Jo Do' },
    });
  });

  test('are refused where the API server would refuse them (row 45)', () => {
    const long = 'a'.repeat(64);
    expect(secureRefusal({ labels: { team: long } })).toBe(
      `test/sessions: labels "team" has the value "${long}"; use at most 63 letters, digits and - _ . between them`,
    );
    expect(secureRefusal({ annotations: { 'a b': '' } })).toContain('annotations "a b" is no possible key');
    expect(secureRefusal({ labels: { 'spark-role': 'x' } })).toBe(
      'test/sessions: labels "spark-role" belongs to Spark and the operator; choose a label without that prefix',
    );
  });
});

describe('an application’s namespace', () => {
  function watchedBy(namespaces: string[]): Chart {
    const chart = newChart();
    makeSecure(chart);
    const operator = new Chart(chart.node.root as App, 'operator');
    Program.of(operator).addWatcher({ node: operator.node, watches: (name) => namespaces.includes(name) });
    return chart;
  }

  test('must be watched when the program has an operator', () => {
    expect(messageOf(() => (watchedBy(['orders']).node.root as App).synthYaml())).toContain(
      '[SparkProgram] test/sessions: runs in namespace "clicks", which no operator of this program watches (operator); ' +
        "add it to the operator's jobNamespaces",
    );
    expect(() => (watchedBy(['orders', 'clicks']).node.root as App).synthYaml()).not.toThrow();
  });

  test('is nobody’s affair when the program has none', () => {
    const chart = newChart();
    makeSecure(chart);
    expect(() => (chart.node.root as App).synthYaml()).not.toThrow();
  });

  test.each(['driverServiceAccount', 'executorServiceAccount'])('has no %s "default" (row 4)', (property) => {
    const account = ServiceAccount.fromServiceAccountName(newChart(), 'account', 'default', {
      namespaceName: 'clicks',
    });
    expect(secureRefusal({}, { [property]: account })).toContain(
      `${property} is the account "default", which every pod without an account runs as: name another one`,
    );
  });

  test('tells its chart nothing: the object is where the job runs', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'elsewhere', labels: { env: 'prod' } });
    makeSecure(chart);
    const { metadata } = Testing.synth(chart).find(({ kind }) => kind === 'SparkApplication') as ApiObject;
    expect(metadata).toMatchObject({ namespace: 'clicks', labels: { env: 'prod' } });
  });
});
