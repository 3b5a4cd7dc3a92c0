import { Yaml } from 'cdk8s';
import { CloudManifest } from './cloud-manifest';

export interface PermissionFile {
  /** Its path below the folder that it is written to. */
  readonly path: string;
  readonly content: string;
}

export function jsonFile(path: string, value: unknown): PermissionFile {
  return { path, content: `${JSON.stringify(value, undefined, 2)}\n` };
}

export function manifestFile(path: string, manifests: readonly CloudManifest[]): PermissionFile {
  return { path, content: Yaml.stringify(...manifests) };
}

/** The scripts that a folder of an access may have. */
export const SCRIPTS = ['apply.sh', 'acl.sh'] as const;

/** A script of commands that can be run again. It lies next to the files that it names. */
export function scriptFile(path: string, lines: readonly string[]): PermissionFile {
  return {
    path,
    content: [
      '#!/bin/sh',
      '# Read it, then run it as somebody who administers the cloud.',
      'set -eu',
      'cd "$(dirname "$0")"',
      ...lines,
    ]
      .map((line) => `${line}\n`)
      .join(''),
  };
}

/** A word of a shell, which stands for itself. */
export function quoted(word: string): string {
  return `'${word.replace(/'/g, `'\\''`)}'`;
}

/** A word of a shell in which the variables of the script stand for their values. */
export function inserting(word: string): string {
  return `"${word}"`;
}

/** A known value, or else the variable that the user of the script has to set. */
export function valueOr(variable: string, value: string | undefined): string {
  return value ?? `$${variable}`;
}

/** Stops the script while a variable is not set, and says what it means, in words without quotes. */
export function required(variable: string, meaning: string): string {
  return `: "\${${variable}:?${meaning}}"`;
}
