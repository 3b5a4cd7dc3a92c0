import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { Finding } from '../problems/finding';
import { SparkRole } from '../spark/spark-role';
import { ApplicationView, podsOf } from './application-view';
import { GuardRule } from './guard-rule';
import { ContainerView, PodView } from './pod-view';
import { Guarantee } from './relaxation';

/** A place where an application does not keep a guarantee. */
export interface GuaranteeFinding extends Finding {
  /** The role of the pods, if it concerns one role. */
  readonly role?: SparkRole;
}

/** A level of Pod Security that has requirements. */
export type DemandingLevel = PodSecurityLevel.BASELINE | PodSecurityLevel.RESTRICTED;

/** One promise about the pods of a job. Synth, validation, report, guard and explanations read it here. */
export interface GuaranteeRule {
  /** The stable name, in kebab case. */
  readonly code: string;
  /** What holds, in a few words. */
  readonly summary: string;
  /** What holds, as a sentence. */
  readonly sentence: string;
  /** Why that matters, as a sentence. */
  readonly reason: string;
  /** What to do in a manifest where it does not hold, as a sentence. */
  readonly fix: string;
  /** What to do in the properties of an application, other than relaxing the guarantee. @default - the finding's remedy */
  readonly remedy?: string;
  /** What a namespace allows with a `Relaxation`. @default - nothing: the rule belongs to the Pod Security Standards */
  readonly relaxedBy?: Guarantee;
  /** The lowest level of Pod Security that requires it. */
  readonly level: DemandingLevel;
  /** The places where an application does not keep it, at a level that requires it. */
  readonly check: (application: ApplicationView, level: DemandingLevel) => GuaranteeFinding[];
  /** The same check for the API server, in CEL. */
  readonly guard?: TopicRule;
  /** Why the admission guard does not check it, if it does not. */
  readonly unguarded?: string;
}

/** A rule of the admission guard, with its topic. */
export interface TopicRule extends GuardRule {
  readonly topic: 'hardening' | 'pods';
}

/** Findings for the containers of both roles. */
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

/** Findings for the pods of both roles. */
export function podFindings(
  application: ApplicationView,
  code: string,
  faults: (pod: PodView) => readonly { readonly path: string; readonly message: string }[],
): GuaranteeFinding[] {
  return podsOf(application).flatMap((pod) => faults(pod).map((fault) => ({ ...fault, code, role: pod.role })));
}

/** The texts of the faults that apply. */
export function faultsIf(...faults: readonly (readonly [boolean, string])[]): string[] {
  return faults.filter(([isThere]) => isThere).map(([, fault]) => fault);
}
