import { IServiceAccount } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { Hardening } from './hardening';
import { JobNamespaceQuota } from './job-namespace-quota';
import { NamespaceFeature } from './namespace-feature';
import { PodSecurityLevel } from './pod-security-level';

/** A namespace in which Spark jobs run: the boundary of a tenant. */
export interface ISparkJobNamespace extends IConstruct {
  /** The namespace's name. */
  readonly name: string;
  /** What Pod Security admission enforces there. */
  readonly podSecurity: PodSecurityLevel;
  /** The account of drivers. */
  readonly driverServiceAccount: IServiceAccount;
  /** The account of executors, which has no rights. */
  readonly executorServiceAccount: IServiceAccount;
  /** The most that its pods may take together. @default - not limited */
  readonly quota?: JobNamespaceQuota;
  /** The guarantees that applications may relax here. */
  readonly allowed: Hardening[];
  /** The package repositories that applications may use here. */
  readonly packageRepositories: string[];
  /** @internal */
  _use(feature: NamespaceFeature): void;
  /** @internal */
  _uses(feature: NamespaceFeature): boolean;
}
