import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { Guarantee } from '../lib/guarantees/relaxation';
import { schemaErrors } from './properties/manifest-schema';
import { ordersOf, ProgramPlan, programPlans, run } from './properties/random-program';
import { restrictedViolations, writableRoots } from './properties/restricted';

const ERROR =
  /^((alpha|beta|gamma|operator)(\/[^:]+)?: |(SparkImage|SparkMain|CronSchedule)\.\w+[(:]|(RestartPolicy|WritableDirectory): |Validation failed with the following errors:\n {2}\[)/;

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Spec & { readonly template?: Spec };
}

interface Role {
  readonly template: { readonly spec: Parameters<typeof restrictedViolations>[0] };
}

interface Spec {
  readonly driver: Role;
  readonly executor: Role;
}

/** What a program writes, or the message of its error. */
function outcome(plan: ProgramPlan): string {
  try {
    return run(plan).synthYaml();
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) return `error: ${error.message}`;
    throw error;
  }
}

/** The files that a program writes, or the message of its error. */
function files(plan: ProgramPlan): Record<string, string> | string {
  const folder = mkdtempSync(join(tmpdir(), 'properties-'));
  try {
    const app: App = run(plan, folder);
    app.synth();
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function applications(yaml: string): Manifest[] {
  const manifests = loadAll(yaml) as Manifest[];
  return manifests.filter(({ kind }) => ['SparkApplication', 'ScheduledSparkApplication'].includes(kind));
}

describe('any program', () => {
  test('writes the same bytes each time', () => {
    fc.assert(
      fc.property(programPlans, (plan) => {
        expect(outcome(plan)).toBe(outcome(plan));
      }),
      { numRuns: 50 },
    );
  });

  test('writes the same files in whatever order its parts are made', () => {
    let written = 0;
    fc.assert(
      fc.property(
        programPlans.chain((plan) => fc.tuple(fc.constant(plan), ordersOf(plan))),
        ([plan, order]) => {
          const first = files(plan);
          // With several errors, the first one that is met is told.
          if (typeof first === 'string') return;
          written++;
          expect(files({ ...plan, order })).toEqual(first);
        },
      ),
      { numRuns: 100 },
    );
    expect(written).toBeGreaterThan(10);
  });

  test('ends with a clear error, or with applications that the cluster admits', () => {
    const seen = { errors: 0, applications: 0 };
    fc.assert(
      fc.property(programPlans, (plan) => {
        const result = outcome(plan);
        const isError = result.startsWith('error: ');
        const made = isError ? [] : applications(result);
        seen.errors += isError ? 1 : 0;
        seen.applications += made.length;
        expect(isError ? result.slice('error: '.length) : 'alpha: ').toMatch(ERROR);
        expect(made.flatMap((manifest) => schemaErrors(manifest))).toEqual([]);
        expect(made.flatMap((manifest) => violations(manifest, plan))).toEqual([]);
      }),
      { numRuns: 250 },
    );
    expect(seen.errors).toBeGreaterThan(10);
    expect(seen.applications).toBeGreaterThan(10);
  });
});

/** What a secure application may not have; a plain one of the same name keeps it out of the count. */
function violations({ metadata, spec }: Manifest, { applications: plans }: ProgramPlan): string[] {
  const namesakes = plans.filter(({ id }) => id === metadata.name);
  if (namesakes.some(({ kind }) => kind === 'plain')) return [];
  const isRelaxed = namesakes.some(({ props }) => props().relax?.includes(Guarantee.READ_ONLY_ROOT_FILESYSTEM));
  const { driver, executor } = spec.template ?? spec;
  return [driver, executor].flatMap(({ template }) => [
    ...restrictedViolations(template.spec),
    ...(isRelaxed ? [] : writableRoots(template.spec)),
  ]);
}
