import { ApiServer, Answer, dryRun } from './api-server';
import { API_ATTACKS, sentenceOf } from './attacks/all';
import { ApiAttack, Call, Identity, Scene } from './attacks/attack';
import { selfReview } from './attacks/bodies';
import { Connections } from './attacks/connections';
import { POD_ATTACKS, PodAttack } from './attacks/node';
import { End, NETWORK_ATTACKS } from './attacks/network';
import { outcomesIn, runningPod, sparkContainer, startJob, unpolicedPod } from './attacks/running-pod';
import { Example, OPEN, setUp, Stage, tearDown } from './attacks/stage';
import { hasOperatorImage, kubectl, synthProgram } from './support';

/** The second one with its operator, where one can run, so that also the attacks on running pods find one. */
const EXAMPLES: readonly Example[] = [
  { name: 'two-teams', home: 'clicks', other: 'billing' },
  { name: 'quickstart', home: 'team-1', other: 'other-team' },
];

const api = new ApiServer();
afterAll(() => api.close());

const named = <T extends { identity: string; tries: string }>(attacks: readonly T[]): (T & { name: string })[] =>
  attacks.map((attack) => ({ ...attack, name: sentenceOf(attack) }));

describe.each(EXAMPLES)('under the example $name', (example) => {
  const runs = example.name === 'quickstart' && hasOperatorImage();
  let files: readonly string[] = [];
  let stage: Stage;

  beforeAll(async () => {
    files = synthProgram(`examples/${example.name}/main.ts`);
    stage = await setUp(example, files, runs);
    if (runs) startJob(files);
  });

  afterAll(() => tearDown(files));

  const attacks = named(API_ATTACKS).filter(({ only }) => only === undefined || only === example.name);
  const refused = attacks.filter(({ refusal }) => refusal !== undefined && (runs || refusal.by !== 'operator webhook'));
  const limits = attacks.filter(({ limit }) => limit !== undefined);

  // Many attacks are harmless in the same way, so each such request is made once.
  const harmlessVerdicts = new Map<string, Promise<string>>();
  const verdictOnHarmless = (identity: Identity, call: Call): Promise<string> => {
    const key = JSON.stringify([identity, call]);
    const known = harmlessVerdicts.get(key) ?? api.ask(stage.credentialsOf(identity), dryRun(call)).then(verdict);
    harmlessVerdicts.set(key, known);
    return known;
  };

  it.each(refused)('$name: refused by $refusal.by', async (attack) => {
    const { identity, refusal, harmless } = attack;
    const scene = stage.sceneOf(identity);
    const attempt = await api.ask(stage.credentialsOf(identity), attack.call(scene));
    expect(attempt).toMatchObject({ status: refusal?.status, message: expect.stringContaining(refusal?.words ?? '') });
    expect(attempt.message).toContain(refusal?.by === 'RBAC' ? `User "${stage.usernames[identity]}"` : '');

    expect(verdict(await askAsAdmin(attack, scene))).toEqual(verdictOnAdmin(attack));
    expect(await verdictOnHarmless(identity, (harmless ?? selfReview)(scene))).toBe('admitted');
  });

  it.each(limits)('$name: a known limit', async ({ identity, call }) => {
    const request = dryRun(call(stage.sceneOf(identity)));
    expect(verdict(await api.ask(stage.credentialsOf(identity), request))).toBe('admitted');
  });

  describe('the network', () => {
    const connections = new Connections(example);
    const pod = (role: string): End => ({ namespace: 'home', labels: { 'spark-role': role } });

    beforeAll(() => connections.start());

    afterAll(() => connections.stop());

    it.each(named(NETWORK_ATTACKS))('decides what becomes of this: $name', ({ from, to, port, limit }) => {
      expect(connections.isThrough(from, to, port)).toBe(limit !== undefined);
      expect(connections.resolves(from)).toBe(true);
    });

    it('lets a driver and its executors through to each other', () => {
      expect(connections.isThrough(pod('driver'), pod('executor'), 7079)).toBe(true);
      expect(connections.isThrough(pod('executor'), pod('driver'), 7078)).toBe(true);
    });
  });

  if (example.name === 'quickstart') describeRunningPods(() => stage);
});

function describeRunningPods(stage: () => Stage): void {
  (hasOperatorImage() ? describe : describe.skip).each(['driver', 'executor'] as const)('in its running %s', (role) => {
    const attacks = named(POD_ATTACKS).filter(({ identity }) => identity === role);
    const outcomes = new Map<PodAttack, readonly string[]>();

    beforeAll(async () => {
      const { node } = stage().sceneOf(role);
      const address = kubectl(['get', 'node', node, '-o', 'jsonpath={.status.addresses[0].address}']);
      const places = {
        inJob: sparkContainer(await runningPod(role), role),
        behindNetwork: { ...(await unpolicedPod()), token: stage().tokenOf(role) },
      };
      for (const place of ['inJob', 'behindNetwork'] as const) {
        const here = attacks.filter(({ isBehindNetwork = false }) => isBehindNetwork === (place === 'behindNetwork'));
        const codes = here.flatMap(({ code, harmless = 'pass' }) => [code, harmless]);
        const found = outcomesIn(places[place], address, codes);
        here.forEach((attack, index) => outcomes.set(attack, found.slice(2 * index, 2 * index + 2)));
      }
    });

    it.each(attacks)('$name', (attack: PodAttack) => {
      const words = attack.refusal?.words ?? 'done';
      expect(outcomes.get(attack)).toEqual([expect.stringContaining(words), 'done']);
    });
  });
}

/** The same request, by the administrator and without effect; past RBAC, in a namespace where nothing else refuses it. */
function askAsAdmin({ refusal, call }: ApiAttack, scene: Scene): Promise<Answer> {
  return api.ask(api.admin, dryRun(call(refusal?.by === 'RBAC' ? scene : { ...scene, home: OPEN })));
}

function verdictOnAdmin({ control }: ApiAttack): unknown {
  if (control === undefined) return 'admitted';
  return expect.stringMatching(new RegExp(`^${control.status}: .*${control.words}`, 's'));
}

function verdict({ status, message }: Answer): string {
  return status < 300 ? 'admitted' : `${status}: ${message}`;
}
