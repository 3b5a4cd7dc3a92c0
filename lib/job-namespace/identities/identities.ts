import { Lazy } from 'cdk8s';
import { IServiceAccount, k8s, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recommendedLabels } from '../../kubernetes/objects';
import { DRIVER_RIGHTS, NamespaceFeature } from './driver-rights';
import { policyRules } from './rights';
import { describeSubject, RbacSubject, rbacSubject, renderSubject, sameSubject } from './subject';

/** The accounts of a namespace that was not given others. */
export const DRIVER_ACCOUNT = 'spark-driver';
export const EXECUTOR_ACCOUNT = 'spark-executor';

/** The accounts that a user brings; without one the namespace makes its own. */
export interface OwnAccounts {
  readonly driverServiceAccount?: IServiceAccount;
  readonly executorServiceAccount?: IServiceAccount;
}

/** What is wrong with the accounts that a user brings for a namespace. */
export function accountProblems(namespace: string, accounts: OwnAccounts): string[] {
  const { driverServiceAccount: driver, executorServiceAccount: executor } = accounts;
  const driverName = driver?.name ?? DRIVER_ACCOUNT;
  const problems = [
    ...placeProblems('driverServiceAccount', namespace, driver),
    ...placeProblems('executorServiceAccount', namespace, executor),
  ];
  if (driverName === (executor?.name ?? EXECUTOR_ACCOUNT)) {
    problems.push(
      `driver and executors have the same service account "${driverName}"; executors must not have the driver's rights: give each an account of its own`,
    );
  }
  return problems;
}

/** What is wrong with an account that a user brings for pods of a namespace. */
export function placeProblems(property: string, namespace: string, account?: IServiceAccount): string[] {
  if (account === undefined) return [];
  const { name, namespace: place } = rbacSubject(account);
  const problems: string[] = [];
  if (name === 'default') {
    problems.push(`${property} is the account "default", which every pod without an account runs as: name another one`);
  }
  if (place !== namespace) {
    const found = place === undefined ? 'has no namespace' : `is in namespace "${place}"`;
    problems.push(
      `${property} "${name}" ${found}; pods can only run as an account of their own namespace "${namespace}": give it metadata.namespace, or namespaceName if it is imported`,
    );
  }
  return problems;
}

/** The identities of drivers and executors in one job namespace, and the Role of drivers. */
export class Identities {
  public readonly driver: IServiceAccount;
  public readonly executor: IServiceAccount;
  private readonly features = new Set<NamespaceFeature>();
  private readonly drivers: RbacSubject[] = [];
  private readonly executors: RbacSubject[] = [];

  public constructor(scope: Construct, namespace: string, accounts: OwnAccounts) {
    // A driver whose pod says nothing of the token, as in applications written by hand, needs it to start executors.
    this.driver = accounts.driverServiceAccount ?? newAccount(scope, namespace, DRIVER_ACCOUNT, true);
    this.executor = accounts.executorServiceAccount ?? newAccount(scope, namespace, EXECUTOR_ACCOUNT, false);
    this.addDriver(this.driver);
    this.addExecutor(this.executor);

    const metadata = { name: DRIVER_ACCOUNT, namespace, labels: labelsOf(namespace, 'driver') };
    const role = new k8s.KubeRole(scope, `${DRIVER_ACCOUNT}-role`, {
      metadata,
      rules: Lazy.any({ produce: () => policyRules(DRIVER_RIGHTS.filter(({ feature }) => this.needs(feature))) }),
    });
    new k8s.KubeRoleBinding(scope, `${DRIVER_ACCOUNT}-role-binding`, {
      metadata,
      roleRef: { apiGroup: role.apiGroup, kind: role.kind, name: role.name },
      subjects: Lazy.any({ produce: () => [...this.drivers].sort(byName).map(renderSubject) }),
    });
  }

  public addDriver(account: IServiceAccount): void {
    add(this.drivers, rbacSubject(account));
  }

  public addExecutor(account: IServiceAccount): void {
    add(this.executors, rbacSubject(account));
  }

  /** The names of all accounts that drivers and executors run as. */
  public get accountNames(): { readonly driver: string[]; readonly executor: string[] } {
    return { driver: this.drivers.map(({ name }) => name), executor: this.executors.map(({ name }) => name) };
  }

  public use(feature: NamespaceFeature): void {
    this.features.add(feature);
  }

  public uses(feature: NamespaceFeature): boolean {
    return this.features.has(feature);
  }

  /** Why a subject must not be granted a right here, or `undefined`. */
  public conflict(subject: RbacSubject, right: string): string | undefined {
    const roles = [
      ...(this.drivers.some((driver) => sameSubject(driver, subject)) ? ['drivers'] : []),
      ...(this.executors.some((executor) => sameSubject(executor, subject)) ? ['executors'] : []),
    ];
    if (roles.length === 0) return undefined;
    return `${describeSubject(subject)} is the account of ${roles.join(' and ')} here and cannot be granted ${right} too: use an account of its own`;
  }

  /** Accounts that are used for drivers and for executors. */
  public conflicts(): string[] {
    return this.drivers
      .filter((driver) => this.executors.some((executor) => sameSubject(driver, executor)))
      .map(
        (account) =>
          `${describeSubject(account)} is used for drivers and for executors: give each an account of its own`,
      );
  }

  private needs(feature?: NamespaceFeature): boolean {
    return feature === undefined || this.features.has(feature);
  }
}

function newAccount(scope: Construct, namespace: string, name: string, automountToken: boolean): IServiceAccount {
  const component = name === DRIVER_ACCOUNT ? 'driver' : 'executor';
  return new ServiceAccount(scope, name, {
    metadata: { name, namespace, labels: labelsOf(namespace, component) },
    automountToken,
  });
}

function labelsOf(namespace: string, component: string): Record<string, string> {
  return recommendedLabels({ name: 'spark-job-namespace', instance: namespace, component });
}

function add(subjects: RbacSubject[], subject: RbacSubject): void {
  if (!subjects.some((other) => sameSubject(other, subject))) subjects.push(subject);
}

function byName(a: RbacSubject, b: RbacSubject): number {
  return a.name < b.name ? -1 : 1;
}
