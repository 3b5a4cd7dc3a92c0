import { ApiServer, Answer, dryRun } from './api-server';
import { API_ATTACKS, sentenceOf } from './attacks/all';
import { ApiAttack, Call, Identity, Scene } from './attacks/attack';
import { selfReview } from './attacks/bodies';
import { POD_ATTACKS, PodAttack } from './attacks/node';
import { letsThrough, NetworkPolicy, Place } from './attacks/policies';
import { End, NETWORK_ATTACKS } from './attacks/network';
import { outcomesIn, runningPod, startJob } from './attacks/running-pod';
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

  describe('the network policies, which the test cluster does not enforce,', () => {
    let policies: readonly NetworkPolicy[] = [];

    beforeAll(() => {
      const found = JSON.parse(kubectl(['get', 'networkpolicies', '--all-namespaces', '-o', 'json'])) as {
        items: NetworkPolicy[];
      };
      policies = found.items;
    });

    const placeOf = ({ namespace, labels }: End): Place => {
      const { home, other } = example;
      return { namespace: { home, other, operator: 'spark-operator', outside: undefined }[namespace], labels };
    };

    it.each(named(NETWORK_ATTACKS))('judge that $name', ({ from, to, port, limit }) => {
      expect(letsThrough(policies, placeOf(from), placeOf(to), port)).toBe(limit !== undefined);
    });

    it('let a driver and its executors through to each other', () => {
      const [driver, executor] = ['driver', 'executor'].map((role) => ({
        namespace: example.home,
        labels: { 'spark-role': role },
      }));
      expect(letsThrough(policies, driver, executor, 7079) && letsThrough(policies, executor, driver, 7078)).toBe(true);
    });
  });

  if (example.name === 'quickstart') describeRunningPods(() => stage);
});

function describeRunningPods(stage: () => Stage): void {
  (hasOperatorImage() ? describe : describe.skip).each(['driver', 'executor'] as const)('in its running %s', (role) => {
    const attacks = named(POD_ATTACKS).filter(({ identity }) => identity === role);
    const outcomes = new Map<string, string>();

    beforeAll(async () => {
      const codes = attacks.flatMap(({ code, harmless = 'pass' }) => [code, harmless]);
      const { node } = stage().sceneOf(role);
      const address = kubectl(['get', 'node', node, '-o', 'jsonpath={.status.addresses[0].address}']);
      const found = outcomesIn(await runningPod(role), role, address, codes);
      codes.forEach((code, index) => outcomes.set(code, found[index]));
    });

    it.each(attacks)('$name', ({ code, refusal, harmless = 'pass' }: PodAttack) => {
      expect(outcomes.get(code)).toContain(refusal === undefined ? 'done' : refusal.words);
      expect(outcomes.get(harmless)).toBe('done');
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
