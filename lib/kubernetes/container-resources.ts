import { parseQuantity } from './quantity';
import { Fields, ObjectProblem } from './schema-problems';

/** Resources that every node has; the names of all others start with a domain. */
const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];
const HUGE_PAGES = 'hugepages-';

type Amounts = Readonly<Record<string, string | number>>;

/** What is wrong with the first invalid resource of a container. */
export function resourceProblem(resources: Fields): ObjectProblem | undefined {
  const limits = (resources.limits ?? {}) as Amounts;
  const requests = (resources.requests ?? {}) as Amounts;
  for (const [list, amounts] of [
    ['limits', limits],
    ['requests', requests],
  ] as const) {
    for (const [resource, amount] of Object.entries(amounts)) {
      const problem = amountProblem(resource, amount);
      if (problem !== undefined) return { field: `${list}["${resource}"]`, ...problem };
    }
  }
  for (const [resource, amount] of Object.entries(requests)) {
    const field = `requests["${resource}"]`;
    if (!isExtended(resource) && !resource.startsWith(HUGE_PAGES)) continue;
    if (limits[resource] === undefined) {
      return { field, message: 'has no limit', remedy: `set limits["${resource}"] to the same` };
    }
    if (parseQuantity(limits[resource]) !== parseQuantity(amount)) {
      return { field, message: `is ${amount}, but the limit is ${limits[resource]}`, remedy: 'make them equal' };
    }
  }
  return hugePagesProblem({ ...limits, ...requests });
}

function amountProblem(resource: string, amount: string | number): Omit<ObjectProblem, 'field'> | undefined {
  if (!STANDARD.includes(resource) && !resource.startsWith(HUGE_PAGES) && !resource.includes('/')) {
    return { message: 'is no resource of a container', remedy: `pass ${STANDARD.join(', ')} or one with a domain` };
  }
  const number = parseQuantity(amount) ?? 0;
  if (number < 0) return { message: `is ${amount}`, remedy: 'pass zero or more' };
  if (isExtended(resource) && !Number.isInteger(number)) {
    return { message: `is ${amount}`, remedy: 'pass a whole number; such resources cannot be divided' };
  }
  return undefined;
}

function hugePagesProblem(amounts: Amounts): ObjectProblem | undefined {
  const resource = Object.keys(amounts).find((name) => name.startsWith(HUGE_PAGES));
  if (resource === undefined || amounts.cpu !== undefined || amounts.memory !== undefined) return undefined;
  return { message: `has ${resource} alone`, remedy: 'set cpu or memory too' };
}

/** A device or the like: its name has a domain that is not Kubernetes' own. */
function isExtended(resource: string): boolean {
  return resource.includes('/') && !/^([^/]*\.)?kubernetes\.io\//.test(resource);
}
