import { knownTexts } from './known-text';

/** Pods that cannot be made or started, and definitions that do not know a field. */
export const POD_TEXTS = knownTexts([
  {
    pattern: /unsupported volume type/,
    what: 'a volume whose name begins with "spark-local-dir-" is of a kind that the operator does not take for local directories',
    lacks: 'a kind of volume that is supported',
    advice:
      'use localDirectories, which has emptyDir, ephemeralClaim and onDemandClaim; other volumes may not have a name that begins with "spark-local-dir-", and synth refuses them',
    code: 'executor: { localDirectories: LocalDirectories.emptyDir({ sizeLimit: Size.gibibytes(10) }) },',
  },
  {
    pattern: /volume "? spark-local-dir-\d+ "? not found | Duplicate value: "spark-local-dir-\d+"/,
    what: 'local directories are set in two places at once, or mounted without their volume',
    lacks: 'one owner of the volumes "spark-local-dir-*"',
    advice:
      'use localDirectories and nothing else for them: leave the volumes out of volumes, volumeMounts, template and sparkConf; synth refuses them there',
    code: 'executor: { localDirectories: LocalDirectories.emptyDir({ sizeLimit: Size.gibibytes(10) }) },',
  },
  {
    pattern: /unknown field "(?<field> spec\.[^"]{1,253})"/,
    what: 'the definitions in the cluster do not know the field {field}: they are older than what was written, or it is no field',
    who: 'whoever applies the manifests; no right is missing',
    lacks: 'definitions of the release that is installed',
    advice:
      'SparkOperator writes the definitions of its release, as the first file of synth: apply that one first (Helm never upgrades them). If they are up to date, the field belongs elsewhere: pod settings go into driver.template and executor.template',
  },
  {
    pattern: /container has runAsNonRoot and image has non-numeric user \( (?<user> [^)]{1,63}) \)/,
    what: 'the image names its user ("{user}") and gives no number, so that the kubelet cannot see that it is not root',
    who: 'the pod of the job; no right is missing',
    lacks: 'runAsUser',
    advice: 'SecureSparkApplication sets runAsUser 185, the user of the official images',
    code: "new SecureSparkApplication(chart, 'name', { jobNamespace, image, main });",
  },
  {
    pattern: /failed quota: (?<quota> [a-z0-9.-]{1,253}?) : must specify (?<what> [a-z0-9.,-]{1,200})/,
    what: 'the quota "{quota}" wants requests and limits on every container',
    lacks: '{what}',
    advice:
      'applications of this library set requests and limits for both roles (coreLimit, memory); for other pods of the namespace give defaults with limitRange of the SparkJobNamespace',
    code: 'limitRange: { cpu: { defaultLimit: Cpu.units(1) }, memory: { defaultLimit: Size.gibibytes(1) } },',
  },
  {
    pattern:
      /exceeded quota: (?<quota> [a-z0-9.-]{1,253}?) , requested: (?<asked> [^,]{1,200}) , used: (?<used> [^,]{1,200}) , limited: (?<limit> [a-zA-Z0-9.=\/-]{1,100})/,
    what: 'the quota "{quota}" of the namespace is used up',
    lacks: 'room: requested {asked}, used {used}, limit {limit}',
    advice:
      'wait until other jobs end, lower cores, memory or instances of the job, or raise quota of the SparkJobNamespace; services of type NodePort and LoadBalancer are never admitted (quota spark-services)',
  },
  {
    pattern: /cores: Invalid value: (?<value> [0-9.]{1,20}) : .{0,60} should be greater than or equal to 1/,
    what: 'cores is {value}, but a whole number from 1 on is expected',
    lacks: 'a whole number of cores',
    advice: 'cores is how many tasks run at once; give the share of a CPU as coreRequest. Synth refuses other cores',
    code: 'driver: { coreRequest: Cpu.millis(250) },',
  },
  {
    pattern: /Invalid value: "(?<value> [^"]{1,50})" : must be less than or equal to (?<resource> cpu | memory) limit/,
    what: 'the {resource} request {value} is above the limit',
    lacks: 'a limit that is not below the request',
    advice: 'raise coreLimit, or lower cores or coreRequest; synth compares them',
    code: 'driver: { cores: 1, coreLimit: Cpu.units(1) },',
  },
  {
    pattern: /metadata\.labels: Invalid value: .{0,400}? must be no more than 63 characters/,
    what: 'a name is too long for a label',
    lacks: 'a shorter name',
    advice:
      'the name of an application is also the value of labels: at most 63 characters, and 43 for a ScheduledSparkApplication, whose runs get a suffix. Synth refuses longer ones; give name where the construct id is long',
    code: "name: 'sessions',",
  },
  {
    pattern: /metadata\.annotations: Too long/,
    what: 'a definition is too large for the annotation of kubectl apply',
    who: 'whoever applies the manifests; no right is missing',
    lacks: 'a smaller definition, or server-side apply',
    advice:
      "the definitions that SparkOperator writes are small enough; for the operator's own use kubectl apply --server-side, and argoCd: true for Argo CD",
  },
  {
    pattern: /persistentvolumeclaims "(?<claim> [^"]{1,253})" already exists/,
    what: 'several executors want to make the same claim "{claim}"',
    lacks: 'a claim for each executor',
    advice: 'use a claim on demand; a volume that several pods share is WritableDirectory.claim with shared: true',
    code: 'executor: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
  },
  {
    pattern: /driver pod already exist/,
    what: 'the submission met an object that exists already (409); the operator says so of every such conflict, whatever the object is',
    who: "the operator's controller; no right is missing",
    lacks: 'a free name',
    advice:
      'look for a pod NAME-driver, a config map, a service or a volume claim of an earlier run of the same name, and delete it; restartPolicy makes the operator clean up between its own runs',
  },
  {
    pattern: /"(?<name> [^"]{1,253})" already exists/,
    what: 'an object "{name}" exists already (409)',
    who: 'the submitter; no right is missing',
    lacks: 'a free name',
    advice:
      'a task that was started again submits again: delete the old application first (timeToLive does it for ended ones), or let the tool add a suffix to the name, as Airflow does by random_name_suffix',
    general: true,
  },
]);
