import { AccessRule, AccessSubject } from '../../access/rbac/access-question';
import { hasWritingVerb, isOnApplications } from '../../access/rbac/rbac-rules';
import { describeRule } from '../../access/rbac/access-words';
import { EscalationSeverity } from '../../access/escalation/escalation';
import { Grant } from '../../access/rbac/rbac-policy';
import { describeObject } from '../../access/rbac/rbac-objects';
import { describeSubject, subjectKey } from '../../access/rbac/rbac-subjects';
import { SparkRole } from '../../access/rbac/spark-identities';
import { ValidationRule } from '../rule';
import { Finding } from '../../manifests/finding';
import { ValidatedProgram } from '../validated-program';
import { inApplications } from './findings';

/** Who drivers, executors and submitters are, and what they hold. */
export const IDENTITY_RULES: readonly ValidationRule[] = [
  {
    name: 'driver-is-not-default-account',
    sentence: 'A driver runs as an account of its own, never as "default".',
    reason: 'Every pod that names no account is "default" too, and would have all rights of a driver.',
    fix: 'Name an account that only drivers use as spec.driver.serviceAccount.',
    check: (program) =>
      inApplications(program, ({ driver }) =>
        (driver.account ?? 'default') === 'default'
          ? [
              `${driver.at}.serviceAccount: ${driver.account === undefined ? 'is missing, which means' : 'is'} "default"`,
            ]
          : [],
      ),
  },
  {
    name: 'executor-has-own-account',
    sentence: 'Executors run as another account than their driver.',
    reason: 'Executors that name no account run as their driver, so that code of the job has all of its rights.',
    fix: 'Name an account without any right as spec.executor.serviceAccount.',
    check: (program) =>
      inApplications(program, ({ driver, executor }) => {
        const at = `${executor.at}.serviceAccount`;
        if (executor.account === undefined) return [`${at}: is missing, which means the account of the driver`];
        return executor.account === (driver.account ?? 'default')
          ? [`${at}: is "${executor.account}", the account of the driver`]
          : [];
      }),
  },
  {
    name: 'executor-has-no-rights',
    sentence: 'No role is bound to the account of executors.',
    reason: 'Executors need no right on the API server; whoever runs code in one would have it.',
    fix: 'Remove the account from the binding.',
    check: (program) => {
      const drivers = new Set(subjectsOf(program, 'driver').map(subjectKey));
      return subjectsOf(program, 'executor')
        .filter((subject) => !drivers.has(subjectKey(subject)))
        .flatMap((subject) => grantFindings(program, subject, () => true));
    },
  },
  {
    name: 'submitter-is-not-driver',
    sentence: 'Neither drivers nor executors may write applications.',
    reason: 'Code of one job could start others, with any account that applications may name.',
    fix: 'Grant the right to the identity that submits, and remove the account of the job from the binding.',
    check: (program) =>
      distinctSubjects(jobSubjects(program)).flatMap((subject) =>
        grantFindings(program, subject, (rule) => isOnApplications(rule) && hasWritingVerb(rule)),
      ),
  },
  {
    name: 'no-secret-access-for-drivers',
    sentence: 'No driver may read or write secrets through the API.',
    reason: 'Whoever runs code in a driver would reach the secrets of other jobs.',
    fix: 'Mount the secrets that the job needs, and remove them from the role.',
    check: (program) =>
      subjectsOf(program, 'driver').flatMap((subject) =>
        grantFindings(program, subject, (rule) => covers(rule.apiGroups, '') && covers(rule.resources, 'secrets')),
      ),
  },
  {
    name: 'no-escalation',
    sentence: 'Neither drivers nor executors can get more than their own rights.',
    reason: 'What a job runs is code from outside; one step further it has the rights of another account.',
    fix: 'Remove the right, or keep stronger accounts out of the namespace.',
    check: (program) => distinctSubjects(jobSubjects(program)).flatMap((subject) => escalations(program, subject)),
  },
  {
    name: 'no-cluster-wide-spark-rights',
    sentence: 'Rights on applications are granted in single namespaces.',
    reason:
      'Whoever may write applications everywhere runs code as the drivers of all teams; whoever may read them reads their arguments and configuration.',
    fix: 'Bind the role with a RoleBinding in each namespace where it is needed.',
    check: (program) =>
      program.review
        ._subjects()
        .flatMap((subject) =>
          grantFindings(program, subject, isOnApplications, ({ binding }) => binding.namespace === ''),
        ),
  },
];

function subjectsOf({ identities }: ValidatedProgram, role: SparkRole): AccessSubject[] {
  return identities.filter((identity) => identity.role === role).map(({ subject }) => subject);
}

function jobSubjects(program: ValidatedProgram): AccessSubject[] {
  return [...subjectsOf(program, 'driver'), ...subjectsOf(program, 'executor')];
}

function distinctSubjects(subjects: readonly AccessSubject[]): AccessSubject[] {
  return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}

/** The bindings that give a subject such a rule, with the first such rule. */
function grantFindings(
  { review, manifestBySource }: ValidatedProgram,
  subject: AccessSubject,
  isMeant: (rule: AccessRule) => boolean,
  isHere: (grant: Grant) => boolean = () => true,
): Finding[] {
  return review
    ._grantsOf(subject)
    .filter(isHere)
    .flatMap(({ binding, role, rules }) => {
      const manifest = manifestBySource.get(binding.source);
      const held = rules.find(({ rule }) => isMeant(rule));
      if (manifest === undefined || held === undefined) return [];
      const where = binding.namespace === '' ? 'in all namespaces' : `in namespace ${binding.namespace}`;
      return [
        {
          manifest,
          location: `subjects: ${describeSubject(subject)} may ${describeRule(held.rule)} ${where}, by ${describeObject(role)}`,
        },
      ];
    });
}

/** Each at the first binding that it takes. */
function escalations({ review, manifestBySource }: ValidatedProgram, subject: AccessSubject): Finding[] {
  return review
    .canEscalate(subject)
    .filter(({ severity }) => severity === EscalationSeverity.HIGH)
    .flatMap(({ namespace, rights, gain, chains, remedy }) => {
      const manifest = chains
        .map(({ bindingSource }) => manifestBySource.get(bindingSource))
        .find((found) => found !== undefined);
      const where = namespace === '' ? 'in all namespaces' : `in namespace ${namespace}`;
      const location = `subjects: ${describeSubject(subject)} may ${rights} ${where}, and so gets ${gain}; ${remedy}`;
      return manifest === undefined ? [] : [{ manifest, location }];
    });
}

function covers(listed: readonly string[], value: string): boolean {
  return listed.includes('*') || listed.includes(value);
}
