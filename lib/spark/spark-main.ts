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
   * Arguments for the program itself, each passed on as it is.
   *
   * Everybody who may read the application sees them: no secrets. Kubernetes replaces `$(NAME)` by the environment
   * variable of that name.
   *
   * @default - none
   */
  readonly arguments?: string[];
}

/**
 * What an application runs.
 *
 * The file is a URI. `local:///opt/app/job.py` is a file of the image, and the ordinary way. The driver fetches those of
 * `https`, `hdfs`, `s3a`, `gs` and `abfss`, so that its image needs the connector and its account the right to read them.
 * A file of the controller (`file:`, or no scheme) is refused: spark-submit would read it with the controller's identity.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#dependency-management
 */
export class SparkMain {
  /**
   * Stands in an argument for the location of the application's checkpoint. It reads the same to Kubernetes.
   */
  public static readonly CHECKPOINT_LOCATION = '$(SPARK_CHECKPOINT_LOCATION)';

  /**
   * A Python program.
   *
   * @param file URI of a `.py` file; further modules are dependencies
   * @param options arguments of the program
   * @throws if the URI is malformed, not allowed, or not that of a Python file
   */
  public static python(file: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.python', [file, options]);
    return new SparkMain('SparkMain.python', SparkApplicationType.PYTHON, '.py', file, undefined, options);
  }

  /**
   * A Java program.
   *
   * @param jar URI of the `.jar` file
   * @param mainClass full name of the class with `main`, for example `org.acme.Sessions`
   * @param options arguments of the program
   * @throws if the URI is malformed, not allowed or not that of a JAR, or the class's name is none
   */
  public static java(jar: string, mainClass: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.java', [jar, mainClass, options]);
    return new SparkMain('SparkMain.java', SparkApplicationType.JAVA, '.jar', jar, mainClass, options);
  }

  /**
   * A Scala program.
   *
   * @param jar URI of the `.jar` file
   * @param mainClass full name of the object with `main`, for example `org.acme.Sessions`
   * @param options arguments of the program
   * @throws if the URI is malformed, not allowed or not that of a JAR, or the class's name is none
   */
  public static scala(jar: string, mainClass: string, options: SparkMainOptions = {}): SparkMain {
    checkArguments('SparkMain.scala', [jar, mainClass, options]);
    return new SparkMain('SparkMain.scala', SparkApplicationType.SCALA, '.jar', jar, mainClass, options);
  }

  /**
   * An R program.
   *
   * @param file URI of an `.R` file, with a capital R: spark-submit takes any other for a JAR
   * @param options arguments of the program
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
    /** URI of the main file. */
    public readonly file: string,
    /** Full name of the main class; only Java and Scala have one. @default - none */
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

  /** The program's arguments, as a copy. */
  public get arguments(): string[] {
    return [...this.args];
  }

  /**
   * The file's absolute path in the image, `undefined` if it is elsewhere.
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

/** Main classes after which spark-submit reads the program's arguments as options of its own. */
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
  // A NUL cannot be passed to a program at all.
  return args
    .filter((argument) => argument.includes('\0'))
    .map((argument) => `the argument ${JSON.stringify(argument)} has a NUL character; leave it out`);
}
