import { IServiceAccount } from 'cdk8s-plus-28';
import { placeProblems } from '../../job-namespace/identities/identities';
import { SparkApplicationProps } from '../spark-application-props';
import { SparkRole } from '../../spark/spark-role';
import { tenancyOf } from '../../job-namespace/tenancy';

/** The account of a role's pods: the application's own, or else its namespace's. */
export function accountOf(role: SparkRole, { jobNamespace, driver, executor }: SparkApplicationProps): IServiceAccount {
  return role === SparkRole.DRIVER
    ? (driver?.serviceAccount ?? jobNamespace.driverServiceAccount)
    : (executor?.serviceAccount ?? jobNamespace.executorServiceAccount);
}

/** What is wrong with the accounts that an application brings. */
export function podAccountProblems(props: SparkApplicationProps): string[] {
  const { jobNamespace, driver, executor } = props;
  const [driverName, executorName] = [SparkRole.DRIVER, SparkRole.EXECUTOR].map((role) => accountOf(role, props).name);
  return [
    ...placeProblems('driver.serviceAccount', jobNamespace.name, driver?.serviceAccount),
    ...placeProblems('executor.serviceAccount', jobNamespace.name, executor?.serviceAccount),
    ...(driverName === executorName
      ? [
          `driver and executors would both run as "${driverName}"; executors must not have the driver's rights: ` +
            'give each an account of its own',
        ]
      : []),
  ];
}

/** Gives the driver's own account the drivers' rights, and sees that no account is used for two things. */
export function useAccounts({ jobNamespace, driver, executor }: SparkApplicationProps): void {
  if (driver?.serviceAccount !== undefined) tenancyOf(jobNamespace).addDriver(driver.serviceAccount);
  if (executor?.serviceAccount !== undefined) tenancyOf(jobNamespace).addExecutor(executor.serviceAccount);
}
