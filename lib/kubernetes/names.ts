/** The longest DNS label: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const MAX_LABEL_LENGTH = 63;

const DNS_1123_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** What is wrong with the name of a namespace or account, or `undefined`. */
export function labelProblem(what: string, name: string, maxLength = MAX_LABEL_LENGTH): string | undefined {
  return nameProblem(what, name, maxLength, DNS_1123_LABEL, 'start and end with a letter or digit');
}

/** What is wrong with a name that a Service also gets, so that it must start with a letter, or `undefined`. */
export function serviceNameProblem(what: string, name: string, maxLength = MAX_LABEL_LENGTH): string | undefined {
  return nameProblem(what, name, maxLength, DNS_1035_LABEL, 'start with a letter and end with a letter or digit');
}

function nameProblem(what: string, name: string, maxLength: number, pattern: RegExp, ends: string): string | undefined {
  if (name.length > maxLength) {
    return (
      `${what} "${name}" has ${name.length} characters; at most ${maxLength} are possible: ` +
      'choose a shorter one with the name property'
    );
  }
  if (!pattern.test(name)) {
    return (
      `${what} "${name}" is no DNS label; use lower-case letters, digits and "-", ${ends}: ` +
      'set one with the name property'
    );
  }
  return undefined;
}
