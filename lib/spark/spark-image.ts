import { ImagePullPolicy, ISecret } from 'cdk8s-plus-28';
import { throwProblems } from '../problems/errors';
import { ImageReference, imageReferenceProblems, parseImageReference, pinProblem } from '../kubernetes/image-reference';
import { sparkRelease, versionProblems } from './spark-versions';
import { checkArguments } from '../problems/property-checks';

/** What is installed in a Spark image. */
export interface SparkImageVersions {
  /** The exact version of Spark, for example `4.0.4`. It is the job's, not the operator's. */
  readonly sparkVersion: string;

  /**
   * The Scala version that this Spark is built for.
   *
   * @default - the one of the Spark project's own images: 2.12 for Spark 3, 2.13 for Spark 4
   */
  readonly scalaVersion?: string;

  /**
   * The major version of Java.
   *
   * @default - the one of the Spark project's own images: 11 for Spark 3, 17 for Spark 4.0, 21 since Spark 4.1
   */
  readonly javaVersion?: number;

  /**
   * The version of Python, for example `3.10`.
   *
   * @default - some Python 3 that this Spark supports
   */
  readonly pythonVersion?: string;
}

/** Versions and further facts of a Spark image. */
export interface SparkImageOptions extends SparkImageVersions {
  /**
   * When nodes pull the image.
   *
   * @default - as Kubernetes decides: always for `latest` and for no tag, else if it is not there
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly pullPolicy?: ImagePullPolicy;

  /**
   * Secrets with the credentials of the registry, in the job's namespace.
   *
   * @default - none
   */
  readonly pullSecrets?: ISecret[];

  /**
   * The number of the image's user; `USER` of the image may be a name, which Kubernetes cannot check for root.
   *
   * @default 185
   */
  readonly userId?: number;
}

/** The user `spark` of the Spark project's own images. */
const SPARK_USER_ID = 185;
const MAX_USER_ID = 2 ** 31 - 1;

// Images whose tags are known to tell the versions in them.
const IMAGES_OF_SPARK = ['docker.io/apache/spark', 'docker.io/library/spark'];

/**
 * The image of a job's driver and executors, with the versions in it.
 *
 * It is not the operator's image, whose Spark only submits the job. Additional JARs lie in the image's folder
 * `/opt/spark/jars`, readable by all (mode 0644), or are named as dependencies with `local:///`.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#docker-images
 */
export class SparkImage {
  /**
   * An image by its reference.
   *
   * @param reference for example `registry.acme.dev/sessions:1.4.0`; `localhost/x`, `host:5000/x:tag` and
   *   `x:tag\@sha256:...` are possible too
   * @param options the versions in it, and how it is pulled
   * @throws if the reference is malformed, a version is not supported, two of them do not go together, or the tag of
   *   an image of the Spark project contradicts them
   */
  public static of(reference: string, options: SparkImageOptions): SparkImage {
    checkArguments('SparkImage.of', [reference, options]);
    const parts = parseImageReference(reference);
    throwProblems('SparkImage.of', [
      ...imageReferenceProblems(reference),
      ...versionProblems(options),
      ...tagProblems(parts, options),
      ...userIdProblems(options.userId),
    ]);
    return new SparkImage(reference, parts, options);
  }

  /** Host, and port if any, of the registry. */
  public readonly registry: string;
  /** Path in the registry. */
  public readonly repository: string;
  /** The tag. @default - none */
  public readonly tag?: string;
  /** Algorithm and value of the digest. @default - none */
  public readonly digest?: string;
  /** The exact version of Spark. */
  public readonly sparkVersion: string;
  /** The Scala version that this Spark is built for. */
  public readonly scalaVersion: string;
  /** The major version of Java. */
  public readonly javaVersion: number;
  /** The version of Python. @default - not told */
  public readonly pythonVersion?: string;
  /** When nodes pull the image. @default - as Kubernetes decides */
  public readonly pullPolicy?: ImagePullPolicy;
  /** The number of the image's user. */
  public readonly userId: number;
  private readonly secrets: readonly ISecret[];
  private readonly unpinned?: string;

  private constructor(
    /** The reference as it was given. */
    public readonly reference: string,
    parts: ImageReference,
    options: SparkImageOptions,
  ) {
    const told = versionsInTag(parts);
    const release = sparkRelease(options.sparkVersion);
    this.registry = parts.registry;
    this.repository = parts.repository;
    this.tag = parts.tag;
    this.digest = parts.digest;
    this.sparkVersion = options.sparkVersion;
    this.scalaVersion = options.scalaVersion ?? told.scala ?? String(release?.defaultScala);
    this.javaVersion = options.javaVersion ?? Number(told.java ?? release?.defaultJava);
    this.pythonVersion = options.pythonVersion;
    this.pullPolicy = options.pullPolicy;
    this.userId = options.userId ?? SPARK_USER_ID;
    this.secrets = [...(options.pullSecrets ?? [])];
    this.unpinned = pinProblem(reference);
  }

  /** Secrets with the credentials of the registry, as a copy. */
  public get pullSecrets(): ISecret[] {
    return [...this.secrets];
  }

  /** Whether the reference has a digest or a tag other than `latest`, so that restarts run the same program. */
  public get isPinned(): boolean {
    return this.unpinned === undefined;
  }

  /**
   * Why the image is not pinned, `undefined` if it is; a namespace can allow it.
   * @internal
   */
  public _pinProblem(): string | undefined {
    return this.unpinned;
  }
}

interface TagVersions {
  readonly spark?: string;
  readonly scala?: string;
  readonly java?: string;
}

/** What the tag of an image of the Spark project tells, such as 4.0.4-scala2.13-java17-python3-ubuntu. */
function versionsInTag(parts: ImageReference): TagVersions {
  if (parts.tag === undefined || !IMAGES_OF_SPARK.includes(`${parts.registry}/${parts.repository}`)) return {};
  return {
    spark: /^v?(\d+\.\d+\.\d+(-preview\d+)?)(-|$)/.exec(parts.tag)?.[1],
    scala: /(^|-)scala(\d+\.\d+)(-|$)/.exec(parts.tag)?.[2],
    java: /(^|-)java(\d+)(-|$)/.exec(parts.tag)?.[2],
  };
}

function tagProblems(parts: ImageReference, versions: SparkImageVersions): string[] {
  const told = versionsInTag(parts);
  const given: [string, string | undefined, string | undefined][] = [
    ['sparkVersion', versions.sparkVersion, told.spark],
    ['scalaVersion', versions.scalaVersion, told.scala],
    ['javaVersion', versions.javaVersion?.toString(), told.java],
  ];
  return given
    .filter(([, value, inTag]) => value !== undefined && inTag !== undefined && value !== inTag)
    .map(
      ([name, value, inTag]) => `${name} is ${value}, but the tag "${parts.tag}" says ${inTag}; correct one of them`,
    );
}

function userIdProblems(userId: number | undefined): string[] {
  if (userId === undefined || (Number.isInteger(userId) && userId >= 0 && userId <= MAX_USER_ID)) return [];
  return [`userId is ${userId}; give the number of the image's user, from 0 to ${MAX_USER_ID}`];
}
