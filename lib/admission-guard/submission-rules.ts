import { SHELL_CLASSES } from '../spark/spark-main';
import { isTooLong, text, texts, textAt } from '../kubernetes/cel';
import { LIMITS } from '../guarantees/guard-limits';
import { GuardTopic } from '../guarantees/guard-rule';

const FILE_LISTS = ['jars', 'files', 'pyFiles', 'archives'];
const DEPENDENCY_LISTS = [...FILE_LISTS, 'packages', 'excludePackages', 'repositories'];

// No blanks, commas, encodings, queries, users or passwords; the first part of abfss://container@account is not a user.
const PLAIN_URI =
  '(abfss://[A-Za-z0-9._-]+@[A-Za-z0-9._:@-]+|[a-z][a-z0-9]*://[A-Za-z0-9._:-]+|local://)(/[A-Za-z0-9._=+@~:-]+)+';
/** The folder into which an archive is unpacked. */
const FRAGMENT = '(#[A-Za-z0-9._-]+)?';
const COORDINATES = '^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_][A-Za-z0-9_.+-]*$';
const EXCLUSION = '^[A-Za-z0-9_.-]+:([A-Za-z0-9_.-]+|[*])$';

const URI_RULE = {
  refusal: 'is no plain URI of a scheme that the namespace allows',
  remedy:
    'write local:///path for a file of the image, or let the owner of the namespace add the scheme to admission.fileSchemes',
};

/** Whether the text `u` is a URI that the namespace allows. */
function isAllowedUri(pattern: string): string {
  return `(u.size() <= ${LIMITS.uri} && u.matches('^${pattern}$') &&
    !u.matches('/[.][.]?(/|#|$)|^local://[^/]') && u.split('://')[0] in variables.fileSchemes)`;
}

function dependencies(list: string): string {
  const path = `variables.dependencies.${list}`;
  return `(has(${path}) && ${path}.size() <= ${LIMITS.dependencies} ? ${path} : [])`;
}

/** The items of a list of dependencies for which a condition on `u` does not hold. */
function wrongDependencies(list: string, condition: string): string {
  return `${dependencies(list)}.filter(u, !${condition}).map(u, variables.at + '.deps.${list} "' + u + '"')`;
}

/** What reaches spark-submit, which runs in the operator's controller with its identity. */
export const SUBMISSION_RULES: GuardTopic = {
  name: 'submission',
  rules: [
    {
      name: 'deployMode',
      offenders: `
        [${textAt('variables.application', 'mode')}]
          .filter(m, !(m in ['', 'cluster']))
          .map(m, variables.at + '.mode "' + m + '"')`,
      refusal: "would run the driver in the operator's controller, with its identity",
      remedy: 'leave it out, or write "cluster"',
    },
    {
      name: 'proxyUser',
      offenders: `
        [${textAt('variables.application', 'proxyUser')}]
          .filter(u, u != '')
          .map(u, variables.at + '.proxyUser "' + u + '"')`,
      refusal: "would make the operator's controller act as another user",
      remedy: 'leave it out',
    },
    {
      name: 'mainFile',
      offenders: `
        (variables.isConnect ? [] : [${textAt('variables.application', 'mainApplicationFile')}])
          .filter(u, !${isAllowedUri(PLAIN_URI)})
          .map(u, variables.at + '.mainApplicationFile "' + u + '"')`,
      ...URI_RULE,
    },
    {
      name: 'mainClass',
      offenders: `
        [${textAt('variables.application', 'mainClass')}]
          .filter(c, c in ${texts(SHELL_CLASSES)} || c.startsWith('-'))
          .map(c, variables.at + '.mainClass "' + c + '"')`,
      refusal: "makes spark-submit read the application's arguments as options of its own",
      remedy: 'name a class of the application',
    },
    {
      name: 'dependencyFiles',
      offenders: FILE_LISTS.map((list) =>
        wrongDependencies(list, isAllowedUri(list === 'archives' ? PLAIN_URI + FRAGMENT : PLAIN_URI)),
      ).join(' + '),
      ...URI_RULE,
    },
    {
      name: 'packages',
      offenders: [
        wrongDependencies(
          'packages',
          `(u.matches(${text(COORDINATES)}) &&
            (u in variables.packages || variables.packages.exists(p, p.endsWith(':') && u.startsWith(p))))`,
        ),
        wrongDependencies('excludePackages', `u.matches(${text(EXCLUSION)})`),
      ].join(' + '),
      refusal: 'is no package that the namespace allows',
      remedy: 'put the JARs into the image, or let the owner of the namespace add the package to admission.packages',
    },
    {
      name: 'repositories',
      // With or without a slash at its end it is the same one.
      offenders: wrongDependencies(
        'repositories',
        "variables.packageRepositories.exists(r, r == u || r + '/' == u || r == u + '/')",
      ),
      refusal: 'is no repository that the namespace allows',
      remedy: 'leave it out, or let the owner of the namespace add it to packageRepositories',
    },
    {
      name: 'amountOfDependencies',
      offenders: `
        ${texts(DEPENDENCY_LISTS)}
          .filter(l, ${isTooLong('variables.dependencies', 'l', LIMITS.dependencies)})
          .map(l, variables.at + '.deps.' + l)`,
      refusal: `has more than ${LIMITS.dependencies} items, more than the guard reads`,
      remedy: 'put the files into the image or into an archive',
    },
  ],
};
