import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fail, Problems } from '../../problems/errors';
import { labelProblem } from '../../kubernetes/names';
import { recommendedLabels } from '../../kubernetes/objects';
import {
  DEFAULT_API_SERVER,
  DEFAULT_DNS,
  inOrder,
  NetworkRule,
  networkRuleProblems,
  renderEgress,
  renderIngress,
  repositoryEgress,
} from './network-peer';

/** The label that Spark and the operator put on the pods that they make. */
const ROLE_LABEL = 'spark-role';
const DRIVER_ROLES = ['connect-server', 'driver'];
const SPARK_ROLES = [...DRIVER_ROLES, 'executor'];

/** How the pods of a namespace are isolated. */
export interface IsolationOptions {
  readonly isolate?: boolean;
  readonly dns?: NetworkRule;
  readonly apiServer?: NetworkRule;
  readonly packageRepositories?: readonly string[];
  /** Whether the policies select Spark's pods alone, and not all of the namespace. */
  readonly sparkPodsOnly?: boolean;
}

export function isolationProblems({ isolate, dns, apiServer }: IsolationOptions): string[] {
  const rules = Object.entries({ dns, apiServer });
  const given = rules.flatMap(([name, rule]) => (rule === undefined ? [] : [{ name, rule }]));
  return given.flatMap(({ name, rule }) => [
    ...networkRuleProblems(name, rule),
    ...(isolate === false ? [`${name} is given although isolate is false: leave out one of the two`] : []),
  ]);
}

/** The network policies of one job namespace. */
export class NetworkPolicies {
  public readonly isolated: boolean;
  /** The pods that are closed, and for which names are resolved and peers are opened. */
  private readonly pods: k8s.LabelSelector;
  private readonly rules = new Map<string, NetworkRule[]>();

  public constructor(
    private readonly scope: Construct,
    private readonly namespace: string,
    options: IsolationOptions,
  ) {
    const { isolate = true, dns = DEFAULT_DNS, apiServer = DEFAULT_API_SERVER, packageRepositories = [] } = options;
    this.isolated = isolate;
    this.pods = options.sparkPodsOnly === true ? withRoles(SPARK_ROLES) : {};
    if (!isolate) return;
    this.emit('spark-default-deny', { podSelector: this.pods, policyTypes: ['Egress', 'Ingress'] });
    this.emit('spark-driver-executor', amongSparkPods());
    this.emit('spark-dns', {
      podSelector: this.pods,
      policyTypes: ['Egress'],
      egress: [renderEgress(dns, ['TCP', 'UDP'])],
    });
    this.emit('spark-api-server', {
      podSelector: withRoles(DRIVER_ROLES),
      policyTypes: ['Egress'],
      egress: [renderEgress(apiServer)],
    });
    if (packageRepositories.length === 0) return;
    // Executors get packages from their driver.
    this.emit('spark-package-repositories', {
      podSelector: withRoles(DRIVER_ROLES),
      policyTypes: ['Egress'],
      egress: repositoryEgress(packageRepositories),
    });
  }

  public allowEgress(name: string, rule: NetworkRule): void {
    this.add('allowEgress', `spark-egress-${name}`, name, rule, (rules) => ({
      podSelector: this.pods,
      policyTypes: ['Egress'],
      egress: inOrder(rules.map((each) => renderEgress(each))),
    }));
  }

  public allowIngress(name: string, rule: NetworkRule): void {
    this.add('allowIngress', `spark-ingress-${name}`, name, rule, (rules) => ({
      podSelector: this.pods,
      policyTypes: ['Ingress'],
      ingress: inOrder(rules.map(renderIngress)),
    }));
  }

  private add(
    method: string,
    policy: string,
    name: string,
    rule: NetworkRule,
    spec: (rules: NetworkRule[]) => k8s.NetworkPolicySpec,
  ): void {
    if (!this.isolated) {
      // The policy would not open anything; it would cut off everything else.
      fail(
        this.scope,
        `${method} "${name}": nothing is closed here, because isolate is false: leave out one of the two`,
      );
    }
    const problems = new Problems(this.scope);
    const nameProblem = labelProblem(`${method}: the name`, name);
    problems.add(
      ...(nameProblem === undefined ? [] : [nameProblem]),
      ...networkRuleProblems(`${method} "${name}"`, rule),
    );
    problems.throwIfAny();

    const copy = { peers: [...rule.peers], ports: [...rule.ports] };
    const rules = this.rules.get(policy);
    if (rules !== undefined) {
      rules.push(copy);
      return;
    }
    const first = [copy];
    this.rules.set(policy, first);
    this.emit(policy, Lazy.any({ produce: () => spec(first) }) as k8s.NetworkPolicySpec);
  }

  private emit(name: string, spec: k8s.NetworkPolicySpec): void {
    const labels = recommendedLabels({ name: 'spark-job-namespace', instance: this.namespace, component: 'network' });
    new k8s.KubeNetworkPolicy(this.scope, name, {
      metadata: { name, namespace: this.namespace, labels },
      spec,
    });
  }
}

/**
 * Driver and executors of all applications of the namespace reach each other on every TCP port: by default Spark chooses ports
 * at random, and a policy cannot say "of the same application".
 */
function amongSparkPods(): k8s.NetworkPolicySpec {
  const peers = [{ podSelector: withRoles(SPARK_ROLES) }];
  const ports = [{ protocol: 'TCP' }];
  return {
    podSelector: withRoles(SPARK_ROLES),
    policyTypes: ['Egress', 'Ingress'],
    egress: [{ to: peers, ports }],
    ingress: [{ from: peers, ports }],
  };
}

function withRoles(roles: string[]): k8s.LabelSelector {
  return { matchExpressions: [{ key: ROLE_LABEL, operator: 'In', values: [...roles] }] };
}
