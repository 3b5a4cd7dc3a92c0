import { ApiObject, Lazy } from 'cdk8s';
import { IServiceAccount, k8s, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CronSchedule } from '../application/schedule/cron-schedule';
import { HADOOP_34_SINCE, isAtLeast } from '../spark/spark-versions';
import { throwProblems } from '../problems/errors';
import { recommendedLabels } from '../kubernetes/objects';
import { Program } from '../program/program';
import { accessAnnotation } from '../storage/permissions/access-annotation';
import { StorageUse } from '../storage/permissions/storage-access';
import { principalOf } from '../storage/identity/principal';
import { storageAccessOf } from '../storage/storage-access-of';
import { IStorageUser, placementOf, STORAGE_ACCESSES } from '../storage/placement';
import { CheckpointRetentionProps } from './checkpoint-retention-props';
import { cleanUpFiles, emitCleanUpNamespace, renderCleanUpPod } from './clean-up-pod';
import { storageTypeProblems } from '../storage/spark-storage';
import { cleanUpStore, ownNamespaceProblem, retentionProblems } from './retention-checks';
import { checkArguments } from '../problems/property-checks';

const NIGHTLY = CronSchedule.cron('17 3 * * *');
/** A removal that takes longer continues with the next run. */
const DEADLINE_SECONDS = 6 * 60 * 60;
/** Google's connector would make an object for the folder of each file that it deletes, and the clean-up may make none. */
const DELETE_ONLY = { 'fs.gs.implicit.dir.repair.enable': 'false' };

/**
 * Removes the checkpoints of streaming jobs that have left the program.
 *
 * It renders a CronJob with its program in a ConfigMap, in a namespace of its own, because an identity that can start pods
 * there can delete everything below the prefix. For a volume claim it runs in the namespace of the claim, where drivers can
 * mount the claim anyway.
 *
 * Synth writes the list of all paths that the program's applications write or read. The CronJob never removes a path on this
 * list, above it or below it, and removes nothing if the list is empty. Of the rest, it removes what has the form of a
 * checkpoint, `<prefix>/<namespace>/<application>` or another version of a live one, once nothing has been written to it for
 * the time of `after`. A job of another program counts as gone, so name only namespaces whose streaming jobs are all in this
 * program.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 * @example
 *
 * declare const checkpoints: ISparkStorage;
 * new CheckpointRetention(chart, 'checkpoint-retention', {
 *   storage: checkpoints,
 *   namespaces: ['clicks'],
 *   after: Duration.days(30),
 *   image,
 *   identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/checkpoint-retention'),
 *   dryRun: true,
 * });
 */
export class CheckpointRetention extends Construct implements IStorageUser {
  /** The CronJob. */
  public readonly apiObject: ApiObject;
  /** The account of its pods, to which a cloud gives the identity. It has no rights in Kubernetes. */
  public readonly serviceAccount: IServiceAccount;
  /** The namespace in which it runs. */
  public readonly namespaceName: string;

  /**
   * @param scope the parent, in a chart
   * @param id the construct's id, which is also the name unless `name` is given
   * @param props what is removed, and when
   * @throws if the properties are invalid
   */
  public constructor(scope: Construct, id: string, props: CheckpointRetentionProps) {
    checkArguments('new CheckpointRetention', [scope, id, props]);
    super(scope, id);
    throwProblems(this.node.path, storageTypeProblems('storage', props.storage));
    const { storage, image, namespaces, schedule = NIGHTLY, name = id } = props;
    throwProblems(this.node.path, retentionProblems(name, props));
    const store = cleanUpStore(props);
    const claimNamespace = store.claim === undefined ? undefined : namespaces[0];
    const labels = recommendedLabels({ name: 'spark-checkpoint-retention', instance: name });
    const program = Program.of(this);
    const { prefix, at } = placementOf(storage);
    const folder = { root: store.root, place: store.place, path: prefix };
    program.checkpointFolders.addCleanUp(this, {
      ...folder,
      namespaces: [...namespaces],
      claimNamespace,
      principal: props.identity && principalOf(props.identity),
    });
    for (const namespace of namespaces) program.addCheckpoints(storage, at(namespace, prefix).place);

    this.namespaceName = claimNamespace ?? name;
    const access = storageAccessOf(
      store,
      { name: 'clean-up', namespace: this.namespaceName, serviceAccounts: [name] },
      [{ path: prefix, use: StorageUse.CLEAN_UP }],
    );
    const accesses = access === undefined ? [] : [access];
    STORAGE_ACCESSES.set(this, accesses);
    const metadata = { name, namespace: this.namespaceName, labels };
    if (claimNamespace === undefined) {
      const egress = [...store.egress, ...(store.identity?._facts.egress ?? [])].map(({ rule }) => rule);
      emitCleanUpNamespace(this, { name, labels, egress });
      this.node.addValidation({
        validate: () => (program.isJobNamespace(name) ? [`${this.node.path}: ${ownNamespaceProblem(name)}`] : []),
      });
    }
    this.serviceAccount = new ServiceAccount(this, 'account', {
      metadata: { ...metadata, annotations: { ...store.identity?._facts.accountAnnotations } },
      automountToken: false,
    });

    const settings = {
      root: store.root,
      prefix,
      namespaces: [...namespaces].sort(),
      afterSeconds: props.after.toSeconds(),
      dryRun: props.dryRun ?? false,
      hadoop: {
        ...hadoopOf(store.configuration({ isHadoop34: isAtLeast(image.sparkVersion, HADOOP_34_SINCE) })),
        ...(store.root.startsWith('gs:') ? DELETE_ONLY : {}),
      },
    };
    new k8s.KubeConfigMap(this, 'program', {
      metadata,
      data: Lazy.any({
        produce: () => cleanUpFiles({ ...settings, live: program.checkpointFolders.livePaths(folder) }),
      }) as { [name: string]: string },
    });
    this.apiObject = new k8s.KubeCronJob(this, 'Resource', {
      metadata: { ...metadata, annotations: accessAnnotation(accesses) },
      spec: {
        schedule: schedule.expression,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          spec: {
            backoffLimit: 1,
            activeDeadlineSeconds: DEADLINE_SECONDS,
            template: renderCleanUpPod({ image, store, name, labels }),
          },
        },
      },
    });
  }
}

/** The configuration of Hadoop in that of Spark. */
function hadoopOf(configuration: { readonly [key: string]: string }): { [key: string]: string } {
  const prefix = 'spark.hadoop.';
  return Object.fromEntries(
    Object.entries(configuration)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}
