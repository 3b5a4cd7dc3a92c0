import { throwProblems } from '../problems/errors';
import { fileUriProblem, localPath } from './file-uri';
import { checkArguments } from '../problems/property-checks';

/**
 * The language of an application.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/user-guide/writing-sparkapplication/
 */
export enum SparkApplicationType {
  /** Java. */
  JAVA = 'Java',
  /** Scala. */
  SCALA = 'Scala',
  /** Python. */
  PYTHON = 'Python',
  /** R. */
  R = 'R',
}

/** Options of an application's main file. */
export interface SparkMainOptions {
  /**
   * Arguments of the program, passed on unchanged.
   *
   * Anyone who may read the application sees them, so pass no secrets. Kubernetes replaces `$(NAME)` with the environment
   * variable of that name.
   *
   * @default - none
   */
  readonly arguments?: string[];
}

/**
 * What an application runs.
 *
 * The file is a URI. Usually it is in the image, such as `local:///opt/app/job.py`. The driver downloads files from `https`,
 * `hdfs`, `s3a`, `gs` and `abfss`: its image needs the connector, and its account the right to read them. A file of the
 * controller (`file:`, or no scheme) is refused, since spark-submit would read it with the controller's identity.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#dependency-management
 */
export class SparkMain {
  /**
   * A placeholder in an argument for the location of the application's checkpoint. Kubernetes would replace it with the same.
   */
  public static readonly CHECKPOINT_LOCATION = '$(SPARK_CHECKPOINT_LOCATION)';

  /**
   * A Python program.
   *
   * @param file the URI of a `.py` file; further modules are dependencies
   * @param options the program's arguments
   * @throws if the URI is malformed, not allowed, or not that of a Python file
   */
  public static python(file: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.python', [file, options]);
    return new SparkMain('SparkMain.python', SparkApplicationType.PYTHON, '.py', file, undefined, options);
  }

  /**
   * A Java program.
   *
   * @param jar the URI of the `.jar` file
   * @param mainClass the full name of the class with `main`, for example `org.acme.Sessions`
   * @param options the program's arguments
   * @throws if the URI is malformed, not allowed or not that of a JAR, or `mainClass` is not a class name
   */
  public static java(jar: string, mainClass: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.java', [jar, mainClass, options]);
    return new SparkMain('SparkMain.java', SparkApplicationType.JAVA, '.jar', jar, mainClass, options);
  }

  /**
   * A Scala program.
   *
   * @param jar the URI of the `.jar` file
   * @param mainClass the full name of the object with `main`, for example `org.acme.Sessions`
   * @param options the program's arguments
   * @throws if the URI is malformed, not allowed or not that of a JAR, or `mainClass` is not a class name
   */
  public static scala(jar: string, mainClass: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.scala', [jar, mainClass, options]);
    return new SparkMain('SparkMain.scala', SparkApplicationType.SCALA, '.jar', jar, mainClass, options);
  }

  /**
   * An R program.
   *
   * @param file the URI of an `.R` file, with a capital R: spark-submit takes any other file for a JAR
   * @param options the program's arguments
   * @throws if the URI is malformed, not allowed, or not that of an R file
   */
  public static r(file: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.r', [file, options]);
    return new SparkMain('SparkMain.r', SparkApplicationType.R, '.R', file, undefined, options);
  }

  private readonly args: readonly string[];

  private constructor(
    factory: string,
    /** The language. */
    public readonly type: SparkApplicationType,
    extension: string,
    /** The URI of the main file. */
    public readonly file: string,
    /** The full name of the main class, for Java and Scala only. @default - none */
    public readonly mainClass: string | undefined,
    options: SparkMainOptions,
  ) {
    this.args = [...(options.arguments ?? [])];
    throwProblems(factory, [
      ...mainFileProblems(file, extension),
      ...(mainClass === undefined ? [] : mainClassProblems(mainClass)),
      ...argumentProblems(this.args),
    ]);
  }

  /** A copy of the program's arguments. */
  public get arguments(): string[] {
    return [...this.args];
  }

  /**
   * The file's absolute path in the image, or `undefined` for any other file.
   * @internal
   */
  public get _localPath(): string | undefined {
    return localPath(this.file);
  }
}

function mainFileProblems(file: string, extension: string): string[] {
  const problem = fileUriProblem('the main file', file);
  if (problem !== undefined) return [problem];
  if (file.endsWith(extension)) return [];
  return [
    `the main file "${file}" does not end in ${extension}, by which spark-submit knows what to run; give such a file`,
  ];
}

const CLASS_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u;

/** Main classes that make spark-submit read the program's arguments as its own options. */
export const SHELL_CLASSES: readonly string[] = [
  'org.apache.spark.repl.Main',
  'org.apache.spark.sql.connect.service.SparkConnectServer',
  'org.apache.spark.sql.hive.thriftserver.HiveThriftServer2',
  'org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver',
];

function mainClassProblems(mainClass: string): string[] {
  if (SHELL_CLASSES.includes(mainClass)) {
    return [
      `the main class "${mainClass}" makes spark-submit read the program's arguments as options of its own; name a class of the program`,
    ];
  }
  if (CLASS_NAME.test(mainClass) && !mainClass.endsWith('.class')) return [];
  return [`the main class ${JSON.stringify(mainClass)} is no class name; write it in full, such as org.acme.Sessions`];
}

function argumentProblems(args: readonly string[]): string[] {
  // No operating system passes a NUL to a program.
  return args
    .filter((argument) => argument.includes('\0'))
    .map((argument) => `the argument ${JSON.stringify(argument)} has a NUL character; leave it out`);
}
