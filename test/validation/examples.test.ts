import fc from 'fast-check';
import { App } from 'cdk8s';
import { PodSecurityLevel } from '../../lib/kubernetes/pod-security-level';
import { ProgramPlan, programPlans, run } from '../properties/random-program';
import { validateApp, Validated } from './validate';

/** Runs an example, which makes its app itself. */
async function validateExample(name: string): Promise<Validated> {
  return validateApp(async (outdir) => {
    process.env.CDK8S_OUTDIR = outdir;
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    try {
      jest.resetModules();
      await import(`../../examples/${name}/main`);
    } finally {
      delete process.env.CDK8S_OUTDIR;
      delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;
    }
  });
}

describe('the examples', () => {
  test.each(['quickstart', 'streaming-gcs', 'streaming-s3', 'streaming-volume'])(
    '%s keeps every rule',
    async (name) => {
      const { found, log, success } = await validateExample(name);
      expect(found).toEqual([]);
      expect(log).toEqual([]);
      expect(success).toBe(true);
    },
  );

  test('two-teams keeps every rule but the one that a namespace allows to be relaxed', async () => {
    const { found, log, success } = await validateExample('two-teams');
    expect(found).toEqual([]);
    expect(log).toEqual([
      [
        'Waived: read-only-root-filesystem for ScheduledSparkApplication billing/invoices, because its namespace allows it: the invoice renderer unpacks fonts beside its binary',
        ...['driver', 'executor'].map(
          (role) =>
            `  > spec.template.${role}.template.spec.containers["spark-kubernetes-${role}"]: container "spark-kubernetes-${role}" can write to its root file system`,
        ),
      ].join('\n'),
    ]);
    expect(success).toBe(true);
  });
});

/** What plain applications, which are not hardened, may break. */
const HARDENING = [
  'pods-are-restricted',
  'read-only-root-filesystem',
  'pinned-images',
  'resources-limited',
  'no-plain-secrets',
  'encryption',
];

describe('any program of this library', () => {
  test('breaks only rules that it was told to break', async () => {
    let validated = 0;
    await fc.assert(
      fc.asyncProperty(programPlans, async (plan) => {
        const result = await outcome(plan);
        if (result === undefined) return;
        validated++;
        expect(result.found.filter((finding) => !isMeant(finding, plan))).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(validated).toBeGreaterThan(20);
  });
});

/** A program may end with an error, which is of no interest here. */
async function outcome(plan: ProgramPlan): Promise<Validated | undefined> {
  try {
    return await validateApp((outdir): App => run(plan, outdir));
  } catch (error) {
    if ((error as Error).constructor === Error) return undefined;
    throw error;
  }
}

function isMeant(finding: string, { hasOperator, namespaces, applications }: ProgramPlan): boolean {
  const [rule, resource] = finding.split(': ');
  if (rule === 'guard-is-bound') return !hasOperator;
  const level = namespaces[Number(/team-(\d+)/.exec(resource)?.[1])]?.podSecurity ?? PodSecurityLevel.RESTRICTED;
  if (rule === 'namespace-enforces-pod-security') return level !== PodSecurityLevel.RESTRICTED;
  // By a pod of its own a driver reaches the node.
  if (rule === 'no-escalation') return level === PodSecurityLevel.PRIVILEGED;
  const name = resource.replace(/.*\//, '');
  return HARDENING.includes(rule) && applications.some(({ id, kind }) => kind === 'plain' && id === name);
}
