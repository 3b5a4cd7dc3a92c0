import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../program/package-folder';

/** The files of the program that cleans up. The last one is started. */
const FILES = ['decisions.py', 'stores.py', 'main.py'];

/** Where the program lies in its pod. */
export const PROGRAM_FOLDER = '/opt/clean-up';

/** What the program is told. */
export interface CleanUpSettings {
  /** URI of the store's root. */
  readonly root: string;
  /** The folder of the namespaces, from the root on. */
  readonly prefix: string;
  readonly namespaces: readonly string[];
  /** Paths from the root on that stay, with all below. */
  readonly live: readonly string[];
  readonly afterSeconds: number;
  readonly dryRun: boolean;
  /** Configuration of Hadoop. */
  readonly hadoop: { readonly [key: string]: string };
}

/** The program and its settings, as files. */
export function cleanUpFiles(settings: CleanUpSettings): { [name: string]: string } {
  return { ...programFiles(), 'settings.json': `${JSON.stringify(settings, undefined, 2)}\n` };
}

function programFiles(): { [name: string]: string } {
  const folder = join(packageFolder(), 'clean-up');
  return Object.fromEntries(FILES.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
