import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PACKAGE = 'cdk8s-spark';

/** The folder of this package, for the files that it brings along. Compiled files stand one folder deeper than their sources. */
export function packageFolder(from = __dirname): string {
  const manifest = join(from, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === PACKAGE) return from;
  if (dirname(from) === from) {
    throw new Error(`no folder above ${__dirname} is the package ${PACKAGE}; install it again`);
  }
  return packageFolder(dirname(from));
}
