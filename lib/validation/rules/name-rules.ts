import { textOf } from '../../manifests/manifest-fields';
import { nameOf } from '../../manifests/manifest-names';
import { Manifest } from '../../manifests/manifest-source';
import { serviceNameProblem } from '../../kubernetes/names';
import { ValidationRule } from '../rule';
import { inApplications } from './findings';

/** A run of a schedule has a dash and 20 digits more; a server of Spark Connect has pods and services with longer names. */
const MAX_LENGTH: Readonly<Record<string, number>> = {
  SparkApplication: 63,
  ScheduledSparkApplication: 43,
  SparkConnect: 56,
};

export const NAME_RULES: readonly ValidationRule[] = [
  {
    name: 'names-fit',
    sentence: 'The names of applications leave room for what the operator adds to them.',
    reason: 'Services and labels take at most 63 characters; with a longer name the job fails when it is started.',
    fix: 'Choose a name of at most 63 characters; 43 for a ScheduledSparkApplication and 56 for a SparkConnect.',
    check: (program) =>
      inApplications(program, ({ source, kind }) => {
        const { field, name } = namedBy(source.manifest);
        const problem = name === '' ? undefined : serviceNameProblem(`${kind} name`, name, MAX_LENGTH[kind]);
        return problem === undefined ? [] : [`metadata.${field}: ${problem}`];
      }),
  },
];

/** The API server adds five letters and digits to `generateName`. */
function namedBy(manifest: Manifest): { readonly field: string; readonly name: string } {
  const prefix = textOf(manifest, 'metadata', 'generateName');
  if (nameOf(manifest) !== '' || prefix === undefined) return { field: 'name', name: nameOf(manifest) };
  return { field: 'generateName', name: `${prefix}xxxxx` };
}
