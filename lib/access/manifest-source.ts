import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Document, parseAllDocuments, Schema, Tags, YAMLParseError } from 'yaml';
import { isObject } from './manifest-fields';

/** YAML 1.1 as kubectl has it: `yes` and `on` are booleans, but there are no times. Made once, not for each document. */
const SCHEMA = new Schema({
  schema: 'yaml-1.1',
  customTags: (tags: Tags): Tags =>
    tags.filter(
      (tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
    ),
});

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
  /** What could not be read, and in the files what is no manifest; the rest is there all the same. */
  readonly problems: string[];
}

/** Everything that a program writes. */
export function manifestsOfApp(scope: IConstruct): SourcedManifest[] {
  return scope.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map((object) => ({ source: object.node.path, manifest: object.toJson() as Manifest }));
}

/** Manifests that are given as objects, named by their place; a list of objects stands for its items. */
export function manifestsOfObjects(objects: readonly unknown[]): ManifestsOfFiles {
  const found: ManifestsOfFiles = { manifests: [], problems: [] };
  for (const [index, object] of objects.entries()) addManifests(`manifests[${index}]`, object, found);
  return found;
}

/** Every manifest of YAML and JSON files; a folder stands for all such files below it, in order. */
export function readManifests(paths: readonly string[]): ManifestsOfFiles {
  const read = readFiles(paths);
  const found = read.files.map(({ file, text }) => parseManifests(file, text));
  return {
    manifests: found.flatMap(({ manifests }) => manifests),
    problems: [...read.problems, ...found.flatMap(({ problems }) => problems)],
  };
}

/** The texts of files; a folder stands for all YAML and JSON files below it, in order. */
export function readFiles(paths: readonly string[]): { files: { file: string; text: string }[]; problems: string[] } {
  const files: { file: string; text: string }[] = [];
  const problems: string[] = [];
  for (const given of paths) {
    const names = attempt(() => filesOf(given));
    if (names === undefined) {
      problems.push(`${given}: no file or folder that can be read; name what cdk8s synth has written`);
    } else if (names.length === 0) problems.push(`${given}: holds no .yaml, .yml or .json file`);
    for (const file of names ?? []) {
      const text = attempt(() => fs.readFileSync(file, 'utf8'));
      if (text === undefined) problems.push(`${file}: cannot be read`);
      else files.push({ file, text });
    }
  }
  return { files, problems };
}

/** The manifests of a text, read as kubectl reads it; a list of objects stands for its items. */
export function parseManifests(file: string, text: string): ManifestsOfFiles {
  const found: ManifestsOfFiles = { manifests: [], problems: [] };
  // Dumps of a cluster are JSON of many megabytes, for which a YAML parser takes long.
  const json = attempt(() => JSON.parse(text) as unknown);
  const values = json === undefined ? yamlValues(file, text, found.problems) : [{ number: 1, value: json }];
  for (const { number, value } of values) {
    if (value !== undefined && value !== null) addManifests(`${file}, document ${number}`, value, found);
  }
  return found;
}

/** What each document holds, but for broken ones. */
function yamlValues(file: string, text: string, problems: string[]): { number: number; value: unknown }[] {
  return splitDocuments(text).flatMap((part, index) =>
    parseAllDocuments(part.text, { version: '1.1', schema: SCHEMA, logLevel: 'error' }).flatMap((document) => {
      const number = index + 1;
      const say = (problem: string): number => problems.push(`${file}, document ${number}: ${problem}`);
      return [{ number, value: valueOf(document, part.line, say) }];
    }),
  );
}

/** Cut at the separators first, as kubectl does: a quote that is never closed breaks one document, and not all that follow. */
function splitDocuments(text: string): { text: string; line: number }[] {
  const parts: { text: string; line: number }[] = [];
  let line = 0;
  for (const part of text.split(/^(?=---(?:\s|$))/m)) {
    // What stands before the first separator is a document only if it says something.
    if (parts.length > 0 || !part.split('\n').every(isNoContent)) parts.push({ text: part, line });
    line += part.split('\n').length - 1;
  }
  return parts;
}

function isNoContent(line: string): boolean {
  return /^\ufeff?\s*([#%].*)?$/.test(line);
}

function valueOf(document: Document.Parsed, line: number, say: (problem: string) => void): unknown {
  const repeated = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const broken = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  const placeOf = ({ linePos }: YAMLParseError): string => `line ${line + (linePos?.[0].line ?? 1)}`;
  if (broken !== undefined) {
    say(`broken YAML: ${broken.message.replace(/ at line [^]*/, '')}, ${placeOf(broken)}`);
    return undefined;
  }
  for (const error of repeated) say(`a key is given twice, ${placeOf(error)}; the last one counts`);
  try {
    const value = document.toJS() as unknown;
    // Fails where an alias stands for what it is in.
    JSON.stringify(value);
    return value;
  } catch (error) {
    say(`broken YAML: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}

function addManifests(source: string, value: unknown, { manifests, problems }: ManifestsOfFiles): void {
  if (!isObject(value)) {
    problems.push(`${source}: is ${describe(value)}; expected an object with apiVersion and kind`);
  } else if (Array.isArray(value.items) && typeof value.kind === 'string' && value.kind.endsWith('List')) {
    const { apiVersion, kind } = value;
    // The items of a `RoleList` need not say that they are Roles.
    const type = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    for (const [index, item] of value.items.entries()) {
      const member = isObject(item) ? { ...type, ...item } : item;
      addManifests(`${source}, items[${index}]`, member, { manifests, problems });
    }
  } else manifests.push({ source, manifest: value });
}

function filesOf(given: string): string[] {
  if (!fs.statSync(given).isDirectory()) return [given];
  return fs
    .readdirSync(given, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => path.join(given, name));
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'nothing' : `a ${typeof value}`;
}
