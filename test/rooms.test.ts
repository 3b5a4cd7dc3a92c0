import * as fs from 'node:fs';
import * as path from 'node:path';
import { arrowsOf, circlesOf, files, imports, LIB, picture, pictureOfDocument } from '../scripts/rooms';

/** From the lowest to the highest: a room uses rooms of earlier lines alone. */
const LAYERS = [
  ['problems'],
  ['kubernetes'],
  ['spark'],
  ['manifests'],
  ['program'],
  ['guarantees'],
  ['job-namespace'],
  ['storage'],
  ['application'],
  ['admission-guard'],
  ['operator', 'retention'],
  ['access'],
  ['report', 'validation', 'explain'],
  ['cli'],
];

/** Written by a script, from data of others. */
const GENERATED = ['kubernetes/pod-schema.ts'];

/** The arrows among rooms of lib that do not go down. */
function upwards(arrows: readonly string[]): string[] {
  const layerOf = (room: string): number => LAYERS.findIndex((layer) => layer.includes(room));
  return arrows
    .map((arrow) => arrow.split(' --> '))
    .filter(([from, to]) => !from.includes('/') && layerOf(to) >= layerOf(from))
    .map(([from, to]) => `${from} --> ${to}`);
}

describe('the rooms of lib', () => {
  const arrows = arrowsOf(imports);

  test('are all in the layers, and each layer has rooms', () => {
    const folders = fs.readdirSync(LIB, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(LAYERS.flat().sort());
  });

  test('use rooms of lower layers alone', () => {
    expect(arrows.length).toBeGreaterThan(30);
    expect(upwards(arrows)).toEqual([]);
  });

  test('form no circle, and neither do the folders within a room', () => {
    expect(arrows.filter((arrow) => arrow.includes('/')).length).toBeGreaterThan(5);
    expect(circlesOf(arrows)).toEqual([]);
  });

  test('an arrow up and a circle within a room would be found', () => {
    const wrong = arrowsOf([
      { from: 'storage/a.ts', to: 'application/b' },
      { from: 'access/rbac/a.ts', to: 'access/escalation/b' },
      { from: 'access/escalation/c/d.ts', to: 'access/rbac/e' },
      { from: 'access/escalation/f.ts', to: 'access/g' },
    ]);
    expect(upwards(wrong)).toEqual(['storage --> application']);
    expect(circlesOf(wrong)).toEqual(['access/escalation --> access/rbac', 'access/rbac --> access/escalation']);
  });

  test('are drawn in CONTRIBUTING.md as they are (npx tsx --tsconfig tsconfig.dev.json scripts/rooms.ts)', () => {
    expect(pictureOfDocument()).toBe(picture());
  });
});

describe('the files of lib', () => {
  const lines = new Map(
    files.map((file) => [file, fs.readFileSync(path.join(LIB, file), 'utf8').split('\n').length - 1]),
  );

  test('have 300 lines at most, but for those that are generated', () => {
    const long = [...lines].filter(([file, count]) => count > 300 && !GENERATED.includes(file));
    expect(long).toEqual([]);
  });

  test('import no index file', () => {
    expect(imports.filter(({ to }) => /(^|\/)index$/.test(to))).toEqual([]);
  });
});
