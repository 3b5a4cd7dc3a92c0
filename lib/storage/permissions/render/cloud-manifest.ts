/** An object of Kubernetes that stands for something in a cloud. */
export interface CloudManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Missing for objects of the whole cluster. */
    readonly namespace?: string;
    readonly annotations?: { readonly [name: string]: string };
  };
  readonly spec: { readonly [field: string]: unknown };
}

/** Each object once: several accesses of one project or account share roles. Two that differ under one name are refused. */
export function withoutRepetitions(manifests: readonly CloudManifest[]): CloudManifest[] {
  const found = new Map<string, CloudManifest>();
  for (const manifest of manifests) {
    const { apiVersion, kind, metadata } = manifest;
    const key = [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
    const other = found.get(key);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(manifest)) {
      throw new Error(
        `storage permissions: two accesses need a ${kind} "${metadata.name}" and differ in it; ` +
          'give each access a name of its own, and one role one identity and one new bucket one place',
      );
    }
    found.set(key, manifest);
  }
  return [...found.values()];
}

/** A name of AWS as one of a Kubernetes object. */
export function objectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
}

/** Names what is of a namespace. No namespace has a dot, so that `a-b` of `c` and `a` of `b-c` stay apart. */
export function namespacedName(namespace: string, name: string): string {
  return `${namespace}.${name}`;
}

/** The first part and the project of `name@project.iam.gserviceaccount.com`. */
export function accountAndProject(email: string): [string, string] {
  const [account, domain = ''] = email.split('@');
  return [account, domain.replace(/\.iam\.gserviceaccount\.com$/, '')];
}

/** A name with the place in a list, but for the first. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
