import { describeSubject } from '../access/rbac/rbac-subjects';
import { SparkRole } from '../access/rbac/spark-identities';
import { FoundIdentity } from './explained-program';
import { ForbiddenRequest } from './forbidden-message';

const ROLES: { readonly [role in SparkRole]: string } = {
  'operator-controller': "the operator's controller",
  'operator-webhook': "the operator's webhook",
  submitter: 'a submitter',
  driver: 'the account of drivers',
  executor: 'the account of executors',
};

/** Who it is, in the words of the library. */
export function describeIdentity(identity: FoundIdentity, programGiven: boolean): string {
  const { subject, roles, namespaces, byName, isBound } = identity;
  const who = describeSubject(subject);
  if (roles.length === 0) {
    if (isBound) return `${who}, to whom the program grants other rights`;
    return programGiven
      ? `${who}, whom the program does not know: no operator, driver, executor or submitter of it`
      : `${who}; what it is for only the program can tell: give its manifests with -f`;
  }
  const places = namespaces.map((namespace) => (namespace === '' ? 'all namespaces' : `"${namespace}"`));
  const what = listed([...new Set(roles)].map((role) => ROLES[role]));
  const where = places.length === 0 ? '' : ` of namespace${places.length === 1 ? '' : 's'} ${listed(places)}`;
  const certainty = byName ? `, by its name${programGiven ? ' alone: the program does not have it' : ''}` : '';
  return `${who}: ${what}${where}${certainty}`;
}

/** `get pods/log "pi-driver" in namespace "team-1"`. */
export function describeRequest({ verb, resource, subresource, name, namespace, path }: ForbiddenRequest): string {
  if (path !== undefined) return `${verb} the path ${path}`;
  if (resource === undefined) return `${verb} something`;
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`;
  const object = name === undefined ? '' : ` "${name}"`;
  if (namespace === undefined) return `${verb} ${whole}${object}`;
  return `${verb} ${whole}${object} ${namespace === '' ? 'in the whole cluster' : `in namespace "${namespace}"`}`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
