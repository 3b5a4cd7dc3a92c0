import { ExpectedRight } from './expected-right';
import { Right } from '../rbac/subject-rights';

/** Whether a request can be in both: in what is held, and in what is asked. */
export function overlap(held: Right, asked: ExpectedRight): boolean {
  if (!(held.verb === asked.verb || held.verb === '*' || asked.verb === '*')) return false;
  const isThere = asked.inAnyNamespace || held.namespace === '' || held.namespace === asked.namespace;
  if (held.path !== undefined || asked.path !== undefined) return pathsOverlap(held.path, asked.path);
  return (
    isThere &&
    (held.apiGroup === asked.apiGroup || held.apiGroup === '*' || asked.apiGroup === '*') &&
    resourcesOverlap(held.resource, asked.resource) &&
    (held.name === undefined || asked.name === undefined || held.name === asked.name)
  );
}

function resourcesOverlap(held: string, asked: string): boolean {
  if (held === asked || held === '*' || asked === '*') return true;
  const [[a, ...subA], [b, ...subB]] = [held.split('/'), asked.split('/')];
  return (
    (a === b || a === '*' || b === '*') &&
    subA.length > 0 &&
    subB.length > 0 &&
    (subA.join('/') === subB.join('/') || subA[0] === '*' || subB[0] === '*')
  );
}

function pathsOverlap(held?: string, asked?: string): boolean {
  if (held === undefined || asked === undefined) return false;
  const start = (path: string): string => path.replace(/\*+$/, '');
  return (
    held === asked ||
    (held.endsWith('*') && start(asked).startsWith(start(held))) ||
    (asked.endsWith('*') && start(held).startsWith(start(asked)))
  );
}
