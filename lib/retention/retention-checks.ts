import { Duration } from 'cdk8s';
import { CronSchedule } from '../application/schedule/cron-schedule';
import { SparkImage } from '../spark/spark-image';
import { HADOOP_34_SINCE, isAtLeast } from '../spark/spark-versions';
import { labelProblem } from '../kubernetes/names';
import { ISparkStorage } from '../storage/spark-storage';
import { principalOf } from '../storage/identity/principal';
import { Store } from '../storage/stores/store';
import { CheckpointRetentionProps } from './checkpoint-retention-props';
import { placementOf } from '../storage/placement';

/** A CronJob adds eleven characters for its Jobs. */
const MAX_NAME_LENGTH = 52;

export function retentionProblems(name: string, props: CheckpointRetentionProps): string[] {
  const { storage, namespaces, after, image, schedule } = props;
  const nameProblem = labelProblem('the name', name, MAX_NAME_LENGTH);
  return [
    ...(nameProblem === undefined ? [] : [nameProblem]),
    ...namespacesProblems(namespaces),
    ...afterProblems(after),
    ...imageProblems(image, cleanUpStore(props)),
    ...(schedule === undefined ? [] : scheduleProblems(schedule)),
    ...identityProblems(props),
    ...(placementOf(storage).store.claim === undefined
      ? ownNameProblems(name, namespaces)
      : claimProblems(storage, namespaces)),
  ];
}

/** The store as the clean-up reaches it. */
export function cleanUpStore({ storage, identity }: CheckpointRetentionProps): Store {
  const { store } = placementOf(storage);
  return identity === undefined ? store : (store.withIdentity?.(identity) ?? store);
}

function ownNameProblems(name: string, namespaces: readonly string[]): string[] {
  if (namespaces.includes(name)) return [ownNamespaceProblem(name)];
  if (name !== 'default' && !name.startsWith('kube-')) return [];
  return [`the name "${name}" would be that of a namespace of Kubernetes; set one with the name property`];
}

/** Why a clean-up does not run in a namespace of jobs. */
export function ownNamespaceProblem(name: string): string {
  return (
    `would run in "${name}", a namespace of jobs, where every driver can start pods under any account, and so remove whatever ` +
    'the clean-up may: set a name of its own with the name property'
  );
}

function namespacesProblems(namespaces: readonly string[]): string[] {
  if (namespaces.length === 0) {
    return [
      'namespaces is empty, so that nothing would ever be removed; name those whose streaming jobs are all in this program',
    ];
  }
  const repeated = namespaces.find((name, index) => namespaces.indexOf(name) !== index);
  return [
    ...namespaces.map((name) => labelProblem('namespaces', name)).filter((problem) => problem !== undefined),
    ...(repeated === undefined ? [] : [`namespaces has "${repeated}" more than once; keep one`]),
  ];
}

function afterProblems(after: Duration): string[] {
  const days = after.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return [];
  return [
    `after is ${after.toHumanString()}; give whole days, at least one, such as Duration.days(30): ` +
      'a job without input writes nothing for as long',
  ];
}

function imageProblems(image: SparkImage, store: Store): string[] {
  const unpinned = image._pinProblem();
  const reason = store.root.startsWith('s3a:')
    ? 'the Hadoop of older ones cannot list and remove without the right to read'
    : store.needsHadoop34;
  return [
    ...(unpinned === undefined ? [] : [unpinned]),
    ...(image.userId === 0 ? ['image has the user 0, which is root; give one with another user'] : []),
    ...(reason === undefined || isAtLeast(image.sparkVersion, HADOOP_34_SINCE)
      ? []
      : [
          `image has Spark ${image.sparkVersion}, but needs ${HADOOP_34_SINCE} or newer: ${reason}; ` +
            'give a newer one, which need not be that of the jobs',
        ]),
  ];
}

/** A CronJob refuses a zone, and does not document intervals. */
function scheduleProblems({ expression }: CronSchedule): string[] {
  if (/^(CRON_)?TZ=/.test(expression)) {
    return [`schedule is "${expression}", with a time zone; leave it out, the schedule is in UTC`];
  }
  if (expression.startsWith('@every')) {
    return [`schedule is "${expression}", which a CronJob does not know; use CronSchedule.cron, such as "17 3 * * *"`];
  }
  return [];
}

function identityProblems({ storage, identity }: CheckpointRetentionProps): string[] {
  const { store } = placementOf(storage);
  if (store.withIdentity === undefined) {
    return identity === undefined ? [] : ['identity is given, but the store knows none; leave it out'];
  }
  if (identity === undefined) {
    return [
      'identity is not given; give the clean-up one of its own, which may list and delete beneath the prefix and do nothing else',
    ];
  }
  const principal = principalOf(identity);
  const ofJobs = store.identity === undefined ? undefined : principalOf(store.identity);
  if (identity === store.identity || (principal !== undefined && principal === ofJobs)) {
    return [
      'identity is that of the jobs, which would then need the right to delete the checkpoints of all others; give one of its own',
    ];
  }
  return [...store.withIdentity(identity).problems];
}

/** A claim can only be mounted in its own namespace, and holds the checkpoints of that one. */
function claimProblems(storage: ISparkStorage, namespaces: readonly string[]): string[] {
  const { claim } = placementOf(storage).store;
  if (namespaces.length !== 1) {
    return [
      `namespaces is ${namespaces.join(', ')}, but a claim can be mounted in one namespace only: name that of the claim, ` +
        'and make a clean-up for each',
    ];
  }
  if (claim?.namespace === undefined || claim.namespace === namespaces[0]) return [];
  return [
    `namespaces is ${namespaces[0]}, but the claim "${claim.claim.name}" is of namespace "${claim.namespace}"; name that one`,
  ];
}
