import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import packageJson from '../package.json';

const ROOT = path.join(__dirname, '..');
const FORMS = '.github/ISSUE_TEMPLATE';

const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const yaml = <T>(file: string): T => Yaml.load(path.join(ROOT, file))[0] as T;

interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly type: string;
    readonly id: string;
    readonly attributes: { readonly label: string };
  }[];
}

describe('workflows', () => {
  const jobs = ['check', 'release'].flatMap((name) =>
    Object.values(yaml<Workflow>(`.github/workflows/${name}.yml`).jobs),
  );
  const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

  test('run scripts of the repository alone, which can be run by hand too', () => {
    expect([...new Set(commands.map((command) => command.split(' ')[0]))].sort()).toEqual([
      '.ci/check',
      '.ci/release',
      '.ci/workflows',
    ]);
    for (const command of commands) {
      expect(() => fs.accessSync(path.join(ROOT, command.split(' ')[0]), fs.constants.X_OK)).not.toThrow();
    }
  });

  test('run the same scripts as .ci/run, but for the release', () => {
    const run = read('.ci/run').split('\n');
    expect(commands.filter((command) => !run.includes(command))).toEqual(['.ci/release "$GITHUB_REF_NAME"']);
  });

  test('check on the releases of Node.js that the package says', () => {
    const [{ strategy }] = jobs;
    expect(strategy?.matrix.node).toEqual([22, 24]);
    expect(packageJson.engines.node).toBe(`>= ${strategy?.matrix.node[0]}`);
    expect(packageJson.devDependencies['@types/node']).toMatch(/^22\./);
  });
});

describe.each(['bug', 'feature'])('the form for a %s', (name) => {
  const { body, ...form } = yaml<Form>(`${FORMS}/${name}.yml`);

  test('has a name, a description, and fields with labels and ids of their own', () => {
    expect(form).toMatchObject({ name: expect.stringMatching(/\S/), description: expect.stringMatching(/\.$/) });
    expect(body.filter(({ attributes }) => !/\S/.test(attributes.label))).toEqual([]);
    expect(new Set(body.map(({ id }) => id)).size).toBe(body.length);
    expect(body.filter(({ type }) => !['input', 'textarea'].includes(type))).toEqual([]);
  });
});

test('vulnerabilities are sent where SECURITY.md says', () => {
  const { contact_links: links } = yaml<{ contact_links: { url: string }[] }>(`${FORMS}/config.yml`);
  expect(read('SECURITY.md')).toContain(`(${links[0].url})`);
});

test('.editorconfig has the line length that prettier writes', () => {
  const { printWidth } = JSON.parse(read('.prettierrc.json')) as { printWidth: number };
  expect(read('.editorconfig')).toContain(`max_line_length = ${printWidth}\n`);
});
