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
