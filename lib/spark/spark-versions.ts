/** What a minor release of Spark runs on. */
export interface SparkRelease {
  /** The Scala versions that it is built for. */
  readonly scala: readonly string[];
  /** The Scala version of the Spark project's own images. */
  readonly defaultScala: string;
  /** The Java versions that it supports. */
  readonly java: readonly number[];
  /** The Java version of the Spark project's own images. */
  readonly defaultJava: number;
  /** The oldest Python that it supports. */
  readonly minPython: string;
}

/**
 * The Spark releases that jobs may use with operator 2.5, by minor version.
 *
 * The operator submits with Spark 4.0.4 and requires Spark 3.0 for pod templates. Its maintainers say that the Spark version
 * of a job may differ from the operator's, without naming a range. This range starts with 3.3, the first release with official
 * images and Java 17, and ends with the newest release with known requirements.
 *
 * @see https://spark.apache.org/docs/4.0.0/#downloading (the page of each release lists its versions)
 */
export const SPARK_RELEASES: Readonly<Record<string, SparkRelease>> = {
  '3.3': { scala: ['2.12', '2.13'], defaultScala: '2.12', java: [8, 11, 17], defaultJava: 11, minPython: '3.7' },
  '3.4': { scala: ['2.12', '2.13'], defaultScala: '2.12', java: [8, 11, 17], defaultJava: 11, minPython: '3.7' },
  '3.5': { scala: ['2.12', '2.13'], defaultScala: '2.12', java: [8, 11, 17], defaultJava: 11, minPython: '3.8' },
  '4.0': { scala: ['2.13'], defaultScala: '2.13', java: [17, 21], defaultJava: 17, minPython: '3.9' },
  '4.1': { scala: ['2.13'], defaultScala: '2.13', java: [17, 21], defaultJava: 21, minPython: '3.10' },
  '4.2': { scala: ['2.13'], defaultScala: '2.13', java: [17, 21, 25], defaultJava: 21, minPython: '3.10' },
};

/** The first release that knows `spark.log.level`. */
export const LOG_LEVEL_SINCE = '3.5';
/** The first release that comes with Hadoop 3.4. */
export const HADOOP_34_SINCE = '4.0';

// A pre-release or vendor part, as in 4.0.0-preview1 or 3.5.1-amzn-0, is allowed: the operator compares semantic versions.
const EXACT_VERSION = /^((0|[1-9]\d*)\.(0|[1-9]\d*))\.(0|[1-9]\d*)(-[A-Za-z][0-9A-Za-z-]*)?$/;
const PYTHON_VERSION = /^\d+(\.\d+){0,2}$/;

/** The minor version of an exact version, such as 4.0 for 4.0.4; `undefined` if it is not exact. */
export function sparkMinor(sparkVersion: string): string | undefined {
  return EXACT_VERSION.exec(sparkVersion)?.[1];
}

/** The release of an exact version, or `undefined`. */
export function sparkRelease(sparkVersion: string): SparkRelease | undefined {
  const minor = sparkMinor(sparkVersion);
  return minor === undefined ? undefined : SPARK_RELEASES[minor];
}

/** Whether `version` is `minimum` or newer; parts that `version` lacks are ignored. */
export function isAtLeast(version: string, minimum: string): boolean {
  const given = version.split('-')[0].split('.').map(Number);
  const wanted = minimum.split('.').map(Number);
  const different = given.findIndex((part, index) => part !== (wanted[index] ?? part));
  return different === -1 || given[different] > wanted[different];
}

export interface VersionSet {
  readonly sparkVersion: string;
  readonly scalaVersion?: string;
  readonly javaVersion?: number;
  readonly pythonVersion?: string;
}

/** What is wrong with the versions of an image, with the remedy of each problem. */
export function versionProblems(versions: VersionSet): string[] {
  const { sparkVersion, scalaVersion, javaVersion, pythonVersion } = versions;
  if (sparkMinor(sparkVersion) === undefined) {
    return [`the Spark version "${sparkVersion}" is not exact; give all three numbers, such as 4.0.4`];
  }
  const release = sparkRelease(sparkVersion);
  if (release === undefined) {
    const supported = Object.keys(SPARK_RELEASES).join(', ');
    return [`Spark ${sparkVersion} is not supported; use an image with one of ${supported}`];
  }
  const problems: string[] = [];
  if (scalaVersion !== undefined && !release.scala.includes(scalaVersion)) {
    problems.push(`Spark ${sparkVersion} is not built for Scala ${scalaVersion}; use ${release.scala.join(' or ')}`);
  }
  if (javaVersion !== undefined && !release.java.includes(javaVersion)) {
    problems.push(`Spark ${sparkVersion} does not run on Java ${javaVersion}; use ${release.java.join(' or ')}`);
  }
  if (pythonVersion !== undefined && !PYTHON_VERSION.test(pythonVersion)) {
    problems.push(`the Python version "${pythonVersion}" is none; write it as ${release.minPython}`);
  } else if (pythonVersion !== undefined && !isAtLeast(pythonVersion, release.minPython)) {
    problems.push(`Spark ${sparkVersion} does not run on Python ${pythonVersion}; use ${release.minPython} or newer`);
  }
  return problems;
}
