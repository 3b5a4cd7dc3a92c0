import { ImagePullPolicy, ISecret } from 'cdk8s-plus-28';
import { throwProblems } from '../problems/errors';
import { ImageReference, imageReferenceProblems, parseImageReference, pinProblem } from '../kubernetes/image-reference';
import { sparkRelease, versionProblems } from './spark-versions';
import { checkArguments } from '../problems/property-checks';

/** What is installed in a Spark image. */
export interface SparkImageVersions {
  /** The exact version of Spark, for example `4.0.4`: that of the job, which may differ from the operator's. */
  readonly sparkVersion: string;

  /**
   * The Scala version that this Spark is built for.
   *
   * @default - that of the Spark project's own images: 2.12 for Spark 3, 2.13 for Spark 4
   */
  readonly scalaVersion?: string;

  /**
   * The major version of Java.
   *
   * @default - that of the Spark project's own images: 11 for Spark 3, 17 for Spark 4.0, 21 since Spark 4.1
   */
  readonly javaVersion?: number;

  /**
   * The version of Python, for example `3.10`.
   *
   * @default - a Python 3 that this Spark version supports
   */
  readonly pythonVersion?: string;
}

/** The versions in a Spark image, its user and how it is pulled. */
export interface SparkImageOptions extends SparkImageVersions {
  /**
   * When nodes pull the image.
   *
   * @default - as Kubernetes decides: always for `latest` or no tag, else if the node does not have it
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly pullPolicy?: ImagePullPolicy;

  /**
   * Secrets of the job namespace with the credentials of the registry.
   *
   * @default - none
   */
  readonly pullSecrets?: ISecret[];

  /**
   * The numeric id of the image's user. `USER` of the image may be a name, and Kubernetes cannot check names for root.
   *
   * @default 185
   */
  readonly userId?: number;
}

/** The user `spark` of the Spark project's own images. */
const SPARK_USER_ID = 185;
const MAX_USER_ID = 2 ** 31 - 1;

// Images with tags that name the versions in them.
const IMAGES_OF_SPARK = ['docker.io/apache/spark', 'docker.io/library/spark'];

/**
 * The image of a job's driver and executors, with the versions in it.
 *
 * It is not the operator's image: the Spark in that one only submits the job. Put additional JARs into the folder
 * `/opt/spark/jars` of the image, readable by all users (mode 0644), or name them as dependencies with `local:///`.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#docker-images
 */
export class SparkImage {
  /**
   * Refers to an image.
   *
   * @param reference for example `registry.acme.dev/sessions:1.4.0`, `localhost/x`, `host:5000/x:tag` or
   *   `x:tag\@sha256:...`
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

  /** Host of the registry, with its port if it has one. */
  public readonly registry: string;
  /** Path in the registry. */
  public readonly repository: string;
  /** The tag. @default - none */
  public readonly tag?: string;
  /** The digest, such as `sha256:...`. @default - none */
  public readonly digest?: string;
  /** The exact version of Spark. */
  public readonly sparkVersion: string;
  /** The Scala version that this Spark is built for. */
  public readonly scalaVersion: string;
  /** The major version of Java. */
  public readonly javaVersion: number;
  /** The version of Python. @default - not given */
  public readonly pythonVersion?: string;
  /** When nodes pull the image. @default - as Kubernetes decides */
  public readonly pullPolicy?: ImagePullPolicy;
  /** The numeric id of the image's user. */
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

  /** A copy of the list of Secrets with the credentials of the registry. */
  public get pullSecrets(): ISecret[] {
    return [...this.secrets];
  }

  /** Whether the reference has a digest or a tag other than `latest`, so that restarts run the same program. */
  public get isPinned(): boolean {
    return this.unpinned === undefined;
  }

  /**
   * Why the image is not pinned, or `undefined` if it is.
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

/** The versions in a tag of the Spark project's images, such as 4.0.4-scala2.13-java17-python3-ubuntu. */
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
