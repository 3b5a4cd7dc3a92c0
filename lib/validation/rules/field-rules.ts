import { Finding } from '../../manifests/finding';
import { isApplication } from '../../manifests/manifest-names';
import { applicationFieldProblems, missingParts } from '../application-schema';
import { ValidationRule } from '../rule';
import { ValidatedProgram } from '../validated-program';

const UNKNOWN = 'field-is-unknown';

/** Applications by the API's own definitions, with the pods in them. */
export const FIELD_RULES: readonly ValidationRule[] = [
  {
    name: 'applications-are-whole',
    sentence: 'An application has a name and a specification.',
    reason: 'Where the indentation is lost, name and specification stand elsewhere, and nothing else can be judged.',
    fix: 'Indent metadata.name, or metadata.generateName, and the fields of spec.',
    check: ({ manifests }) =>
      manifests
        .filter(({ manifest }) => isApplication(manifest))
        .flatMap((source) => {
          const missing = missingParts(source.manifest);
          if (missing.length === 0) return [];
          const verb = missing.length === 1 ? 'is' : 'are';
          return [{ manifest: source, location: `${missing.join(' and ')} ${verb} missing` }];
        }),
  },
  {
    name: 'fields-are-known',
    sentence: "Every field of an application, and of the pods in it, is one of the operator's API.",
    reason: 'The API server drops other fields without a word, so that what they say does not hold.',
    fix: 'Correct the name, move the field to where it belongs, or leave it out.',
    check: (program) => findings(program, (code) => code === UNKNOWN),
  },
  {
    name: 'fields-are-accepted',
    sentence: 'Every field of an application, and of the pods in it, has a value that the API server accepts.',
    reason: 'The API server would refuse the application, or later the pods that Spark makes from its templates.',
    fix: 'Pass one of the values that the finding names.',
    check: (program) => findings(program, (code) => code !== UNKNOWN),
  },
];

function findings({ applications }: ValidatedProgram, isAsked: (code: string) => boolean): Finding[] {
  return applications.flatMap(({ source }) =>
    applicationFieldProblems(source.manifest)
      .filter(({ code }) => isAsked(code))
      .map(({ path, message, remedy }) => ({ manifest: source, location: `${path}: ${message}; ${remedy}` })),
  );
}
