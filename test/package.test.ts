import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** The files of the package, as npm would pack them now. */
function packedFiles(): string[] {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  // Newer releases of npm print an object by the names of packages.
  const packed = Object.values(JSON.parse(printed.toString()) as Record<string, { files: { path: string }[] }>);
  return packed
    .flatMap(({ files }) => files.map((file) => file.path))
    .filter((file) => !file.startsWith('node_modules/'));
}

/** Links of a document that lead to nothing in the package, to files and folders of the same package alone. */
function deadLinks(document: string, text: string, files: readonly string[]): string[] {
  const targets = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s]+)\)/g)].map(([, target]) => target);
  return targets.filter((target) => {
    const file = path.posix.join(path.posix.dirname(document), target.split('#')[0]).replace(/\/$/, '');
    return !files.some((packed) => packed === file || packed.startsWith(`${file}/`));
  });
}

describe('the packed package', () => {
  const files = packedFiles();
  const documents = files.filter((file) => file.endsWith('.md'));

  test('has no link to a file that it does not bring', () => {
    expect(documents).toContain('docs/operator.md');
    const dead = documents.flatMap((document) =>
      deadLinks(document, fs.readFileSync(path.join(ROOT, document), 'utf8'), files).map(
        (target) => `${document}: ${target}`,
      ),
    );
    expect(dead).toEqual([]);
  });

  test('a link to a file that is not packed is found, and one to a folder that is packed is none', () => {
    const text = '[a](../lib/index.ts) [b](design/) [c](../crds) [d](https://cdk8s.io) [e](operator.md#images)';
    expect(deadLinks('docs/access.md', text, files)).toEqual(['../lib/index.ts']);
  });

  test('brings what users need beside the compiled files, and neither tests nor sources', () => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'SECURITY.md', 'crds/sparkapplications.yaml']));
    expect(files.filter((file) => /^(lib|test|scripts|benchmarks|imports|\.ci|\.github)\//.test(file))).toEqual([]);
  });
});
