import { nameOf } from '../manifests/manifest-names';
import { textOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';

/** The annotation of a Namespace with the names that hold no secrets there: one per line, each with its reason. */
export const NOT_SECRET_ANNOTATION = 'cdk8s-spark/not-secret';

const LINE = /^(?<name>[^:\s]+): (?<reason>.*\S.*)$/;

/** What is wrong with names that are declared to hold no secrets, and with their reasons. */
export function notSecretProblems(notSecret: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(notSecret).flatMap(([name, reason]) => [
    ...(/^[^:\s]+$/.test(name)
      ? []
      : [`notSecret has the name ${JSON.stringify(name)}; pass a variable, key or argument, such as "TOKEN_ISSUER"`]),
    ...(typeof reason === 'string' && reason.trim() !== ''
      ? []
      : [`notSecret["${name}"] has no reason; say why its value is no secret`]),
  ]);
}

export function notSecretText(notSecret: Readonly<Record<string, string>>): string {
  return Object.entries(notSecret)
    .map(([name, reason]) => `${name}: ${reason.replace(/\s+/g, ' ').trim()}`)
    .sort()
    .join('\n');
}

/** The names that hold no secrets, with their reasons, by the Namespaces among manifests. */
export function notSecretNames(manifests: readonly Manifest[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const namespaces = manifests.filter(({ kind }) => kind === 'Namespace');
  return new Map(
    namespaces.map((namespace) => [
      nameOf(namespace),
      new Map(
        (textOf(namespace, 'metadata', 'annotations', NOT_SECRET_ANNOTATION) ?? '').split('\n').flatMap((line) => {
          const { name, reason } = LINE.exec(line)?.groups ?? {};
          return name === undefined || reason === undefined ? [] : [[name, reason] as const];
        }),
      ),
    ]),
  );
}
