import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { parseManifests } from '../../lib/manifests/manifest-source';

/** What the documents hold, by their number. */
function documents(text: string): { [number: string]: unknown } {
  return Object.fromEntries(
    parseManifests('f', text).manifests.map(({ source, manifest }) => [source.replace('f, document ', ''), manifest]),
  );
}

/** The value of a field as it is written. */
function valueOf(text: string): unknown {
  return parseManifests('f', `a: ${text}`).manifests[0].manifest.a;
}

describe('documents', () => {
  it.each([
    ['a: 1', { 1: { a: 1 } }],
    ['---\na: 1\n---\na: 2\n', { 1: { a: 1 }, 2: { a: 2 } }],
    ['# A comment.\n---\na: 1\n', { 1: { a: 1 } }],
    ['%YAML 1.1\n---\na: 1\n', { 1: { a: 1 } }],
    ['\ufeff# A comment.\n--- \na: 1\n---\t\n', { 1: { a: 1 } }],
    ['a: 1\n---\n# Nothing.\n---\na: 3\n', { 1: { a: 1 }, 3: { a: 3 } }],
    ['a: 1\r\n---\r\na: 2\r\n', { 1: { a: 1 }, 2: { a: 2 } }],
    ['a: |\n  x\n  ---\n  y\n', { 1: { a: 'x\n---\ny\n' } }],
    ['---a: 1\n', { 1: { '---a': 1 } }],
    ['{"a": 1}', { 1: { a: 1 } }],
    ['', {}],
    ['null', {}],
  ])('%j', (text, expected) => {
    expect(documents(text)).toEqual(expected);
  });

  it('are read back as cdk8s writes them', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 })), (values) => {
        // A key << merges, and cannot be written as a key.
        const manifests = values.filter((value) => !JSON.stringify(value).includes('"<<"'));
        const text = manifests.map((value) => Yaml.stringify(value)).join('---\n');
        const written = JSON.parse(JSON.stringify(manifests)) as unknown[];
        // JSON, and so the API server, knows no -0.
        expect(JSON.parse(JSON.stringify(parseManifests('f', text)))).toEqual({
          manifests: written.map((manifest, index) => ({ source: `f, document ${index + 1}`, manifest })),
          findings: [],
        });
      }),
      { numRuns: 300 },
    );
  });
});

/** As `kubectl create --dry-run=client -o json` reads them. */
it.each([
  ['yes', true],
  ['on', true],
  ['y', true],
  ['NO', false],
  ['True', true],
  ['"yes"', 'yes'],
  ['010', 8],
  ['0x1F', 31],
  ['0b11', 3],
  ['0o17', 15],
  ['089', 89],
  ['1_000', 1000],
  ['1_000.5', 1000.5],
  ['1e3', 1000],
  ['.5', 0.5],
  ['1:30', '1:30'],
  ['1:30.5', '1:30.5'],
  ['.', '.'],
  ['2024-01-01', '2024-01-01'],
  ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
  ['!!str 5', '5'],
  ['~', null],
  ['=', '='],
  ['{ <<: { b: 1 }, c: 2 }', { b: 1, c: 2 }],
  ['{ b: 1, b: 2 }', { b: 2 }],
  ['{ 5: b, yes: c }', { 5: 'b', true: 'c' }],
])('reads %s as kubectl does', (text, expected) => {
  expect(valueOf(text)).toEqual(expected);
});
