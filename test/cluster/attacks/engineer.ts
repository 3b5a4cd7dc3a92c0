import { attacksOf, BYSTANDER, Call, get, guard, inNamespace, object, patch, post, rbac, Scene, SPARK } from './attack';
import { ApplicationChange, applicationOf } from './bodies';

const only = 'two-teams';

function schedule(scene: Scene, every: string, change: ApplicationChange = {}): Call {
  const { spec } = applicationOf(scene, change) as { spec: object };
  return post(
    inNamespace(scene.home, 'scheduledsparkapplications', SPARK),
    object(SPARK, 'ScheduledSparkApplication', 'foothold', { spec: { schedule: every, template: spec } }),
  );
}

function change({ home }: Scene, spec: object): Call {
  return patch(inNamespace(home, `sparkapplications/${BYSTANDER}`, SPARK), { spec });
}

/** A person of the second team, who may write and change applications of both kinds. */
export const ENGINEER_ATTACKS = attacksOf('engineer', [
  {
    tries: 'hide a bad application in the template of a scheduled one',
    call: (scene) => schedule(scene, '0 0 * * *', { spec: { mainApplicationFile: 'file:///etc/passwd' } }),
    ...guard('spec.template.mainApplicationFile'),
    harmless: (scene) => schedule(scene, '0 0 * * *'),
    only,
  },
  {
    tries: 'turn a good application into a bad one after it was admitted',
    call: (scene) => change(scene, { mainApplicationFile: 'file:///etc/passwd' }),
    ...guard('spec.mainApplicationFile'),
    // No such application stands in the namespace without walls.
    control: { status: 404, words: 'not found' },
    harmless: (scene) => change(scene, { arguments: ['20'] }),
    only,
  },
  {
    tries: 'write the state of an application, so that a restart runs other code',
    call: ({ home }) =>
      patch(inNamespace(home, `sparkapplications/${BYSTANDER}/status`, SPARK), {
        status: { applicationState: { state: 'NEW' }, driverInfo: {} },
      }),
    ...rbac('patch sparkapplications/status'),
    only,
  },
  {
    tries: 'change an application of another team',
    call: ({ other }) =>
      patch(inNamespace(other, `sparkapplications/${BYSTANDER}`, SPARK), { spec: { arguments: [] } }),
    ...rbac('patch sparkapplications'),
    only,
  },
  {
    tries: 'look at the pods of its own team, which it was not granted',
    call: ({ home }) => get(inNamespace(home, 'pods')),
    ...rbac('list pods'),
    only,
  },
  {
    tries: 'keep applications of another team from being deleted, by a finalizer',
    call: ({ other }) =>
      patch(inNamespace(other, `sparkapplications/${BYSTANDER}`, SPARK), {
        metadata: { finalizers: ['foothold.example.com/keep'] },
      }),
    ...rbac('patch sparkapplications'),
    only,
  },
  {
    tries: 'start a run every second',
    call: (scene) => schedule(scene, '@every 1s'),
    limit: 'the runs count against the quota of its team; the default of concurrency lets them overlap',
    only,
  },
]);
