import { DRIVER_RIGHTS, NamespaceFeature } from '../job-namespace/identities/driver-rights';
import { describeSubject, subjectKey } from '../access/rbac/rbac-subjects';
import { Remedy } from './explanation';
import { declaration, ForbiddenCase, namespaceOfDriver, Verdict } from './forbidden-case';
import { listed } from './phrases';
import { isApplication, submitGrant, toolsTold } from './grant-remedy';
import { hasRight } from './operator-remedy';
import { REFUSED_RIGHTS, REFUSED_TO_DRIVERS, refusedRight } from './refused-rights';
import { optionsArgument, quote, variableOf } from './typescript';

const FEATURES: { readonly [feature in NamespaceFeature]?: { readonly advice: string; readonly code: string } } = {
  [NamespaceFeature.EXECUTOR_CLAIMS]: {
    advice: 'volume claims on demand of executors are made by their driver',
    code: 'executor: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
  },
  [NamespaceFeature.KEPT_EXECUTORS]: {
    advice: 'executors that are kept after their end are marked by their driver',
    code: 'executor: { deleteOnTermination: false },',
  },
};

/** What to do when a driver is refused. */
export function driverVerdict(asked: ForbiddenCase): Verdict {
  const { right, namespace, identity, program } = asked;
  const { subject } = identity;
  const known = DRIVER_RIGHTS.find((driverRight) => hasRight([driverRight], right));
  const refused =
    refusedRight(REFUSED_TO_DRIVERS, right.verb, right.resource) ??
    (known === undefined ? refusedRight(REFUSED_RIGHTS, right.verb, right.resource) : undefined);
  if (refused !== undefined) {
    const isForSubmitters = REFUSED_TO_DRIVERS.includes(refused);
    return {
      program: `does not grant it, and should not: ${refused.why}`,
      advice: `do not grant it to the driver; ${refused.instead}${isForSubmitters ? submitterNote(asked) : ''}`,
      remedies: isForSubmitters ? accountOfItsOwn(asked) : [],
    };
  }
  if (known === undefined) {
    return {
      program: 'does not grant it: Spark does not ask for it',
      advice:
        'do not grant it to the driver, whose rights are those of all code that runs in it; find the part of the job that asks, and let it run as an account of its own outside of the job',
    };
  }
  if (namespace !== undefined && namespace !== subject.namespace) {
    const place = namespace === '' ? 'the whole cluster' : `namespace "${namespace}"`;
    return {
      program: `gives drivers of namespace "${subject.namespace}" rights there alone`,
      advice: `a driver starts its executors in its own namespace: find the setting that sends it to ${place}, such as spark.kubernetes.namespace, and take it out. The namespace of a job is jobNamespace of its application`,
    };
  }
  const feature = known.feature === undefined ? undefined : FEATURES[known.feature];
  if (feature !== undefined) {
    return {
      program: 'does not grant it: no application of the namespace has the property that asks for it',
      advice: `${feature.advice}; drivers get the right in namespaces where an application has the property`,
      remedies: [{ code: feature.code }],
    };
  }
  return {
    program: program.isGiven
      ? 'gives this right to the drivers of its job namespaces, but not to this account'
      : undefined,
    advice: `a driver needs it (${known.reason}). The construct of the namespace gives drivers their rights; to have this account for them, say so there`,
    remedies: [namespaceOfDriver(subject)],
  };
}

/** What to do when an executor is refused. */
export function executorVerdict({ right, identity }: ForbiddenCase): Verdict {
  return {
    program: 'gives executors no rights, and should not: they run tasks and ask the API server for nothing',
    advice: hasRight(DRIVER_RIGHTS, right)
      ? `do not grant it: the driver acts instead, which starts and removes executors. If this was a driver, it runs as the executors' account: its application must not name "${identity.subject.name}" in spec.driver.serviceAccount; applications of this library have an account for each role`
      : 'do not grant it: take the call of the Kubernetes API out of the tasks. What has to be asked is asked once, by the submitter before the job, and given to it as arguments, env or files',
  };
}

/** An account of its own for what a submitter does. */
function accountOfItsOwn({ right, namespace, program, words }: ForbiddenCase): Remedy[] {
  const grant = submitGrant(isApplication(right.resource) ? right : undefined, toolsTold(words));
  const lineFor = (subject: string): string =>
    `${variableOf(namespace ?? '')}.grants.submit(${subject}${optionsArgument(grant.options)});`;
  if (namespace === undefined || namespace === '') return [{ code: lineFor('subject') }];
  const metadata = `{ metadata: { name: 'spark-submitter', namespace: ${quote(namespace)} } }`;
  return [
    ...declaration(namespace, program),
    {
      when: 'an account of its own, here in the same namespace',
      code: `const submitter = new ServiceAccount(chart, 'submitter', ${metadata});`,
    },
    { code: lineFor('submitter') },
  ];
}

/** Those who submit there anyway. */
function submitterNote({ namespace, program, identity }: ForbiddenCase): string {
  const others = program
    .submittersOf(namespace ?? '')
    .filter((subject) => subjectKey(subject) !== subjectKey(identity.subject))
    .map(describeSubject);
  return others.length === 0
    ? ''
    : `. Submitters of this namespace are ${listed(others)}: perhaps the task is one of theirs`;
}
