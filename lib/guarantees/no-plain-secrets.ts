import { listOf, textEntriesOf, textOf, textsOf } from '../manifests/manifest-fields';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { PlainSecret, plainSecret, plainSecretsOfArguments, plainSecretsOfJavaOptions } from '../spark/plain-secrets';
import { ApplicationView, podsOf } from './application-view';
import { GuaranteeFinding, GuaranteeRule } from './guarantee-rule';
import { PodView } from './pod-view';
import { Guarantee } from './relaxation';

const code = Guarantee.NO_PLAIN_SECRETS;

export const NO_PLAIN_SECRETS: GuaranteeRule = {
  code,
  summary: 'no secret in plain text',
  sentence: 'No secret stands in plain text in environment, configuration, arguments or Java options.',
  reason: 'Everybody who may read applications or pods, or the repository of the manifests, reads it.',
  fix: 'Give it by reference: an environment variable from a Secret, or a mounted Secret.',
  relaxedBy: code,
  level: PodSecurityLevel.RESTRICTED,
  check: (application) => [
    ...configurationFindings(application),
    ...argumentFindings(application, textsOf(application.spec, 'arguments'), `${application.at}.arguments`),
    ...podsOf(application).flatMap((pod) => secretsOfPod(application, pod)),
  ],
  unguarded: 'whether a value is a secret is a guess by its name, and a refusal would show the value in the audit log',
};

function configurationFindings({ spec, at, notSecret }: ApplicationView): GuaranteeFinding[] {
  const configuration = Object.fromEntries(textEntriesOf(spec, 'sparkConf'));
  return (['sparkConf', 'hadoopConf'] as const).flatMap((place) =>
    textEntriesOf(spec, place).flatMap(([name, value]) => {
      const secret = plainSecret({ place, name, value, configuration }, notSecret);
      return secret === undefined ? [] : [finding(`${at}.${place}["${name}"]`, '', secret)];
    }),
  );
}

function secretsOfPod(application: ApplicationView, { role, at, fields, containers }: PodView): GuaranteeFinding[] {
  const older = { at, fields, holder: '' };
  const places = [older, ...containers.map((each) => ({ ...each, holder: `container "${each.name}": ` }))];
  const found = [
    ...plainSecretsOfJavaOptions((textOf(fields, 'javaOptions') ?? '').split(/\s+/), application.notSecret).map(
      (secret) => finding(`${at}.javaOptions`, `"${secret.name}" `, secret),
    ),
    ...variableFindings(application, textEntriesOf(fields, 'envVars'), `${at}.envVars`),
    ...places.flatMap(({ at: path, fields: given, holder }) => [
      ...variableFindings(
        application,
        listOf(given, 'env').map((entry) => [textOf(entry, 'name') ?? '', textOf(entry, 'value') ?? '']),
        `${path}.env`,
        holder,
      ),
      ...argumentFindings(application, [...textsOf(given, 'command'), ...textsOf(given, 'args')], path, holder),
    ]),
  ];
  return found.map((each) => ({ ...each, role }));
}

function variableFindings(
  { notSecret }: ApplicationView,
  variables: readonly [string, string][],
  path: string,
  holder = '',
): GuaranteeFinding[] {
  return variables.flatMap(([name, value]) => {
    const secret = plainSecret({ place: 'environment', name, value }, notSecret);
    return secret === undefined ? [] : [finding(`${path}["${name}"]`, `${holder}variable ${name} `, secret)];
  });
}

function argumentFindings(
  { notSecret }: ApplicationView,
  given: readonly string[],
  path: string,
  holder = '',
): GuaranteeFinding[] {
  return plainSecretsOfArguments(given, notSecret).map((secret) =>
    finding(path, `${holder}argument "${secret.name}" `, secret),
  );
}

function finding(path: string, subject: string, { fault, remedy }: PlainSecret): GuaranteeFinding {
  return { path, code, message: `${subject}${fault}`, remedy };
}
