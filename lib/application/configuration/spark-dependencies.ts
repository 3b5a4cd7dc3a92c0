import { fileUriProblem, isReadByController, localPath } from '../../spark/file-uri';
import { sparkMinor } from '../../spark/spark-versions';

/**
 * What an application needs besides its main file.
 *
 * Files are URIs as for `SparkMain`; usually they are in the image (`local:///`). The controller itself looks up files on
 * `hdfs`, `s3a`, `gs` and `abfss`, so not only the driver but also the controller needs the connector in its image and a cloud
 * identity for its account.
 *
 * @see https://spark.apache.org/docs/latest/submitting-applications.html#advanced-dependency-management
 */
export interface SparkDependencies {
  /**
   * URIs of JARs for the classpath of driver and executors.
   *
   * @default - none
   */
  readonly jars?: string[];

  /**
   * URIs of files for the working directory of every executor.
   *
   * @default - none
   */
  readonly files?: string[];

  /**
   * URIs of Python modules: `.py`, `.zip` or `.egg`.
   *
   * @default - none
   */
  readonly pyFiles?: string[];

  /**
   * URIs of archives (`.zip`, `.jar`, `.tar`, `.tar.gz` or `.tgz`) that are unpacked into the working directory of every
   * executor. A name after `#` names the folder: `local:///opt/app/env.tar.gz#env`.
   *
   * @default - none
   */
  readonly archives?: string[];

  /**
   * Maven coordinates `group:artifact:version`, with exact versions.
   *
   * The controller and then the driver resolve them at each start, from Spark's built-in repositories and then from
   * `repositories`. JARs in the image are faster and cannot change.
   *
   * @default - none
   */
  readonly packages?: string[];

  /**
   * Maven coordinates `group:artifact` of transitive dependencies that are excluded.
   *
   * @default - none
   */
  readonly excludePackages?: string[];

  /**
   * The https URLs of the Maven repositories with the packages; required with packages. The job namespace must allow each of
   * them.
   *
   * Spark asks its two built-in public repositories before these, and no setting of an application turns that off. To
   * replace them, set the environment variable `DEFAULT_ARTIFACT_REPOSITORY` to a mirror, in controller and driver.
   *
   * @default - none
   */
  readonly repositories?: string[];
}

/** The versions in the application's image. */
interface ImageVersions {
  readonly sparkVersion: string;
  readonly scalaVersion: string;
}

/** The repositories that the application's namespace allows. */
interface AllowedRepositories {
  readonly name: string;
  readonly packageRepositories: readonly string[];
}

// Spark recognizes the type of a file by its extension.
const ENDINGS = {
  jars: ['.jar'],
  files: [''],
  pyFiles: ['.py', '.zip', '.egg'],
  archives: ['.zip', '.jar', '.tar', '.tar.gz', '.tgz'],
};

const COORDINATES = /^([\w.-]+):([\w.-]+):(\w[\w.+-]*)$/;
const EXCLUSION = /^[\w.-]+:([\w.-]+|\*)$/;
const MOVING_VERSION = /^latest(\.|$)|\+$|-SNAPSHOT$/i;
const SCALA_ARTIFACT = /^(.*)_(2\.\d+|3)$/;
const SCALA_JAR = /_(2\.\d+|3)-[^/]*\.jar$/;
const SPARK_GROUP = 'org.apache.spark';

/** What is wrong with the dependencies of an application, with the remedy of each problem. */
export function dependencyProblems(
  dependencies: SparkDependencies | undefined,
  image: ImageVersions,
  namespace: AllowedRepositories,
): string[] {
  if (dependencies === undefined) return [];
  const { jars = [], files = [], pyFiles = [], archives = [] } = dependencies;
  const { packages = [], excludePackages = [], repositories = [] } = dependencies;
  return [
    ...fileProblems('jars', jars),
    ...fileProblems('files', files),
    ...fileProblems('pyFiles', pyFiles),
    ...fileProblems('archives', archives),
    ...jars.flatMap((jar) => jarScalaProblem('dependencies.jars:', jar, image.scalaVersion) ?? []),
    ...packages.flatMap((coordinates) => packageProblem(coordinates, image) ?? []),
    ...repeated(
      'packages',
      packages.map((coordinates) => coordinates.split(':').slice(0, 2).join(':')),
    ),
    ...excludePackages
      .filter((coordinates) => !EXCLUSION.test(coordinates))
      .map(
        (coordinates) => `dependencies.excludePackages: ${JSON.stringify(coordinates)} is none; write group:artifact`,
      ),
    ...repeated('excludePackages', excludePackages),
    ...repositories.flatMap((repository) => repositoryProblem(repository, namespace) ?? []),
    ...repeated('repositories', repositories.map(withoutEndSlash)),
    ...purposeProblems(packages, excludePackages, repositories),
  ];
}

/** The absolute paths of dependencies in the image; volumes must not cover them. */
export function localDependencyPaths(dependencies: SparkDependencies | undefined): string[] {
  return files(dependencies).flatMap((uri) => localPath(uri) ?? []);
}

/** Dependencies for which the controller needs a connector and a cloud identity of its own. */
export function dependenciesReadByController(dependencies: SparkDependencies | undefined): string[] {
  return files(dependencies).filter(isReadByController);
}

/** What is wrong with the Scala version in a JAR's file name, such as sessions_2.12-1.4.0.jar, or `undefined`. */
export function jarScalaProblem(what: string, uri: string, scalaVersion: string): string | undefined {
  const built = SCALA_JAR.exec(uri)?.[1];
  if (built === undefined || built === scalaVersion) return undefined;
  return `${what} "${uri}" is built for Scala ${built}, but the image has ${scalaVersion}; use the JAR for ${scalaVersion}`;
}

function files({ jars = [], files = [], pyFiles = [], archives = [] }: SparkDependencies = {}): string[] {
  return [...jars, ...files, ...pyFiles, ...archives];
}

function fileProblems(list: keyof typeof ENDINGS, uris: readonly string[]): string[] {
  const isArchive = list === 'archives';
  const faults = uris.flatMap((uri) => {
    const problem = fileUriProblem(`dependencies.${list}:`, uri, isArchive);
    if (problem !== undefined) return [problem];
    if (ENDINGS[list].some((ending) => uri.split('#')[0].endsWith(ending))) return [];
    return [`dependencies.${list}: "${uri}" does not end in ${ENDINGS[list].join(' or ')}; give such a file`];
  });
  return [...faults, ...repeated(list, uris)];
}

function packageProblem(coordinates: string, { sparkVersion, scalaVersion }: ImageVersions): string | undefined {
  const given = `dependencies.packages: ${JSON.stringify(coordinates)}`;
  const [, group, artifact, version] = COORDINATES.exec(coordinates) ?? [];
  if (group === undefined) return `${given} is no exact package; write group:artifact:version, without a range`;
  if (MOVING_VERSION.test(version)) {
    return `${given} has the version ${version}, which may mean other code on the next start; give an exact one`;
  }
  const [, name, scala] = SCALA_ARTIFACT.exec(artifact) ?? [];
  if (scala !== undefined && scala !== scalaVersion) {
    return `${given} is built for Scala ${scala}, but the image has ${scalaVersion}; use ${group}:${name}_${scalaVersion}:${version}`;
  }
  const minor = sparkMinor(version);
  if (group === SPARK_GROUP && minor !== undefined && minor !== sparkMinor(sparkVersion)) {
    return `${given} belongs to Spark ${minor}, but the image has ${sparkVersion}; use ${group}:${artifact}:${sparkVersion}`;
  }
  return undefined;
}

function repositoryProblem(repository: string, namespace: AllowedRepositories): string | undefined {
  const url = URL.canParse(repository) ? new URL(repository) : undefined;
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    return `dependencies.repositories: the address at ${url.host} holds a user or password, which would stand in the manifest; leave it out`;
  }
  if (url?.protocol !== 'https:') {
    return `dependencies.repositories: ${JSON.stringify(repository)} is no https address; give one`;
  }
  if (namespace.packageRepositories.map(withoutEndSlash).includes(withoutEndSlash(repository))) return undefined;
  return (
    `dependencies.repositories: namespace "${namespace.name}" does not allow "${repository}"; ` +
    'add it to packageRepositories of the namespace, or put the JARs into the image'
  );
}

function purposeProblems(packages: string[], excludePackages: string[], repositories: string[]): string[] {
  if (packages.length > 0 && repositories.length > 0) return [];
  if (packages.length > 0) {
    return [
      'dependencies.packages is given without repositories; name those that the packages come from, or put the JARs into the image',
    ];
  }
  return Object.entries({ excludePackages, repositories })
    .filter(([, list]) => list.length > 0)
    .map(([name]) => `dependencies.${name} is given without packages, so that it does nothing; leave it out`);
}

function repeated(list: string, values: readonly string[]): string[] {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  return [...new Set(twice)].map((value) => `dependencies.${list}: "${value}" is named more than once; leave it once`);
}

function withoutEndSlash(address: string): string {
  return address.replace(/\/$/, '');
}
