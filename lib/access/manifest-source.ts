import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isCollection, parseAllDocuments } from 'yaml';

/** A manifest as it is written; nothing is known of its fields yet. */
export interface Manifest {
  readonly [field: string]: unknown;
}

/** A manifest and where it stands: a construct's path, or file and document. */
export interface SourcedManifest {
  readonly source: string;
  readonly manifest: Manifest;
}

export interface ManifestsOfFiles {
  readonly manifests: SourcedManifest[];
  /** What could not be read; the rest is there all the same. */
  readonly problems: string[];
}

/** Everything that a program writes. */
export function manifestsOfApp(scope: IConstruct): SourcedManifest[] {
  return scope.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map((object) => ({ source: object.node.path, manifest: object.toJson() as Manifest }));
}

/** Every manifest of YAML and JSON files; a folder stands for all such files below it, in order. */
export function readManifests(paths: readonly string[]): ManifestsOfFiles {
  const manifests: SourcedManifest[] = [];
  const problems: string[] = [];
  for (const given of paths) {
    const files = filesOf(given);
    if (files === undefined) problems.push(`${given}: no such file or folder; name what cdk8s synth has written`);
    else if (files.length === 0) problems.push(`${given}: holds no .yaml, .yml or .json file`);
    for (const file of files ?? []) {
      const found = parseManifests(file, fs.readFileSync(file, 'utf8'));
      manifests.push(...found.manifests);
      problems.push(...found.problems);
    }
  }
  return { manifests, problems };
}

/** The manifests of a text; a `List` stands for its items. */
export function parseManifests(file: string, text: string): ManifestsOfFiles {
  const manifests: SourcedManifest[] = [];
  const problems: string[] = [];
  const documents = parseAllDocuments(text);
  for (const [index, document] of [...documents].entries()) {
    const source = `${file}, document ${index + 1}`;
    if (document.errors.length > 0) {
      problems.push(...document.errors.map(({ message }) => `${source}: broken YAML: ${message.split('\n')[0]}`));
      continue;
    }
    if (document.contents === null || (!isCollection(document.contents) && document.toJS() === null)) continue;
    const value = document.toJS() as unknown;
    if (!isManifest(value))
      problems.push(`${source}: is ${describe(value)}; expected an object with apiVersion and kind`);
    else if (Array.isArray(value.items) && String(value.kind).endsWith('List')) {
      for (const [item, member] of value.items.entries()) {
        const place = `${source}, items[${item}]`;
        if (isManifest(member)) manifests.push({ source: place, manifest: member });
        else problems.push(`${place}: is ${describe(member)}; expected an object with apiVersion and kind`);
      }
    } else manifests.push({ source, manifest: value });
  }
  return { manifests, problems };
}

function filesOf(given: string): string[] | undefined {
  const stat = fs.statSync(given, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isDirectory()) return [given];
  return fs
    .readdirSync(given, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => path.join(given, name));
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'nothing' : `a ${typeof value}`;
}
