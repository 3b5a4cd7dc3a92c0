import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { Finding } from '../problems/finding';
import { SparkRole } from '../spark/spark-role';
import { ApplicationView, podsOf } from './application-view';
import { GuardRule } from './guard-rule';
import { ContainerView, PodView } from './pod-view';
import { Guarantee } from './relaxation';

/** Where an application misses a guarantee. */
export interface GuaranteeFinding extends Finding {
  /** Whose pods, where it is a matter of one role. */
  readonly role?: SparkRole;
}

/** A level of Pod Security that asks for something. */
export type DemandingLevel = PodSecurityLevel.BASELINE | PodSecurityLevel.RESTRICTED;

/** One promise about the pods of a job. All that judge, explain or list it read it here. */
export interface GuaranteeRule {
  /** Its stable name, in kebab case. */
  readonly code: string;
  /** What holds, in a few words. */
  readonly summary: string;
  /** What holds, as a sentence. */
  readonly sentence: string;
  /** Why that matters, as a sentence. */
  readonly reason: string;
  /** What to do in a manifest where it does not hold, as a sentence. */
  readonly fix: string;
  /** What to do in the properties of an application, beside relaxing it. @default - what the finding says */
  readonly remedy?: string;
  /** By what a namespace may allow to do without it; without it, it is a part of the Pod Security Standards. */
  readonly relaxedBy?: Guarantee;
  /** The lowest level of Pod Security at which it is asked for. */
  readonly level: DemandingLevel;
  /** Where an application misses it, at a level that asks for it. */
  readonly check: (application: ApplicationView, level: DemandingLevel) => GuaranteeFinding[];
  /** The same for the API server. */
  readonly guard?: TopicRule;
  /** Why the admission guard does not look, where it does not. */
  readonly unguarded?: string;
}

/** A rule of the admission guard with the topic that it is among. */
export interface TopicRule extends GuardRule {
  readonly topic: 'hardening' | 'pods';
}

/** What is wrong with containers of both roles. */
export function containerFindings(
  application: ApplicationView,
  code: string,
  faults: (container: ContainerView, pod: PodView) => readonly string[],
): GuaranteeFinding[] {
  return podsOf(application).flatMap((pod) =>
    pod.containers.flatMap((container) =>
      faults(container, pod).map((fault) => ({
        path: container.at,
        code,
        message: `container "${container.name}" ${fault}`,
        role: pod.role,
      })),
    ),
  );
}

/** What is wrong with the pods of both roles. */
export function podFindings(
  application: ApplicationView,
  code: string,
  faults: (pod: PodView) => readonly { readonly path: string; readonly message: string }[],
): GuaranteeFinding[] {
  return podsOf(application).flatMap((pod) => faults(pod).map((fault) => ({ ...fault, code, role: pod.role })));
}

/** A finding for each fault that is there. */
export function faultsIf(...faults: readonly (readonly [boolean, string])[]): string[] {
  return faults.filter(([isThere]) => isThere).map(([, fault]) => fault);
}
