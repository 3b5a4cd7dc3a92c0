import { IServiceAccount } from 'cdk8s-plus-28';
import { placeProblems } from '../../job-namespace/identities/identities';
import { ISparkJobNamespace } from '../../job-namespace/spark-job-namespace';
import { tenancyOf } from '../../job-namespace/tenancy';
import { SparkRole } from '../../spark/spark-role';

interface ApplicationAccounts {
  readonly jobNamespace: ISparkJobNamespace;
  readonly driver: RoleAccount;
  readonly executor: RoleAccount;
}

interface RoleAccount {
  readonly account: IServiceAccount;
  /** The same account, if the application brings its own. */
  readonly ownAccount?: IServiceAccount;
}

/** The service account of a role's pods: the application's own, else that of its namespace. */
export function accountOf(
  role: SparkRole,
  { driverServiceAccount, executorServiceAccount }: ISparkJobNamespace,
  ownAccount: IServiceAccount | undefined,
): IServiceAccount {
  return ownAccount ?? (role === SparkRole.DRIVER ? driverServiceAccount : executorServiceAccount);
}

export function podAccountProblems({ jobNamespace, driver, executor }: ApplicationAccounts): string[] {
  return [
    ...placeProblems('driver.serviceAccount', jobNamespace.name, driver.ownAccount),
    ...placeProblems('executor.serviceAccount', jobNamespace.name, executor.ownAccount),
    ...(driver.account.name === executor.account.name
      ? [
          `driver and executors would both run as "${driver.account.name}"; executors must not have the driver's rights: ` +
            'give each an account of its own',
        ]
      : []),
  ];
}

/** Grants the drivers' rights to the application's own driver account, and checks that no account has two purposes. */
export function useAccounts({ jobNamespace, driver, executor }: ApplicationAccounts): void {
  if (driver.ownAccount !== undefined) tenancyOf(jobNamespace).addDriver(driver.ownAccount);
  if (executor.ownAccount !== undefined) tenancyOf(jobNamespace).addExecutor(executor.ownAccount);
}
