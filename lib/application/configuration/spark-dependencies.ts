import { fileUriProblem, isReadByController, localPath } from '../../spark/file-uri';
import { sparkMinor } from '../../spark/spark-versions';

/**
 * What an application needs besides its main file.
 *
 * Files are URIs as for `SparkMain`; `local:///` ones, which are in the image, are the ordinary way. For `hdfs`, `s3a`,
 * `gs` and `abfss` the controller asks the storage for a list, so that its image needs the connector and its account a
 * cloud identity, beside those of the driver.
 *
 * @see https://spark.apache.org/docs/latest/submitting-applications.html#advanced-dependency-management
 */
export interface SparkDependencies {
  /**
   * URIs of JARs for the class paths of driver and executors.
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
   * URIs of archives that are unpacked into the working directory of every executor, into the folder that may follow
   * after a `#`: `.zip`, `.jar`, `.tar`, `.tar.gz` or `.tgz`.
   *
   * @default - none
   */
  readonly archives?: string[];

  /**
   * Maven coordinates `group:artifact:version`, with exact versions.
   *
   * They are resolved on each start, first by the controller and then by the driver, each from the repositories that
   * Spark knows by itself and then from `repositories`. JARs in the image are quicker and cannot change.
   *
   * @default - none
   */
  readonly packages?: string[];

  /**
   * Maven coordinates `group:artifact` that are left out of what packages bring along.
   *
   * @default - none
   */
  readonly excludePackages?: string[];

  /**
   * The https addresses of the Maven repositories that packages come from; required with packages. The job namespace
   * must allow each.
   *
   * Spark asks the two public repositories that it knows by itself before these, and no setting of an application turns
   * that off. Where they must not be asked, set the environment variable `DEFAULT_ARTIFACT_REPOSITORY` to a mirror, in
   * controller and driver.
   *
   * @default - none
   */
  readonly repositories?: string[];
}

/** What the image of the application runs on. */
interface ImageVersions {
  readonly sparkVersion: string;
  readonly scalaVersion: string;
}

/** What the namespace of the application allows. */
interface AllowedRepositories {
  readonly name: string;
  readonly packageRepositories: readonly string[];
}

// By the ending Spark knows what to do with a file.
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

/** What is wrong with the dependencies of an application, each as a sentence with its remedy. */
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

/** The absolute paths in the image at which dependencies are expected, so that no volume may cover them. */
export function localDependencyPaths(dependencies: SparkDependencies | undefined): string[] {
  return files(dependencies).flatMap((uri) => localPath(uri) ?? []);
}

/** The dependencies for which the controller needs a connector and a cloud identity of its own. */
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
