import { drawnNamespaces, overview } from '../../lib/report/picture';
import { svg } from '../../lib/report/svg';
import { application, binding, namespace, reportOf, role, RuleLike } from './manifests';
import { dataOf, platformOf } from './programs';

const SUBMIT: RuleLike = { apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'], verbs: ['create'] };

function teams(number: number): string[] {
  return Array.from({ length: number }, (_, index) => `team-${index + 1}`);
}

function submitting(name: string, account: string): ReturnType<typeof role>[] {
  return [namespace(name), application(name, 'job'), role(name, 'submit', SUBMIT), binding(name, 'submit', account)];
}

describe('the picture', () => {
  test('has a lane for each of a few namespaces, and a home for each place that identities come from', () => {
    const { homes, lanes } = overview(reportOf(...teams(2).flatMap((name) => submitting(name, 'airflow/worker'))));
    expect(lanes.map(({ title }) => title)).toEqual(['team-1', 'team-2']);
    expect(homes.map(({ title, nodes }) => [title, nodes.map(({ label }) => label)])).toEqual([
      ['namespace airflow', ['worker']],
    ]);
  });

  test('draws namespaces that look the same as one, from nine on', () => {
    const titles = (number: number): string[] =>
      overview(reportOf(...teams(number).flatMap((name) => submitting(name, 'airflow/worker')))).lanes.map(
        ({ title }) => title,
      );
    expect(titles(8)).toHaveLength(8);
    expect(titles(9)).toEqual(['9 namespaces: team-1, team-2, team-3 and 6 more']);
  });

  test('draws submitters of one namespace each as one', () => {
    const report = reportOf(...teams(9).flatMap((name) => submitting(name, `ci/${name}`)));
    expect(overview(report).homes).toEqual([
      {
        title: 'one for each namespace',
        nodes: [{ key: 'submitter of its own', label: 'submitter of its own', hue: 'submitter' }],
      },
    ]);
  });

  test('shows a namespace with a stranger alone, first and by name', () => {
    const secrets = role('team-7', 'peek', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] });
    const report = reportOf(
      ...teams(20).flatMap((name) => submitting(name, 'airflow/worker')),
      ...[secrets, binding('team-7', 'peek', 'backups/backup')],
    );
    const [first, second] = overview({
      ...report,
      namespaces: report.namespaces.map((one) => ({ ...one, isolated: true })),
    }).lanes;
    expect([first.title, second.title]).toEqual(['team-7', '19 namespaces: team-1, team-10, team-11 and 16 more']);
    expect(first.ports.map(({ label, gist }) => [label, gist])).toContainEqual(['backup', 'reads secrets']);
  });

  test('leaves out namespaces that only their own accounts have rights in', () => {
    const watch = { apiGroups: [''], resources: ['pods'], verbs: ['list'] };
    const report = reportOf(
      ...['own', 'reached'].map((name) => role(name, 'watch', watch)),
      binding('own', 'watch', 'own/app'),
      binding('reached', 'watch', 'own/app'),
    );
    expect(drawnNamespaces(report).map(({ name }) => name)).toEqual(['reached']);
  });

  test('tells apart who only reads, and what is reached', () => {
    const { lanes } = overview(dataOf(platformOf(1)));
    const team = lanes[lanes.length - 1];
    expect(team.ports.map(({ label, reads, targets }) => [label, reads, targets])).toEqual([
      ['group acme:team-001-engineers', false, ['application']],
      ['airflow-worker', false, ['application']],
      ['backup', true, []],
      ['spark-operator-controller', false, ['application', 'driver']],
      ['spark-operator-webhook', true, ['application']],
    ]);
  });

  test('is drawn without anything beyond its edges', () => {
    for (const number of [1, 5, 40]) {
      const drawing = svg(overview(dataOf(platformOf(number))), 'picture');
      const height = Number(/ height="(\d+)" role/.exec(drawing)?.[1]);
      const bottoms = [...drawing.matchAll(/<rect [^>]*y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g)].map(
        ([, y, tall]) => Number(y) + Number(tall),
      );
      expect(bottoms.length).toBeGreaterThan(5);
      expect(Math.max(...bottoms)).toBeLessThanOrEqual(height);
      expect(drawing).not.toMatch(/NaN|undefined|"-\d/);
    }
  });
});
