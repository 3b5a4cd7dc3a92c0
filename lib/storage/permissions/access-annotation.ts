import { accessProblems } from './access-problems';
import { StorageAccess } from './storage-access';

/** Says which storage the service accounts of an application use: a JSON list of `StorageAccess`. */
export const ACCESS_ANNOTATION = 'cdk8s-spark/storage-access';

/** The annotation of an application; none without storage. */
export function accessAnnotation(accesses: readonly StorageAccess[]): { [name: string]: string } {
  return accesses.length === 0 ? {} : { [ACCESS_ANNOTATION]: JSON.stringify(accesses) };
}

export interface ReadAccesses {
  readonly accesses: StorageAccess[];
  /** What is wrong; the accesses that it is wrong with are left out. */
  readonly problems: string[];
}

/** Reads the annotation of an application of the namespace. */
export function readAccessAnnotation(text: string, namespace: string): ReadAccesses {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return { accesses: [], problems: [`${ACCESS_ANNOTATION} is no JSON: ${(error as Error).message}`] };
  }
  if (!Array.isArray(given)) {
    return { accesses: [], problems: [`${ACCESS_ANNOTATION} is ${JSON.stringify(given)}; expected is a list`] };
  }
  const accesses: StorageAccess[] = [];
  const problems: string[] = [];
  for (const [index, each] of (given as unknown[]).entries()) {
    const what = `${ACCESS_ANNOTATION}[${index}]`;
    const wrong = shapeProblems(what, each, ACCESS);
    if (wrong.length > 0) {
      problems.push(...wrong);
      continue;
    }
    const access = each as StorageAccess;
    const more = accessProblems(access).map((problem) => `${what}.${problem}`);
    if (access.identity !== undefined && access.identity.namespace !== namespace) {
      more.push(
        `${what}.identity.namespace is "${access.identity.namespace}", but the application is of "${namespace}"; ` +
          'an application can ask only for accounts of its own namespace',
      );
    }
    if (more.length > 0) problems.push(...more);
    else accesses.push(access);
  }
  return { accesses, problems };
}

type Shape = 'string' | 'boolean' | ListShape | ObjectShape | ChoiceShape;

interface ListShape {
  readonly items: Shape;
}

interface ObjectShape {
  readonly fields: { readonly [name: string]: Shape };
  /** The fields that may be missing. */
  readonly optional?: { readonly [name: string]: Shape };
}

interface ChoiceShape {
  /** The field that says which of the shapes it is. */
  readonly by: string;
  readonly shapes: { readonly [value: string]: ObjectShape };
}

const ACCOUNTS = { namespace: 'string', serviceAccounts: { items: 'string' } } as const;
const NAMED = {
  store: 'string',
  name: 'string',
  grants: { items: { fields: { path: 'string', use: 'string' }, optional: { multipart: 'boolean' } } },
} as const;
const NEW_BUCKET = { fields: { location: 'string' } } as const;
const TRUST: ChoiceShape = {
  by: 'kind',
  shapes: {
    irsa: { fields: { kind: 'string', issuer: 'string' } },
    podIdentity: { fields: { kind: 'string', region: 'string', cluster: 'string' } },
  },
};

const ACCESS: ChoiceShape = {
  by: 'store',
  shapes: {
    s3: {
      fields: { ...NAMED, bucket: 'string' },
      optional: {
        partition: 'string',
        newBucket: NEW_BUCKET,
        identity: {
          fields: { ...ACCOUNTS, account: 'string', role: 'string' },
          optional: { path: 'string', trust: TRUST },
        },
      },
    },
    gcs: {
      fields: { ...NAMED, bucket: 'string' },
      optional: {
        project: 'string',
        limitListing: 'boolean',
        newBucket: NEW_BUCKET,
        identity: {
          fields: ACCOUNTS,
          optional: { clusterProject: 'string', clusterProjectNumber: 'string', serviceAccount: 'string' },
        },
      },
    },
    azure: {
      fields: { ...NAMED, account: 'string', container: 'string' },
      optional: {
        subscription: 'string',
        resourceGroup: 'string',
        identity: { fields: { ...ACCOUNTS, name: 'string', resourceGroup: 'string', issuer: 'string' } },
      },
    },
  },
};

function shapeProblems(what: string, value: unknown, shape: Shape): string[] {
  if (typeof shape === 'string') {
    return typeof value === shape ? [] : [`${what} is ${JSON.stringify(value)}; expected is a ${shape}`];
  }
  if ('items' in shape) {
    if (!Array.isArray(value)) return [`${what} is ${JSON.stringify(value)}; expected is a list`];
    return (value as unknown[]).flatMap((item, index) => shapeProblems(`${what}[${index}]`, item, shape.items));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${what} is ${JSON.stringify(value)}; expected is an object`];
  }
  const given = value as Readonly<Record<string, unknown>>;
  if ('by' in shape) {
    const kind = given[shape.by];
    if (typeof kind !== 'string' || !Object.hasOwn(shape.shapes, kind)) {
      const kinds = Object.keys(shape.shapes).join(', ');
      return [`${what}.${shape.by} is ${JSON.stringify(kind)}; expected ${kinds}`];
    }
    return shapeProblems(what, value, shape.shapes[kind]);
  }
  const known = { ...shape.optional, ...shape.fields };
  return [
    ...Object.keys(given)
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) => `${what} has a field "${name}", which is unknown; expected ${Object.keys(known).join(', ')}`),
    ...Object.entries(known)
      .filter(([name]) => Object.hasOwn(shape.fields, name) || given[name] !== undefined)
      .flatMap(([name, field]) => shapeProblems(`${what}.${name}`, given[name], field)),
  ];
}
