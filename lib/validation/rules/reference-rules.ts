import { podsOf } from '../../guarantees/application-view';
import { forwardReferences } from '../../kubernetes/variable-references';
import { listOf, textEntriesOf, textOf } from '../../manifests/manifest-fields';
import { HADOOP_PREFIX, unreadReference } from '../../spark/key-readers';
import { resourceProblems } from '../../spark/resource-requests';
import { ValidationRule } from '../rule';
import { ValidatedApplication } from '../validated-application';
import { inApplications } from './findings';

/** What of an application's settings reaches those who read them. */
export const REFERENCE_RULES: readonly ValidationRule[] = [
  {
    name: 'references-are-replaced',
    sentence: 'Every reference to a variable is written as its reader knows it, and after the variable.',
    reason:
      'A reference that nothing replaces reaches the program as it is written, in place of an address or a secret.',
    fix: 'Write the reference as the reader of the key does, set the key in the program, or put the variable before it.',
    check: (program) =>
      inApplications(program, (application) => [
        ...unreadConfiguration(application),
        ...podsOf(application).flatMap((pod) => [
          ...forward(pod.fields, pod.at),
          ...pod.containers.flatMap((container) => forward(container.fields, container.at)),
        ]),
      ]),
  },
  {
    name: 'resources-have-vendors',
    sentence: 'Resources such as GPUs that the configuration asks for have a vendor, which is a bare domain.',
    reason: 'Spark asks Kubernetes for <vendor>/<resource>, and submits nothing without a vendor.',
    fix: 'Set spark.driver.resource.<resource>.vendor or spark.executor.resource.<resource>.vendor, as in nvidia.com.',
    check: (program) =>
      inApplications(program, ({ spec, at }) =>
        resourceProblems(Object.fromEntries(textEntriesOf(spec, 'sparkConf'))).map((problem) => `${at}: ${problem}`),
      ),
  },
];

function unreadConfiguration({ spec, at }: ValidatedApplication): string[] {
  const configuration = Object.fromEntries(textEntriesOf(spec, 'sparkConf'));
  return (['sparkConf', 'hadoopConf'] as const).flatMap((place) =>
    textEntriesOf(spec, place).flatMap(([key, value]) => {
      const unread = unreadReference(place === 'hadoopConf' ? `${HADOOP_PREFIX}${key}` : key, value, configuration);
      return unread === undefined
        ? []
        : [`${at}.${place}["${key}"]: "${unread.written}" stays as it is written; ${unread.remedy}`];
    }),
  );
}

function forward(fields: unknown, at: string): string[] {
  const variables = listOf(fields, 'env').map((entry) => ({
    name: textOf(entry, 'name') ?? '',
    value: textOf(entry, 'value'),
  }));
  return forwardReferences(variables).map(
    ([name, referred]) =>
      `${at}.env["${name}"]: "$(${referred})" stays as it is written, since ${referred} comes after it`,
  );
}
