import { OperatorRight } from './rights/operator-rights';
import { checkArguments } from '../problems/property-checks';

const POD_GROUP_VERBS = ['get', 'create', 'update', 'delete'];

/**
 * A scheduler that places all pods of an application together, or none of them.
 *
 * The operator must have it in `batchSchedulers`; otherwise an application that asks for it is never submitted.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/volcano-integration/
 */
export class BatchScheduler {
  /** Volcano. The controller makes a pod group for each application, and checks whether their definition is installed. */
  public static readonly VOLCANO = new BatchScheduler('volcano', {
    job: [
      {
        apiGroups: ['scheduling.volcano.sh'],
        resources: ['podgroups'],
        verbs: POD_GROUP_VERBS,
        reason: 'makes the pod group of each application and removes it',
      },
    ],
    cluster: [
      {
        apiGroups: ['apiextensions.k8s.io'],
        resources: ['customresourcedefinitions'],
        resourceNames: ['podgroups.scheduling.volcano.sh'],
        verbs: ['get'],
        reason: 'looks whether Volcano is installed; definitions belong to the cluster',
      },
    ],
  });

  /** Apache YuniKorn, which takes all that it needs from the pods. */
  public static readonly YUNIKORN = new BatchScheduler('yunikorn', {});

  /**
   * A Kubernetes scheduler with the co-scheduling plugin.
   *
   * @param name its name, as in `schedulerName` of pods
   * @throws if the name is empty or that of another batch scheduler
   * @see https://scheduler-plugins.sigs.k8s.io/docs/plugins/coscheduling/
   */
  public static coscheduling(name: string): BatchScheduler {
    checkArguments('BatchScheduler.coscheduling', [name]);
    if (name.trim() === '' || name.includes(',') || ['volcano', 'yunikorn'].includes(name)) {
      throw new Error(
        `BatchScheduler.coscheduling: "${name}" is no name of a Kubernetes scheduler; use the schedulerName of its pods, and VOLCANO or YUNIKORN for those two`,
      );
    }
    const rights = {
      job: [
        {
          apiGroups: ['scheduling.x-k8s.io'],
          resources: ['podgroups'],
          // Read through a cache, which lists and watches.
          verbs: [...POD_GROUP_VERBS, 'list', 'watch'],
          reason: 'makes the pod group of each application and removes it',
        },
      ],
    };
    return new BatchScheduler(name, rights, name);
  }

  /** @internal */
  public readonly _jobRights: readonly OperatorRight[];
  /** @internal */
  public readonly _clusterRights: readonly OperatorRight[];

  private constructor(
    /** The name by which applications ask for it. */
    public readonly name: string,
    rights: { readonly job?: readonly OperatorRight[]; readonly cluster?: readonly OperatorRight[] },
    /** @internal */
    public readonly _kubeSchedulerName?: string,
  ) {
    this._jobRights = rights.job ?? [];
    this._clusterRights = rights.cluster ?? [];
  }
}
