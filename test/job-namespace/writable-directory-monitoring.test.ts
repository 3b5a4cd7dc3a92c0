import { App, Chart, Duration, Testing } from 'cdk8s';
import { EmptyDirExporter, SparkJobNamespace, WritableDirectoryMonitoring } from 'cdk8s-spark';

let warnings: jest.SpyInstance;
beforeEach(() => (warnings = jest.spyOn(console, 'warn').mockImplementation()));
afterEach(() => warnings.mockRestore());

function rulesOf(
  monitorWritableDirectories?: WritableDirectoryMonitoring,
): { alert: string; expr: string; for: string }[] {
  const chart = new Chart(new App(), 'platform');
  new SparkJobNamespace(chart, 'team-1', { monitorWritableDirectories });
  const rule = Testing.synth(chart).find(({ kind }: { kind: string }) => kind === 'PrometheusRule');
  return rule?.spec.groups[0].rules ?? [];
}

it('writes no rule unless it is asked for', () => {
  expect(rulesOf()).toEqual([]);
  expect(warnings).not.toHaveBeenCalled();
});

it('warns of volume claims from the metrics of the kubelet', () => {
  const [claims, ...others] = rulesOf({});
  expect(others).toEqual([]);
  expect(claims.expr).toBe(
    'max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{namespace="team-1"} / kubelet_volume_stats_capacity_bytes{namespace="team-1"}) > 0.8',
  );
  expect(claims.for).toBe('120s');
});

it('says that emptyDir volumes are not watched where no exporter is named', () => {
  rulesOf({});
  expect(warnings).toHaveBeenCalledWith(
    expect.stringMatching(/^platform\/team-1: the emptyDir volumes .* are not watched/),
  );
});

it('warns of emptyDir volumes from the metric of an exporter', () => {
  const [, directories] = rulesOf({
    threshold: 0.5,
    waitFor: Duration.seconds(30),
    emptyDirExporter: EmptyDirExporter.ephemeralStorageMetrics(),
  });
  expect(directories).toMatchObject({
    expr: 'max by (pod_name, volume_name) (ephemeral_storage_container_volume_limit_percentage{pod_namespace="team-1"}) > 50',
    for: '30s',
  });
  expect(warnings).not.toHaveBeenCalled();
});

it.each([0, 1, -0.1, 80])('refuses the threshold %p with the remedy', (threshold) => {
  expect(() => rulesOf({ threshold })).toThrow(
    `platform/team-1: monitorWritableDirectories.threshold is ${threshold}; give a part between 0 and 1, such as 0.8`,
  );
});

it('refuses the name of a metric that Prometheus does not have', () => {
  const metric = { name: 'used-bytes', namespaceLabel: 'namespace', podLabel: 'pod', volumeLabel: 'volume' };
  expect(() => EmptyDirExporter.ofMetric(metric)).toThrow('EmptyDirExporter.ofMetric: name is "used-bytes"');
});
