import { IServiceAccount } from 'cdk8s-plus-28';
import { Hidden } from '../program/hidden';
import { AdmissionLists } from './admission/admission';
import { NamespaceFeature } from './identities/driver-rights';

/** What applications and guards of this library report to a job namespace and ask of it. */
export interface Tenancy {
  /** Gives operator and drivers the rights of a feature. */
  readonly use: (feature: NamespaceFeature) => void;
  readonly uses: (feature: NamespaceFeature) => boolean;
  readonly addDriver: (account: IServiceAccount) => void;
  readonly addExecutor: (account: IServiceAccount) => void;
  /** The names of values that look like secrets and are not. */
  readonly notSecret: ReadonlySet<string>;
  /** The keys of Spark's configuration that the namespace's own rules name. */
  readonly admittedSparkConf: readonly string[];
  readonly admit: (lists: AdmissionLists) => void;
  /** The lists that the admission guard reads. */
  readonly admitted: () => Record<string, string[]>;
  /** Notes that a guard looks at the applications of the namespace. */
  readonly guard: () => void;
  /** Notes why a guard, which may be added later, will refuse an application of the program. */
  readonly refuseIfGuarded: (problems: readonly string[]) => void;
}

export const TENANCY = new Hidden<Tenancy>('SparkJobNamespace');

export function tenancyOf(jobNamespace: object): Tenancy {
  return TENANCY.of(jobNamespace);
}
