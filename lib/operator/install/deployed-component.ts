import { ApiObject, Lazy } from 'cdk8s';
import { IServiceAccount, k8s, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadataOf, OperatorComponent, OperatorIdentity, renderDeployment, renderDisruptionBudget } from './component';
import { ComponentTraffic, renderNetworkPolicy } from './operator-network';
import { ComponentRights, OperatorRight } from '../rights/operator-rights';
import { bindInCluster, bindInNamespace } from './role-binding';
import { WatchedNamespaces } from './watched-namespaces';

/** All that belongs to one component. */
export interface DeployedComponentProps {
  /** The id of the Deployment's construct. */
  readonly id: string;
  readonly component: OperatorComponent;
  readonly rights: ComponentRights;
  readonly watched: WatchedNamespaces;
  /** Asked when the manifests are written; without it there is no network policy. */
  readonly traffic?: () => ComponentTraffic;
}

/** The controller or the webhook: its account, rights, pods and network policy. */
export class DeployedComponent {
  public readonly account: IServiceAccount;
  public readonly apiObject: ApiObject;

  public constructor(
    scope: Construct,
    private readonly operator: OperatorIdentity,
    private readonly props: DeployedComponentProps,
  ) {
    const { id, component, rights, watched, traffic } = props;
    const name = component.component;
    // Only the component's own pods ask for the token.
    this.account = new ServiceAccount(scope, `${name}-account`, {
      metadata: metadataOf(operator, name),
      automountToken: false,
    });
    this.apiObject = new k8s.KubeDeployment(scope, id, renderDeployment(operator, component));
    if (component.replicas > 1) {
      new k8s.KubePodDisruptionBudget(scope, `${name}-disruption-budget`, renderDisruptionBudget(operator, name));
    }
    if (traffic !== undefined) {
      new k8s.KubeNetworkPolicy(scope, `${name}-network-policy`, {
        metadata: metadataOf(operator, name),
        spec: Lazy.any({ produce: () => renderNetworkPolicy(traffic()) }) as k8s.NetworkPolicySpec,
      });
    }
    if (rights.own.length > 0) {
      bindInNamespace(scope, operator.namespace, { operator, component: name, rights: () => rights.own });
    }
    const clusterRights = [...rights.cluster, ...(watched.all ? rights.job : [])];
    if (clusterRights.length > 0) {
      bindInCluster(scope, { operator, component: name, rights: () => clusterRights });
    }
  }

  /** Gives its rights in a job namespace. */
  public bindIn(scope: Construct, namespace: string): void {
    const { component, rights, watched } = this.props;
    const needs = ({ feature }: OperatorRight) => feature === undefined || watched.uses(namespace, feature);
    bindInNamespace(scope, namespace, {
      operator: this.operator,
      component: component.component,
      rights: () => rights.job.filter(needs),
    });
  }
}
