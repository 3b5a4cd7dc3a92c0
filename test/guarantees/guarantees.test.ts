import { ALL_GUARANTEES, POD_SECURITY_GUARANTEES, podSecurityFindings } from '../../lib/guarantees/all-guarantees';
import { applicationView } from '../../lib/guarantees/application-view';
import { GuaranteeFinding } from '../../lib/guarantees/guarantee-rule';
import { Guarantee } from '../../lib/guarantees/relaxation';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { relaxationsOf } from '../../lib/report/collect-relaxations';
import { k8s } from 'cdk8s-plus-28';
import { makeSecure, Overrides } from '../application/fixtures';
import { newChart } from '../job-namespace/manifests';
import { changed, Part } from '../cluster/guard-cases';
import { validate } from '../validation/validate';
import { application, Row, ROWS } from './rows';

const { BASELINE, PRIVILEGED, RESTRICTED } = PodSecurityLevel;

const LIMITED = { limits: { cpu: k8s.Quantity.fromString('1'), memory: k8s.Quantity.fromString('1Gi') } };

/** The rows with a name of its own each, so that all can be read from one file. */
const NAMED = ROWS.map((row, index): Row & { name: string } => ({
  ...row,
  name: `row-${index}`,
  manifest: { ...row.manifest, metadata: { name: `row-${index}`, namespace: 'guarantees' } },
}));

function findingsOf(manifest: Part): GuaranteeFinding[] {
  const view = applicationView(manifest);
  return ALL_GUARANTEES.flatMap(({ check }) => check(view, RESTRICTED));
}

function label({ code, title, path }: Row): string {
  return `${code}: ${title}, ${path === undefined ? 'kept' : 'missed'}`;
}

/** The rule of the validation that a guarantee is judged by. */
function ruleOf(code: string): string {
  return POD_SECURITY_GUARANTEES.some((guarantee) => guarantee.code === code) ? 'pods-are-restricted' : code;
}

describe('every guarantee', () => {
  test('keeps its code, since waivers and annotations name it', () => {
    expect(ALL_GUARANTEES.map(({ code }) => code)).toEqual([
      'no-host-namespaces',
      'allowed-volumes',
      'no-privileged-containers',
      'no-added-capabilities',
      'default-proc-mount',
      'no-host-ports',
      'node-confinement',
      'app-armor-annotations',
      'no-privilege-escalation',
      'dropped-capabilities',
      'non-root',
      'seccomp-profile',
      'read-only-root-filesystem',
      'no-executor-api-token',
      'pinned-images',
      'no-plain-secrets',
      'encryption',
    ]);
  });

  test.each(ALL_GUARANTEES)('$code is told in sentences, and looked at by the guard or says why not', (guarantee) => {
    for (const sentence of [guarantee.sentence, guarantee.reason, guarantee.fix])
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(guarantee.guard === undefined).toBe(guarantee.unguarded !== undefined);
    expect(guarantee.relaxedBy ?? guarantee.code).toBe(guarantee.code);
  });

  test.each(ALL_GUARANTEES)('$code has rows that miss and rows that keep it', ({ code }) => {
    const paths = ROWS.filter((row) => row.code === code).map(({ path }) => path !== undefined);
    expect(new Set(paths)).toEqual(new Set([true, false]));
  });

  test('that a namespace may relax is one of the enumeration, but for the rights to debug', () => {
    const relaxable = ALL_GUARANTEES.flatMap(({ relaxedBy }) => relaxedBy ?? []);
    expect([...relaxable, Guarantee.NO_DEBUG_RIGHTS].sort()).toEqual(Object.values(Guarantee).sort());
  });
});

describe('the check', () => {
  test.each(NAMED.map((row) => [label(row), row] as const))('%s', (_, { code, manifest, path }) => {
    const found = findingsOf(manifest);
    // A row is about one guarantee alone, so that no other can hide that it does not look.
    expect([...new Set(found.map((finding) => finding.code))]).toEqual(path === undefined ? [] : [code]);
    expect(path === undefined || found.some((finding) => finding.path === path)).toBe(true);
  });

  test.each(['SparkApplication', 'ScheduledSparkApplication', 'SparkConnect'] as const)(
    'finds nothing in a %s that keeps all guarantees',
    (kind) => {
      expect(findingsOf(application(kind))).toEqual([]);
    },
  );

  test('asks of a baseline namespace what the standard baseline asks', () => {
    const context = { capabilities: { add: ['CHOWN', 'SYS_ADMIN'] }, privileged: true };
    const view = applicationView(
      application('SparkApplication', { 'driver.template.spec.containers.0.securityContext': context }),
    );
    expect(podSecurityFindings(view, BASELINE).map(({ message }) => message)).toEqual([
      'container "spark-kubernetes-driver" is privileged',
      'container "spark-kubernetes-driver" adds capability SYS_ADMIN',
    ]);
    expect(podSecurityFindings(view, PRIVILEGED)).toEqual([]);
  });
});

test('the validation says of every row what the check says', async () => {
  const { found } = await validate(NAMED.map(({ manifest }) => manifest));
  const rules = new Set(ALL_GUARANTEES.map(({ code }) => ruleOf(code)));
  const said = found
    .map((each) => /^(?<rule>[^:]+): (?<name>row-\d+): (?<location>.*)$/.exec(each)?.groups ?? {})
    .filter(({ rule }) => rules.has(rule));
  const surprises = NAMED.filter(({ name, code, path }) => {
    const own = said.filter((each) => each.name === name);
    const isSaid = own.some(({ rule, location }) => rule === ruleOf(code) && location.startsWith(`${path}: `));
    return path === undefined ? own.length > 0 : !isSaid;
  });
  expect(surprises.map(label)).toEqual([]);
});

test('the report shows of every row the relaxation that the check finds (case 23)', () => {
  const used = relaxationsOf(
    NAMED.map(({ manifest }) => manifest),
    [],
    [],
  );
  const summaries = new Map(ALL_GUARANTEES.map(({ code, summary }) => [code, summary]));
  const surprises = NAMED.filter(({ name, code, path, manifest, report }) => {
    const shown = used.filter(({ usedBy }) => usedBy.includes(`${String(manifest.kind)} ${name}`));
    const expected = path === undefined || report !== undefined ? [] : [summaries.get(code)];
    return JSON.stringify(shown.map(({ guarantee }) => guarantee)) !== JSON.stringify(expected);
  });
  expect(surprises.map(label)).toEqual([]);
});

/** The rows that the properties can say. */
const OF_SYNTH = ROWS.filter(({ manifest, synth }) => manifest.kind === 'SparkApplication' && synth === undefined);

test.each(OF_SYNTH.map((row) => [label(row), row] as const))('synth says of a secure application: %s', (_, row) => {
  const { driver, executor } = row.manifest.spec as Record<'driver' | 'executor', { template: Part }>;
  const templates = [driver, executor].map(({ template }) => ({ template: readable(template) }));
  const message = refusalOf({ driver: templates[0], executor: templates[1] });
  expect(message).toContain(findingsOf(row.manifest)[0]?.message ?? '');
  expect(message === '').toBe(row.path === undefined);
});

/** Why a secure application is refused; an empty text if it is not. */
function refusalOf(overrides: Overrides): string {
  try {
    makeSecure(newChart(), overrides);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** A template in the spelling of the properties; the accounts of the job namespace are used. */
function readable(template: Part): k8s.PodTemplateSpec {
  const { hostPID, hostIPC, ...spec } = changed(template.spec as Part, {
    serviceAccountName: undefined,
    automountServiceAccountToken: undefined,
    hostPID: (template.spec as Part).hostPID,
    hostIPC: (template.spec as Part).hostIPC,
  });
  const limited = (containers: unknown): unknown =>
    (containers as Part[] | undefined)?.map((container) =>
      container.name === 'other' ? { ...container, resources: LIMITED } : container,
    );
  const lists = { containers: limited(spec.containers), initContainers: limited(spec.initContainers) };
  return { ...template, spec: { ...spec, ...lists, hostPid: hostPID, hostIpc: hostIPC } } as k8s.PodTemplateSpec;
}
