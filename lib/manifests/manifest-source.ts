import * as fs from 'node:fs';
import * as path from 'node:path';
import { IConstruct } from 'constructs';
import {
  boolYaml11Tag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  intYaml11Tag,
  load,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  YAMLException,
} from 'js-yaml';
import { objectsInApplyOrder } from './apply-order';
import { FindingCode } from './finding-codes';
import { isObject } from './manifest-fields';
import { ManifestFinding } from './manifest-finding';

/** Integers of YAML 1.1 and 1.2, without `1:30`. */
const INTEGER = defineScalarTag(intYaml11Tag.tagName, {
  ...intYaml11Tag,
  resolve: (source, ...rest) => {
    if (source.includes(':')) return NOT_RESOLVED;
    const integer = intYaml11Tag.resolve(source, ...rest);
    return integer === NOT_RESOLVED ? intCoreTag.resolve(source, ...rest) : integer;
  },
});

const FLOAT = defineScalarTag(floatCoreTag.tagName, {
  ...floatCoreTag,
  resolve: (source, ...rest) => floatCoreTag.resolve(source.replace(/_/g, ''), ...rest),
});

/** YAML as kubectl reads it: `yes` and `on` are booleans, `010` is 8, and a time is a text. */
const SCHEMA = FAILSAFE_SCHEMA.withTags(nullYaml11Tag, boolYaml11Tag, INTEGER, FLOAT, mergeTag);

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
  /** What could not be read, and what in the files is not a manifest; the rest is still read. */
  readonly findings: ManifestFinding[];
}

/** Everything that a program writes, whatever the order of construction. */
export function manifestsOfApp(scope: IConstruct): SourcedManifest[] {
  return objectsInApplyOrder(scope).map((object) => ({
    source: object.node.path,
    manifest: object.toJson() as Manifest,
  }));
}

/** Manifests that are given as objects, named by their place; a list of objects stands for its items. */
export function manifestsOfObjects(objects: readonly unknown[]): ManifestsOfFiles {
  const found: ManifestsOfFiles = { manifests: [], findings: [] };
  for (const [index, object] of objects.entries()) addManifests(`manifests[${index}]`, object, found);
  return found;
}

/** Every manifest of YAML and JSON files; a folder stands for all such files below it, in order. */
export function readManifests(paths: readonly string[]): ManifestsOfFiles {
  const read = readFiles(paths);
  const found = read.files.map(({ file, text }) => parseManifests(file, text));
  return {
    manifests: found.flatMap(({ manifests }) => manifests),
    findings: [...read.findings, ...found.flatMap(({ findings }) => findings)],
  };
}

/** The texts of files; a folder stands for all YAML and JSON files below it, in order. */
export function readFiles(paths: readonly string[]): {
  files: { file: string; text: string }[];
  findings: ManifestFinding[];
} {
  const files: { file: string; text: string }[] = [];
  const findings: ManifestFinding[] = [];
  for (const given of paths) {
    const names = attempt(() => filesOf(given));
    if (names === undefined) {
      const message = 'no file or folder that can be read; name what cdk8s synth has written';
      findings.push(fault(given, 'file-unreadable', message));
    } else if (names.length === 0) {
      findings.push(fault(given, 'folder-empty', 'holds no .yaml, .yml or .json file'));
    }
    for (const file of names ?? []) {
      const text = attempt(() => fs.readFileSync(file, 'utf8'));
      if (text === undefined) findings.push(fault(file, 'file-unreadable', 'cannot be read'));
      else files.push({ file, text });
    }
  }
  return { files, findings };
}

/** The manifests of a text, read as kubectl reads it; a list of objects stands for its items. */
export function parseManifests(file: string, text: string): ManifestsOfFiles {
  const found: ManifestsOfFiles = { manifests: [], findings: [] };
  // Dumps of a cluster are JSON of many megabytes, for which a YAML parser takes long.
  const json = attempt(() => JSON.parse(text) as unknown);
  if (isConstructMetadata(file, json)) return found;
  const values = json === undefined ? yamlValues(file, text, found.findings) : [{ number: 1, value: json }];
  for (const { number, value } of values) {
    if (value !== undefined && value !== null) addManifests(`${file}, document ${number}`, value, found);
  }
  return found;
}

/** What cdk8s writes next to the manifests, for validation plugins. A manifest in a file of that name is read. */
function isConstructMetadata(file: string, json: unknown): boolean {
  return (
    path.basename(file) === 'construct-metadata.json' &&
    isObject(json) &&
    json.kind === undefined &&
    isObject(json.resources)
  );
}

/** What each document holds, but for broken ones. */
function yamlValues(file: string, text: string, findings: ManifestFinding[]): { number: number; value: unknown }[] {
  return splitDocuments(text).map((part, index) => {
    const number = index + 1;
    const say = (code: FindingCode, message: string): number =>
      findings.push(fault(`${file}, document ${number}`, code, message));
    return { number, value: valueOf(part, say) };
  });
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

function valueOf(
  part: { text: string; line: number },
  say: (code: FindingCode, message: string) => void,
  lastKeyCounts = false,
): unknown {
  try {
    const value = load(part.text, { schema: SCHEMA, json: lastKeyCounts });
    // Fails where an alias stands for what it is in.
    JSON.stringify(value);
    return value;
  } catch (error) {
    const { reason, mark } = error instanceof YAMLException ? error : { reason: firstLine(error), mark: undefined };
    const place = mark === undefined ? '' : `, line ${part.line + mark.line + 1}`;
    if (reason !== 'duplicated mapping key') {
      say('yaml-broken', `broken YAML: ${reason}${place}`);
      return undefined;
    }
    say('key-duplicate', `a key is given twice${place}; the last one counts`);
    return valueOf(part, say, true);
  }
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0];
}

function addManifests(source: string, value: unknown, { manifests, findings }: ManifestsOfFiles): void {
  if (!isObject(value)) {
    const message = `is ${describe(value)}; expected an object with apiVersion and kind`;
    findings.push(fault(source, 'manifest-not-object', message));
  } else if (Array.isArray(value.items) && typeof value.kind === 'string' && value.kind.endsWith('List')) {
    const { apiVersion, kind } = value;
    // The items of a `RoleList` need not say that they are Roles.
    const type = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    for (const [index, item] of value.items.entries()) {
      const member = isObject(item) ? { ...type, ...item } : item;
      addManifests(`${source}, items[${index}]`, member, { manifests, findings });
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

function fault(source: string, code: FindingCode, message: string): ManifestFinding {
  return { source, path: '', code, message };
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
