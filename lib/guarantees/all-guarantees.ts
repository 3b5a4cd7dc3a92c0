import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { ALLOWED_VOLUMES } from './allowed-volumes';
import { APP_ARMOR_ANNOTATIONS } from './app-armor-annotations';
import { ApplicationView } from './application-view';
import { DEFAULT_PROC_MOUNT } from './default-proc-mount';
import { DROPPED_CAPABILITIES } from './dropped-capabilities';
import { ENCRYPTION } from './encryption';
import { DemandingLevel, GuaranteeFinding, GuaranteeRule, TopicRule } from './guarantee-rule';
import { NO_ADDED_CAPABILITIES } from './no-added-capabilities';
import { NO_EXECUTOR_API_TOKEN } from './no-executor-api-token';
import { NO_HOST_NAMESPACES } from './no-host-namespaces';
import { NO_HOST_PORTS } from './no-host-ports';
import { NO_PLAIN_SECRETS } from './no-plain-secrets';
import { NO_PRIVILEGE_ESCALATION } from './no-privilege-escalation';
import { NO_PRIVILEGED_CONTAINERS } from './no-privileged-containers';
import { NODE_CONFINEMENT } from './node-confinement';
import { NON_ROOT } from './non-root';
import { PINNED_IMAGES } from './pinned-images';
import { READ_ONLY_ROOT_FILESYSTEM } from './read-only-root-filesystem';
import { SECCOMP_PROFILE } from './seccomp-profile';

/** All guarantees, in the order of messages and reports. */
export const ALL_GUARANTEES: readonly GuaranteeRule[] = [
  NO_HOST_NAMESPACES,
  ALLOWED_VOLUMES,
  NO_PRIVILEGED_CONTAINERS,
  NO_ADDED_CAPABILITIES,
  DEFAULT_PROC_MOUNT,
  NO_HOST_PORTS,
  NODE_CONFINEMENT,
  APP_ARMOR_ANNOTATIONS,
  NO_PRIVILEGE_ESCALATION,
  DROPPED_CAPABILITIES,
  NON_ROOT,
  SECCOMP_PROFILE,
  READ_ONLY_ROOT_FILESYSTEM,
  NO_EXECUTOR_API_TOKEN,
  PINNED_IMAGES,
  NO_PLAIN_SECRETS,
  ENCRYPTION,
];

/** Guarantees that belong to the Pod Security Standards; a namespace cannot allow relaxing them one by one. */
export const POD_SECURITY_GUARANTEES = ALL_GUARANTEES.filter(({ relaxedBy }) => relaxedBy === undefined);

/** Guarantees that a namespace may allow its applications to relax. */
export const RELAXABLE_GUARANTEES = ALL_GUARANTEES.filter(({ relaxedBy }) => relaxedBy !== undefined);

/** Why Pod Security admission would refuse the pods of an application. */
export function podSecurityFindings(application: ApplicationView, level: PodSecurityLevel): GuaranteeFinding[] {
  if (level === PodSecurityLevel.PRIVILEGED) return [];
  return POD_SECURITY_GUARANTEES.filter((guarantee) => asksFor(level, guarantee)).flatMap(({ check }) =>
    check(application, level),
  );
}

function asksFor(level: DemandingLevel, guarantee: GuaranteeRule): boolean {
  return level === PodSecurityLevel.RESTRICTED || guarantee.level === PodSecurityLevel.BASELINE;
}

/** The rules of the admission guard for the guarantees of a topic. */
export function guardRulesOf(topic: TopicRule['topic']): TopicRule[] {
  return ALL_GUARANTEES.flatMap(({ guard }) => (guard?.topic === topic ? [guard] : []));
}
