import { Guarantee } from '../guarantees/relaxation';
import { networkRuleProblems } from '../job-namespace/network/network-peer';
import { tenancyOf } from '../job-namespace/tenancy';
import { keyProblems, labelProblems } from '../kubernetes/labels';
import { wholeSecondsProblem } from '../kubernetes/whole-seconds';
import { plainSecretsOfArguments } from '../spark/plain-secrets';
import { logLevelProblem } from '../spark/spark-log-level';
import { RenderedApplication } from './application-spec';
import { coveredFileProblems } from './configuration/covered-files';
import { dynamicAllocationProblems } from './configuration/dynamic-allocation';
import { configurationProblems } from './configuration/spark-configuration';
import { dependencyProblems, jarScalaProblem } from './configuration/spark-dependencies';
import { applicationTotals, quotaProblems } from './pod/application-totals';
import { furtherExecutorMemory } from './pod/executor-memory';
import { podAccountProblems } from './pod/pod-accounts';
import { podProblems } from './pod/pod-problems';
import { sharedClaimProblems } from './pod/shared-claims';
import { reservedLabelProblems } from './pod/template-problems';
import { ResolvedApplication } from './resolved-application';

/** What is wrong with an application, apart from its storages. */
export function applicationProblems(application: ResolvedApplication, rendered: RenderedApplication): string[] {
  const { jobNamespace, image, profile, dependencies, kafka } = application;
  const { driver, executor } = rendered;
  const pin = profile.guarantees.includes(Guarantee.PINNED_IMAGES) ? image._pinProblem() : undefined;
  return [
    ...podAccountProblems(application),
    ...(kafka === undefined ? [] : networkRuleProblems('kafka', kafka)),
    ...relaxationProblems(application),
    ...executorCountProblems(application),
    ...podProblems(application, driver),
    ...podProblems(application, executor),
    ...(pin === undefined ? [] : [pin]),
    ...totalProblems(application, rendered),
    ...sharedClaimProblems(application, driver, executor),
    ...dependencyProblems(dependencies, image, jobNamespace),
    ...mainProblems(application),
    ...coveredFileProblems(application, [driver, executor]),
    ...argumentProblems(application),
    ...timeProblems(application),
    ...metadataProblems(application),
    ...configurationProblems(rendered.configuration),
  ];
}

function relaxationProblems({ relax = [], jobNamespace, encryption, trafficKey }: ResolvedApplication): string[] {
  const allowed = new Set(jobNamespace.allowed.map(({ guarantee }) => guarantee));
  const problems = [...new Set(relax)].flatMap((point) => {
    if (point === Guarantee.NO_DEBUG_RIGHTS) {
      return [
        `relax names ${point}, which no application has; the job namespace allows it, and grants.debug gives the rights`,
      ];
    }
    return allowed.has(point)
      ? []
      : [
          `relax names ${point}, which namespace "${jobNamespace.name}" does not allow; ` +
            "add it to the namespace's allow, with its reason",
        ];
  });
  if (trafficKey !== undefined || encryption === undefined) return problems;
  return [...problems, 'encryption is given, but relax leaves it out; keep one of the two'];
}

function executorCountProblems({ instances, dynamicAllocation, labels, sparkConf }: ResolvedApplication): string[] {
  return [
    ...(instances === undefined || (Number.isInteger(instances) && instances >= 1)
      ? []
      : [`executor.instances is ${instances}; give a whole number of at least 1`]),
    ...(dynamicAllocation === undefined
      ? []
      : dynamicAllocationProblems(dynamicAllocation, { instances, labels, sparkConf })),
  ];
}

function totalProblems(application: ResolvedApplication, { driver, executor }: RenderedApplication): string[] {
  const { jobNamespace, maxExecutors } = application;
  const memory = executor.totals.memory + furtherExecutorMemory(application);
  const totals = applicationTotals([
    { pod: driver.totals, claimedOnDemand: driver.frame.writable.claimedOnDemand, count: 1 },
    {
      pod: { ...executor.totals, memory },
      claimedOnDemand: executor.frame.writable.claimedOnDemand,
      count: maxExecutors,
    },
  ]);
  return quotaProblems(jobNamespace.name, jobNamespace.quota, totals, maxExecutors);
}

function mainProblems({ main, image, logLevel, profile }: ResolvedApplication): string[] {
  const scala =
    main.mainClass === undefined ? undefined : jarScalaProblem('the main file', main.file, image.scalaVersion);
  const problems = scala === undefined ? [] : [scala];
  const level = logLevel === undefined ? undefined : logLevelProblem(logLevel, image.sparkVersion);
  if (level !== undefined) problems.push(level);
  if (image.userId === 0 && profile.isHardened) {
    problems.push('the user of the image is 0, which is root; give it another one, and its number as userId of image');
  }
  return problems;
}

function argumentProblems({ main, profile, jobNamespace }: ResolvedApplication): string[] {
  if (!profile.guarantees.includes(Guarantee.NO_PLAIN_SECRETS)) return [];
  return plainSecretsOfArguments(main.arguments, tenancyOf(jobNamespace).notSecret).map(
    ({ name, fault, remedy }) => `the argument "${name}" ${fault}; ${remedy}`,
  );
}

function timeProblems({ timeToLive }: ResolvedApplication): string[] {
  return [wholeSecondsProblem('timeToLive', timeToLive, 1)].filter((problem) => problem !== undefined);
}

/** The operator copies the labels to the pods. */
function metadataProblems({ labels, annotations }: ResolvedApplication): string[] {
  return [
    ...reservedLabelProblems('labels', labels),
    ...labelProblems('labels', labels),
    ...keyProblems('annotations', ...Object.keys(annotations ?? {})),
  ];
}
