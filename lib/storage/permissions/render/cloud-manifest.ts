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
