import { ApiObject, Lazy } from 'cdk8s';
import { IServiceAccount, k8s, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { clusterScoped } from '../../kubernetes/objects';
import { ComponentRights, OperatorRight, operatorRules } from '../rights/operator-rights';
import {
  labelsOf,
  metadataOf,
  objectName,
  OperatorComponent,
  OperatorIdentity,
  renderDeployment,
  renderDisruptionBudget,
} from './component';
import { ComponentTraffic, renderNetworkPolicy } from './operator-network';
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

/** The rights of an account of the operator in one place. */
interface BoundRights {
  readonly operator: OperatorIdentity;
  readonly component: string;
  /** Asked when the manifests are written: applications may say until then what they need. */
  readonly rights: () => readonly OperatorRight[];
}

/** Gives the rights in one namespace. */
function bindInNamespace(scope: Construct, namespace: string, bound: BoundRights): void {
  const { operator, component } = bound;
  const metadata = { name: objectName(operator, component), namespace, labels: labelsOf(operator, component) };
  const role = new k8s.KubeRole(scope, `${component}-role`, { metadata, rules: rulesOf(bound) });
  new k8s.KubeRoleBinding(scope, `${component}-role-binding`, {
    metadata,
    roleRef: reference(role),
    subjects: subjectsOf(bound),
  });
}

/** Gives the rights in the whole cluster. */
function bindInCluster(scope: Construct, bound: BoundRights): void {
  const { operator, component } = bound;
  const metadata = { name: objectName(operator, component), labels: labelsOf(operator, component) };
  const role = clusterScoped(
    new k8s.KubeClusterRole(scope, `${component}-cluster-role`, { metadata, rules: rulesOf(bound) }),
  );
  clusterScoped(
    new k8s.KubeClusterRoleBinding(scope, `${component}-cluster-role-binding`, {
      metadata,
      roleRef: reference(role),
      subjects: subjectsOf(bound),
    }),
  );
}

function rulesOf({ rights }: BoundRights): k8s.PolicyRule[] {
  return Lazy.any({ produce: () => operatorRules(rights()) }) as k8s.PolicyRule[];
}

function reference({ apiGroup, kind, name }: { apiGroup: string; kind: string; name: string }): k8s.RoleRef {
  return { apiGroup, kind, name };
}

function subjectsOf({ operator, component }: BoundRights): k8s.Subject[] {
  return [{ kind: 'ServiceAccount', name: objectName(operator, component), namespace: operator.namespace }];
}
