import { BatchScheduler } from '../../lib/operator/batch-scheduler';
import { argsOf, messageOf, one, refusal, written } from './support';

const { VOLCANO, YUNIKORN } = BatchScheduler;

function batchArgs(args: string[]): string[] {
  return args.filter((arg) => /batch-scheduler|kube-scheduler/.test(arg));
}

test('the controller knows no batch scheduler by default', () => {
  const manifests = written();
  expect(batchArgs(argsOf(manifests, 'controller'))).toEqual([]);
  expect(JSON.stringify(one(manifests, 'Role', 'spark-operator-controller', 'clicks'))).not.toContain('podgroups');
});

test('batch schedulers bring their flags, the names of Kubernetes schedulers and the default among them (row 55)', () => {
  const batchSchedulers = [
    VOLCANO,
    YUNIKORN,
    BatchScheduler.coscheduling('gang-b'),
    BatchScheduler.coscheduling('gang-a'),
  ];
  const manifests = written({ batchSchedulers, defaultBatchScheduler: YUNIKORN });
  expect(batchArgs(argsOf(manifests, 'controller'))).toEqual([
    '--enable-batch-scheduler=true',
    '--kube-scheduler-names=gang-a,gang-b',
    '--default-batch-scheduler=yunikorn',
  ]);
});

test.each([
  ['volcano', VOLCANO, { apiGroups: ['scheduling.volcano.sh'], verbs: ['create', 'delete', 'get', 'update'] }],
  [
    'a Kubernetes scheduler',
    BatchScheduler.coscheduling('gang'),
    { apiGroups: ['scheduling.x-k8s.io'], verbs: ['create', 'delete', 'get', 'list', 'update', 'watch'] },
  ],
])('%s brings the rights on its pod groups (row 55)', (_, scheduler, rule) => {
  const manifests = written({ batchSchedulers: [scheduler] });
  const rules = one(manifests, 'Role', 'spark-operator-controller', 'clicks').rules ?? [];
  expect(rules.filter(({ resources }) => resources.includes('podgroups'))).toEqual([
    { ...rule, resources: ['podgroups'] },
  ]);
});

test('YuniKorn needs no right', () => {
  expect(JSON.stringify(written({ batchSchedulers: [YUNIKORN] }))).not.toContain('podgroups');
});

test('refuses a default batch scheduler that is not in the list', () => {
  expect(refusal({ batchSchedulers: [YUNIKORN], defaultBatchScheduler: VOLCANO })).toBe(
    'platform/operator: defaultBatchScheduler is volcano, but batchSchedulers has yunikorn: add it there',
  );
});

test.each(['', ' ', 'a,b', 'volcano', 'yunikorn'])('refuses "%s" as the name of a Kubernetes scheduler', (name) => {
  expect(messageOf(() => BatchScheduler.coscheduling(name))).toBe(
    `BatchScheduler.coscheduling: "${name}" is no name of a Kubernetes scheduler; use the schedulerName of its pods, and VOLCANO or YUNIKORN for those two`,
  );
});
