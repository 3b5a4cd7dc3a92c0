import fc from 'fast-check';
import { annotationOf, PARAMETER_KIND } from '../../lib/admission-guard/guard-parameters';
import { bindingSpec, GUARD_TOPICS, namespacesIn, policySpec } from '../../lib/admission-guard/guard-policy';
import { ALL_GUARANTEES } from '../../lib/guarantees/all-guarantees';
import { applicationView, podsOf } from '../../lib/guarantees/application-view';
import { GuardRule } from '../../lib/guarantees/guard-rule';
import { DemandingLevel } from '../../lib/guarantees/guarantee-rule';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { applications } from '../guarantees/random-application';
import { ROWS } from '../guarantees/rows';
import { ApiServer } from './api-server';
import { Part } from './guard-cases';
import { applyDefinitions, kubectl, tryKubectl } from './support';

const RUNS = Number(process.env.GUARANTEE_RUNS ?? 200);
const LANES = 4;
const PREFIX = 'guarantee-test';
const LEVELS: readonly DemandingLevel[] = [PodSecurityLevel.RESTRICTED, PodSecurityLevel.BASELINE];
const PARAMETERS = `${PREFIX}-parameters`;
/** What the guard needs to see guarantees by, and what it refuses because a type is wrong. */
const SHAPE_RULES = ['mixedContexts', 'sparkContainer', 'templateShape', 'containerShape'];
const SHAPES = 'shapes';

/** At baseline, kinds of volumes that only restricted forbids are admitted, as the owner of the namespace may choose. */
const PARAMETERS_OF: Readonly<Record<DemandingLevel, Part>> = {
  [PodSecurityLevel.RESTRICTED]: { [annotationOf('pod-security')]: 'restricted' },
  [PodSecurityLevel.BASELINE]: { [annotationOf('pod-security')]: 'baseline', [annotationOf('volume-kinds')]: 'nfs' },
};

const GUARDED = ALL_GUARANTEES.filter(({ guard }) => guard !== undefined);
const api = new ApiServer();

/** A policy for each guarantee, so that each answers for itself. They warn, since only the first denial is told. */
function policies(): Record<string, readonly GuardRule[]> {
  const shapes = GUARD_TOPICS.flatMap(({ rules }) => rules).filter(({ name }) => SHAPE_RULES.includes(name));
  return {
    ...Object.fromEntries(GUARDED.map(({ code, guard }) => [code, guard === undefined ? [] : [guard]])),
    [SHAPES]: shapes,
  };
}

function namespaceOf(level: DemandingLevel): string {
  return `${PREFIX}-${level}`;
}

function objects(): object[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  return [
    ...[PARAMETERS, ...LEVELS.map(namespaceOf)].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
    ...LEVELS.map((level) => ({
      ...PARAMETER_KIND,
      metadata: { name: level, namespace: PARAMETERS, annotations: PARAMETERS_OF[level] },
    })),
    ...Object.entries(policies()).flatMap(([name, rules]) => [
      {
        apiVersion,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: `${PREFIX}-${name}` },
        spec: policySpec({ name, rules }),
      },
      ...LEVELS.map((level) => ({
        apiVersion,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: `${PREFIX}-${name}-${level}` },
        spec: {
          ...bindingSpec(`${PREFIX}-${name}`, namespacesIn([namespaceOf(level)]), {
            name: level,
            namespace: PARAMETERS,
          }),
          validationActions: ['Warn'],
        },
      })),
    ]),
  ];
}

const LIST = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects() });

beforeAll(async () => {
  applyDefinitions('crds');
  kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], LIST);
  const known = new Set<string>();
  // The API server needs some seconds until it knows policies, bindings and parameters.
  for (const end = Date.now() + 90_000; Date.now() < end && known.size < 2 * GUARDED.length;) {
    for (const level of LEVELS) {
      const faults = ROWS.filter(
        ({ code, path, guard }) => path !== undefined && guard === undefined && !known.has(`${level} ${code}`),
      );
      const first = [...new Map(faults.map((row) => [row.code, row])).values()];
      for (const { code, manifest } of first) {
        if (found(manifest, level).size === 0 || (await missed(manifest, level)).has(code))
          known.add(`${level} ${code}`);
      }
    }
  }
  if (known.size < 2 * GUARDED.length) throw new Error(`only these policies are in force: ${[...known].join(', ')}`);
}, 180_000);

afterAll(() => {
  api.close();
  tryKubectl(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], LIST);
}, 180_000);

/** Asks a few at the same time. */
async function inLanes<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  const lane = async (first: number): Promise<void> => {
    for (let index = first; index < items.length; index += LANES) answers[index] = await ask(items[index]);
  };
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  return answers;
}

/** The guarantees that the guard misses in an application, and `shapes` where it refuses its form. */
async function missed(manifest: Part, level: DemandingLevel): Promise<Set<string>> {
  const namespace = namespaceOf(level);
  const { status, warnings, message } = await api.ask(api.admin, {
    method: 'POST',
    path: `/apis/${String(manifest.apiVersion)}/namespaces/${namespace}/${String(manifest.kind).toLowerCase()}s?dryRun=All`,
    body: { ...manifest, metadata: { name: 'row', namespace } },
  });
  if (status >= 300) throw new Error(`${message}: ${JSON.stringify(manifest)}`);
  if (/cost|no such overload|expression '/.test(warnings)) throw new Error(`${warnings}: ${JSON.stringify(manifest)}`);
  return new Set(
    [...warnings.matchAll(/ValidatingAdmissionPolicy '([^']+)'/g)].map(([, name]) => name.slice(PREFIX.length + 1)),
  );
}

/** The same by the checks, as far as the guard looks. An account of its own mounts no token. */
function found(manifest: Part, level: DemandingLevel): Set<string> {
  const view = applicationView(manifest, { mountsToken: () => false });
  return new Set(
    GUARDED.filter((guarantee) => level === PodSecurityLevel.RESTRICTED || guarantee.level === level).flatMap(
      ({ code, check }) => (check(view, level).length === 0 ? [] : [code]),
    ),
  );
}

test('the guard says of every row what the check says', async () => {
  const said = await inLanes(ROWS, ({ manifest }) => missed(manifest, PodSecurityLevel.RESTRICTED));
  const surprises = ROWS.flatMap(({ code, title, path, guard }, index) => {
    const refused = [...said[index]];
    const expected = path === undefined || guard !== undefined ? [] : [code];
    return refused.join() === expected.join()
      ? []
      : [`${code}: ${title}: ${path ?? 'kept'}: the guard says ${refused.join(', ')}`];
  });
  expect(surprises).toEqual([]);
}, 600_000);

test.each(LEVELS)(
  'check and guard agree on generated applications in a %s namespace',
  async (level) => {
    const seed = Number(process.env.GUARANTEE_SEED ?? Date.now() % 2 ** 31);
    const manifests = fc.sample(applications, { numRuns: RUNS, seed });
    const surprises = await inLanes(manifests, (manifest) => surprise(manifest, level));
    expect({ seed, surprises: surprises.filter((each) => each !== undefined).slice(0, 3) }).toEqual({
      seed,
      surprises: [],
    });
    // Most are no empty agreement.
    const missing = manifests.filter((manifest) => found(manifest, level).size > 0).length;
    expect(Math.min(missing, RUNS - missing)).toBeGreaterThan(RUNS / 20);
  },
  1_800_000,
);

/** Where check and guard do not say the same of an application. */
async function surprise(manifest: Part, level: DemandingLevel): Promise<object | undefined> {
  const refused = await missed(manifest, level);
  // What has a wrong type is never taken for hardened, by whatever rule, where the level asks for it.
  if (podsOf(applicationView(manifest)).some(({ mistakes }) => mistakes.length > 0)) {
    return refused.size > 0 || level === PodSecurityLevel.BASELINE ? undefined : { manifest, refused: [] };
  }
  const [guard, check] = [[...refused].sort(), [...found(manifest, level)].sort()];
  return refused.has(SHAPES) || guard.join() === check.join() ? undefined : { manifest, guard, check };
}
