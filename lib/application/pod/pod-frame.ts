import { k8s } from 'cdk8s-plus-28';
import { Guarantee } from '../../guarantees/relaxation';
import { AdmissionLists } from '../../job-namespace/admission/admission';
import { plainText } from '../../kubernetes/plain-text';
import { binaryQuantity } from '../../kubernetes/quantity';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import {
  automaticDirectories,
  defaultLocalDirectories,
  LOG_ALLOWANCE,
  TEMPORARY_DIRECTORY,
} from './automatic-directories';
import { encryptionEnv, encryptionMount } from './encryption';
import { frameProblems } from './frame-problems';
import { toManifest } from './manifest';
import { hardened } from './pod-hardening';
import { podTemplate } from './pod-template';
import { podUse } from './pod-use';
import { FrameInput } from './resolved-pod';
import { directoryProblems, RoleDirectories, roleDirectories } from './role-directories';
import { PodBase, podBase } from './role-resources';
import { SparkMount, sparkMounts, writtenClaims } from './spark-mounts';

/** One role's pods, without the resources of the Spark container. */
export interface PodFrame {
  readonly template: k8s.PodTemplateSpec;
  /** The template in its manifest form. */
  readonly manifest: unknown;
  /** What the pods use that the admission guard admits only where the namespace names it. */
  readonly use: AdmissionLists;
  readonly writable: RoleDirectories;
  readonly base: PodBase;
  readonly mounts: readonly SparkMount[];
  readonly writtenClaims: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** The frames by namespace; they are freed with the namespace. */
const known = new WeakMap<object, Map<string, PodFrame>>();

/**
 * The frame of one role's pods. Most applications of a fleet differ only in their resources, so a frame is rendered and checked
 * once for each input that is plain data. The key is the whole input, and a frame depends on nothing else.
 */
export function podFrame(jobNamespace: object, input: FrameInput): PodFrame {
  const key = plainText(input);
  if (key === undefined) return renderFrame(input);
  const frames = known.get(jobNamespace) ?? new Map<string, PodFrame>();
  known.set(jobNamespace, frames);
  const frame = frames.get(key) ?? renderFrame(input);
  frames.set(key, frame);
  return frame;
}

function renderFrame(input: FrameInput): PodFrame {
  const { role, profile, trafficKey } = input;
  const wanted = input.writableDirectories.filter(({ roles }) => roles.includes(role));
  const directories = {
    role,
    directories: [...(profile.isHardened ? automaticDirectories(role, input.sized, wanted) : []), ...wanted],
    localDirectories:
      input.options.localDirectories ?? (profile.isHardened ? defaultLocalDirectories(role) : undefined),
  };
  const writable = roleDirectories(directories);
  const keyFile = trafficKey === undefined ? undefined : encryptionMount(trafficKey);
  const composed = podTemplate(
    input,
    keyFile === undefined ? writable.mounts : [...writable.mounts, keyFile],
    libraryEnv(input),
    profile.isHardened ? k8s.Quantity.fromString(binaryQuantity(writable.disk + LOG_ALLOWANCE)) : undefined,
  );
  const readOnlyRoot = profile.guarantees.includes(Guarantee.READ_ONLY_ROOT_FILESYSTEM);
  const template = profile.isHardened ? hardened(composed, { ...input, readOnlyRoot }) : composed;
  const manifest = toManifest(template);
  return {
    template,
    manifest,
    use: podUse(manifest),
    writable,
    base: podBase(SPARK_CONTAINER[role], template),
    mounts: sparkMounts(role, template, writable),
    writtenClaims: writtenClaims(template),
    problems: [...directoryProblems(directories), ...frameProblems(input, template)],
  };
}

function libraryEnv({ role, profile, trafficKey }: FrameInput): k8s.EnvVar[] {
  return [
    // The home directory in Spark's images is /nonexistent, but Python libraries write caches below HOME.
    ...(profile.isHardened ? [{ name: 'HOME', value: TEMPORARY_DIRECTORY }] : []),
    ...(trafficKey === undefined || role === SparkRole.DRIVER ? [] : encryptionEnv(trafficKey)),
  ];
}
