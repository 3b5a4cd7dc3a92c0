import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { clusterScoped, namespaceOf, recommendedLabels } from '../../lib/kubernetes/objects';

const CLUSTER_ROLE = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'a' } };

describe('an object of the cluster', () => {
  test.each(['team', undefined])('has no namespace in a chart of namespace %s', (namespace) => {
    const chart = new Chart(new App(), 'test', { namespace });
    const object = clusterScoped(new ApiObject(chart, 'a', CLUSTER_ROLE));
    expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'a' });
    expect(namespaceOf(object)).toBeUndefined();
  });

  test('is told from one of a namespace', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'team' });
    const object = new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    expect(namespaceOf(object)).toBe('team');
  });
});

describe('labels', () => {
  test('follow the recommended set', () => {
    expect(recommendedLabels({ name: 'a', instance: 'b' })).toEqual({
      'app.kubernetes.io/name': 'a',
      'app.kubernetes.io/instance': 'b',
      'app.kubernetes.io/part-of': 'spark',
      'app.kubernetes.io/managed-by': 'cdk8s',
    });
    expect(recommendedLabels({ name: 'a', instance: 'b', component: 'c', version: 'd' })).toMatchObject({
      'app.kubernetes.io/component': 'c',
      'app.kubernetes.io/version': 'd',
    });
  });
});
