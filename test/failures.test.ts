import { SparkJobNamespace, SparkOperator } from '../lib';
import { manifests, names, newChart } from './job-namespace/manifests';

/** Rows of docs/failures.md that are about a whole program. */

test('no other program is needed to write the operator (row 66)', () => {
  const { PATH } = process.env;
  process.env.PATH = '';
  try {
    const chart = newChart();
    new SparkOperator(chart, 'operator', { jobNamespaces: [new SparkJobNamespace(chart, 'clicks')] });
    expect(names(chart, 'Deployment')).toEqual(['spark-operator-controller', 'spark-operator-webhook']);
  } finally {
    process.env.PATH = PATH;
  }
});

test('the operator has rights on objects of the cluster by name only (row 70)', () => {
  const chart = newChart();
  new SparkOperator(chart, 'operator', { jobNamespaces: [new SparkJobNamespace(chart, 'clicks')] });
  const clusterRoles = manifests(chart).filter(({ kind }) => kind === 'ClusterRole');
  expect(clusterRoles.map(({ rules }) => rules)).toEqual([
    [
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
        resourceNames: ['spark-operator-webhook'],
        verbs: ['list', 'watch', 'update'],
      },
    ],
  ]);
});
