import { knownTexts } from './known-text';

/** Root file systems, images, JARs and volumes. */
export const FILE_TEXTS = knownTexts([
  {
    pattern: /Failed to create \/tmp\/hadoop- | DiskErrorException: Could not find any valid local directory/,
    what: 'S3A finds no directory for its buffers: it does not use java.io.tmpdir, but hadoop.tmp.dir below /tmp',
    who: 'driver or executor; no right is missing',
    lacks: 'a writable directory for S3A',
    advice:
      'SecureSparkApplication has a writable /tmp in both roles, where no key is needed; raise temporaryDirectory if it is full. With another directory set fs.s3a.buffer.dir as well',
    code: "hadoopConf: { 'fs.s3a.buffer.dir': '/tmp/s3a' },",
  },
  {
    pattern:
      /JavaUtils: Failed to create directory \/tmp\/ | (?<path> \/[A-Za-z0-9_.\/-]{1,200})? (?: \.\.\. )? :? Read-only file system/,
    what: 'something writes into the root file system, which is read-only',
    who: "driver or executor, or the operator's controller if the application fails within seconds; no right is missing",
    lacks: 'a writable directory',
    advice:
      'SecureSparkApplication makes /tmp, the working directory, the Ivy folder and the local directories writable, and SparkOperator the /tmp of the controller: use them, and add what else the job writes to',
    code: "writableDirectories: [WritableDirectory.emptyDir('/opt/app/cache', { sizeLimit: Size.gibibytes(1) })],",
  },
  {
    pattern:
      /No such file or directory: (?<folder> [a-z0-9]{2,8}:\/\/[^\s"']{1,300}?) at org\.apache\. .{0,2500}? requireLogBaseDirAsDirectory/,
    what: 'the folder {folder} of event logs does not exist: Spark makes none, and on an object store a folder is there only while something lies in it',
    who: 'driver; no right is missing',
    lacks: 'the folder',
    advice:
      'put an empty object there once, before the first job that logs there starts: aws s3api put-object --bucket BUCKET --key FOLDER/, with the slash at the end',
  },
  {
    pattern: /java_opts\.txt: Permission denied/,
    what: 'the entrypoint of the image cannot write its Java options',
    who: 'driver or executor; no right is missing',
    lacks: 'a writable /tmp and working directory for the user 185',
    advice:
      'use SecureSparkApplication: both are volumes of the pod that its user can write; a path of the node (hostPath) in their place is refused',
    code: "new SecureSparkApplication(chart, 'name', { jobNamespace, image, main });",
  },
  {
    pattern: /AccessDeniedException: \.\/(?<file> [A-Za-z0-9_.-]{1,200}?\.jar)/,
    what: 'an executor cannot copy {file} into its working directory',
    who: 'executor; no right is missing',
    lacks: 'a writable working directory',
    advice: 'use SecureSparkApplication, whose working directory is a writable volume (its size is workingDirectory)',
    code: "new SecureSparkApplication(chart, 'name', { jobNamespace, image, main });",
  },
  {
    pattern: /Local jar (?<jar> \S{1,300}?) does not exist, skipping/,
    what: 'the JAR {jar} is not in the image, or a volume is mounted over it',
    who: 'driver; no right is missing',
    lacks: 'the file',
    advice:
      'put the JAR into the image, below a directory that no volume covers, and name it as local:///...: synth refuses local:/// files below a writable directory',
    code: "main: SparkMain.java('local:///opt/app/job.jar', 'dev.acme.Job'),",
  },
  {
    pattern: /\.ivy2(?:\.5\.2)?\/ .{0,200}? No such file or directory | \.ivy2\/cache\/resolved- /,
    what: 'packages cannot be resolved, since the Ivy folder cannot be written; it is resolved in the pod of the operator, before there is a driver',
    who: "the operator's controller; no right is missing",
    lacks: 'a writable Ivy folder',
    advice:
      'use dependencies.packages: the library sets the Ivy folder below /tmp, which is writable in the controller and in the driver; better still, put the JARs into the image',
    code: "dependencies: { packages: ['org.apache.spark:spark-sql-kafka-0-10_2.13:4.0.4'] },",
  },
  {
    pattern: /(?: Class )? org\.apache\.hadoop\.fs\.s3a\.S3AFileSystem not found/,
    what: 'the S3A connector is missing where the file is read: in the image of the job, or in that of the operator, which reads remote dependencies itself',
    who: "driver, or the operator's controller for remote main files and dependencies; no right is missing",
    lacks: 'hadoop-aws and the AWS SDK in the right image',
    advice:
      'put files into the image and name them as local:///..., which nobody has to read over the network; for data put hadoop-aws into $SPARK_HOME/jars of the image',
    code: "main: SparkMain.python('local:///opt/app/job.py'),",
  },
  {
    pattern: /ClassNotFoundException (?: : (?<class> [A-Za-z0-9_.$]{1,200}) )?/,
    what: 'a class is not there',
    who: 'driver or executor; no right is missing',
    lacks: 'the JAR that holds it, where it is looked for',
    advice:
      'put the JAR into the image and name it as local:///..., below no writable directory; of a library that Spark needs use dependencies, whose Scala suffix has to fit that of the image',
    code: "dependencies: { jars: ['local:///opt/app/lib/library.jar'] },",
    general: true,
  },
  {
    pattern: /Failed to create local dir in/,
    what: 'the user of the pod cannot write the volume of its local directories, which belongs to root',
    who: 'driver or executor; no right is missing',
    lacks: 'fsGroup',
    advice:
      'use localDirectories of SecureSparkApplication: fsGroup is then the group of the image, with fsGroupChangePolicy OnRootMismatch',
    code: 'executor: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
  },
  {
    pattern: /Mkdirs failed to create file:/,
    what: 'a checkpoint or an output lies on a local path, which driver and executors do not share',
    who: 'executor; no right is missing',
    lacks: 'a place that all pods reach and that outlives them',
    advice: 'write to an object store (s3a:, gs:, abfss:) or to a volume that is shared (ReadWriteMany)',
    code: "writableDirectories: [WritableDirectory.claim('/checkpoints', claim, { shared: true })],",
  },
  {
    pattern: /bad argument #1 to pairs/,
    what: "Argo CD's health check fails for an application without executor.instances, or before its state is known",
    who: 'Argo CD; no right is missing',
    lacks: 'executor.instances',
    advice:
      'applications of this library set executor.instances, unless the number changes with the load; a newer Argo CD copes with that',
  },
]);
