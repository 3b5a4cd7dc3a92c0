import { knownTexts } from './known-text';

/** Jobs while they run, and the clients that wait for them. */
export const RUN_TEXTS = knownTexts([
  {
    pattern: /Unable to register with external shuffle server/,
    what: 'executors look for an external shuffle service, which does not exist on Kubernetes',
    who: 'executor; no right is missing',
    lacks: 'nothing: spark.shuffle.service.enabled has to go',
    advice: 'take the key out of sparkConf, where synth refuses it; dynamicAllocation works by shuffle tracking',
    code: 'dynamicAllocation: { minExecutors: 1, maxExecutors: 8 },',
  },
  {
    pattern: /enqueuing it for submission/,
    what: 'the application waits for a batch scheduler that the operator does not know',
    who: "the operator's controller",
    lacks: 'the batch scheduler, and the rights on its pod groups',
    advice: 'tell the operator of the schedulers that its applications use; it then gets their rights',
    code: "new SparkOperator(chart, 'operator', { batchSchedulers: [BatchScheduler.VOLCANO] });",
  },
  {
    pattern: /Initial job has not accepted any resources/,
    what: 'the driver has no executors: they wait for a place in the cluster, or cannot reach the driver',
    who: 'executors; no right is missing',
    lacks: 'room in the cluster or the quota, or a connection from executors to the driver',
    advice:
      "look at the executors' pods: Pending means room (quota, requests, nodes). Running means the network: the library's policies let them through, so look for those of others and for a mesh",
    code: "executor: { labels: { 'sidecar.istio.io/inject': 'false' } },",
  },
  {
    pattern: /driver container failed with ExitCode: (?<code> \d+), Reason: OOMKilled/,
    what: "the driver's container took more memory than its limit and was killed",
    who: 'driver; no right is missing',
    lacks: 'memory',
    advice: 'raise driver.memory, or driver.memoryOverhead for what is outside of the heap, such as Python',
    code: 'driver: { memory: Size.gibibytes(4), memoryOverhead: Size.gibibytes(1) },',
  },
  {
    pattern: /driver container failed with ExitCode: (?<code> \d+), Reason: (?<reason> [A-Za-z]{1,40})/,
    what: 'the job itself ended with exit code {code}; the status does not say why',
    who: 'driver',
    lacks: 'what the log of the driver says',
    advice:
      'look at the end of the log: kubectl -n NAMESPACE logs NAME-driver, or give the application by its name: npx cdk8s-spark explain --application NAME -n NAMESPACE reads it',
    general: true,
  },
  {
    pattern: /Pod (?<pod> [A-Za-z0-9.-]{1,253}?) returned a failure/,
    what: 'Airflow saw that the driver {pod} failed',
    who: 'driver; Airflow has all rights that it needed here',
    lacks: 'what the log of the driver says',
    advice:
      'look at the log of the driver, or give the application by its name: npx cdk8s-spark explain --application NAME -n NAMESPACE reads it',
    general: true,
  },
  {
    pattern: /timed out waiting for the condition/,
    what: 'kubectl wait ended without having seen what it waits for: the state does not come, or it may not list',
    who: 'the submitter, or whoever waits',
    lacks: 'perhaps get, list and watch on the application: kubectl says nothing when it may not list',
    advice:
      'ask with npx cdk8s-spark can-i list sparkapplications.sparkoperator.k8s.io; grants.view gives all three. If it may, the job takes longer than --timeout',
    code: 'jobNamespace.grants.view(subject, { logs: false });',
  },
  {
    pattern: /Starting new streaming query | Skipping already committed batch \d+/,
    what: 'a streaming query has begun anew although its sink has batches of an earlier one: new records are dropped without an error',
    who: 'driver; no right is missing',
    lacks: 'the checkpoint of the earlier run, which was on a local disk or at another path',
    advice:
      'keep the checkpoint on an object store or a claim, under one path for each job that never changes; a new query needs a new output directory too. On the very first start of a job the line on a new query is as it should be',
    general: true,
  },
  {
    pattern: /Resuming at batch \d+ with committed offsets/,
    what: 'a streaming query goes on where it was: this is no error',
    who: 'driver',
    lacks: 'nothing',
    advice: 'nothing is to be done',
    general: true,
  },
]);

/** cdk8s itself. */
export const PROGRAM_TEXTS = knownTexts([
  {
    pattern: /unable to execute 'helm' to render Helm chart/i,
    what: "cdk8s' Helm construct calls the program helm, which is not installed",
    who: 'whoever runs synth; no right is missing',
    lacks: 'the program helm, or no need of it',
    advice: 'SparkOperator writes plain manifests and calls no other program: use it in place of the chart',
    code: "new SparkOperator(chart, 'operator', { jobNamespaces: [jobNamespace] });",
  },
  {
    pattern: /STRIPPED_BY_CDK8S | only enums with string or number values are supported/,
    what: "cdk8s import cannot turn the operator's definitions into types",
    who: 'whoever runs cdk8s import; no right is missing',
    lacks: 'nothing: the types are in this library',
    advice:
      'import nothing: use SparkApplication, SecureSparkApplication and ScheduledSparkApplication, which are typed',
    code: "import { SecureSparkApplication } from 'cdk8s-spark';",
  },
]);
