import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdk8s';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { SparkValidation } from '../../lib/validation/spark-validation';
import { IValidationContext } from '../../lib/validation/validation-context';
import { SparkValidationProps } from '../../lib/validation/validation-settings';

export interface Validated {
  readonly success: boolean;
  /** `rule: resource: location`, one for each location. */
  readonly found: readonly string[];
  readonly log: readonly string[];
  readonly report: ReturnType<ValidationContext['report']['toJson']>;
}

/** A manifest of a test. */
export type Written = { readonly [field: string]: unknown };

/** The constructs of resources, by the names of the resources. */
type Constructs = Readonly<Record<string, { readonly path: string }>>;

/** Runs the validation over files, with the context that cdk8s-cli makes. */
export async function validateFiles(
  files: readonly string[],
  props: SparkValidationProps = {},
  constructs: Constructs = {},
): Promise<Validated> {
  const context = new ValidationContext(files, 'cdk8s-spark', '0.1.0', constructs);
  const log: string[] = [];
  context.logger.log = (message) => void log.push(message);
  await new SparkValidation(props).validate(context as unknown as IValidationContext);
  const report = context.report.toJson();
  return {
    success: context.report.success,
    found: report.violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.flatMap(({ resourceName, locations }) =>
        locations.map((location) => `${ruleName}: ${resourceName}: ${location}`),
      ),
    ),
    log,
    report,
  };
}

/** Runs the validation over manifests, in a file or as the text of one. */
export async function validate(
  manifests: readonly unknown[] | string,
  props?: SparkValidationProps,
  constructs?: Constructs,
): Promise<Validated> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validation-'));
  const file = path.join(folder, 'program.yaml');
  const text =
    typeof manifests === 'string' ? manifests : manifests.map((each) => JSON.stringify(each)).join('\n---\n');
  try {
    fs.writeFileSync(file, text);
    return await validateFiles([file], props, constructs);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Runs the validation over what an app writes, with its constructs. */
export async function validateApp(
  make: (outdir: string) => App | Promise<unknown>,
  props?: SparkValidationProps,
): Promise<Validated> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validation-'));
  try {
    const app = await make(folder);
    if (app instanceof App) app.synth();
    const files = fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => path.join(folder, name));
    const metadata = path.join(folder, 'construct-metadata.json');
    const constructs = fs.existsSync(metadata)
      ? (JSON.parse(fs.readFileSync(metadata, 'utf8')) as { resources: Constructs }).resources
      : {};
    return await validateFiles(files.sort(), props, constructs);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
