import { knownTexts } from './known-text';

/** Accounts and namespaces that are missing, and what Kubernetes' client says of rights. */
export const ACCOUNT_TEXTS = knownTexts([
  {
    pattern:
      /error looking up service account (?<namespace> [a-z0-9-]{1,63}) \/ (?<account> [a-z0-9.-]{1,253}?) : serviceaccount/,
    what: 'a pod names the service account "{account}", which does not exist in namespace "{namespace}"',
    who: "the operator's controller, which makes the driver's pod; no right is missing",
    lacks: 'the account "{account}"',
    advice:
      'an application of this library has the account of its namespace, which is made with it: use jobNamespace, and driverServiceAccount of the SparkJobNamespace for an account of another name; then apply the program',
    code: "const jobNamespace = new SparkJobNamespace(chart, '{namespace}');",
  },
  {
    pattern: /serviceaccounts? "(?<account> [^"]{1,253})" not found/,
    what: 'a pod names the service account "{account}", which does not exist in its namespace',
    who: "the operator's controller, which makes the driver's pod; no right is missing",
    lacks: 'the account "{account}"',
    advice:
      'an application of this library has the account of its namespace, which is made with it: use jobNamespace, and driverServiceAccount of the SparkJobNamespace for an account of another name; then apply the program',
  },
  {
    pattern: /persistentvolumeclaims is forbidden (?! : User)/,
    what: 'somebody may not use persistent volume claims; the text is cut before it says who',
    lacks: 'a right on persistentvolumeclaims',
    advice:
      "claims on demand of executors are made by the driver, those of a driver by the operator's controller; each gets the right in namespaces where an application asks for them by localDirectories. Give the whole text for a definite answer",
    code: 'executor: { localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(20) }) },',
  },
  {
    pattern: /Forbidden ! ? Configured service account doesn't have access/,
    what: "Spark's Kubernetes client was refused with 403; the sentence on the revoked account is its guess",
    who: 'mostly the driver; the message of the API server behind it names the account',
    lacks: 'a right that the message of the API server names',
    advice: 'give the text from "Message:" on; drivers get their rights with their SparkJobNamespace',
    general: true,
  },
  {
    pattern: /namespaces "(?<namespace> [^"]{1,63})" not found/,
    what: 'the namespace "{namespace}" does not exist',
    who: 'whoever applies the manifests; no right is missing',
    lacks: 'the Namespace "{namespace}"',
    advice:
      'SparkOperator and SparkJobNamespace write their Namespaces, first in their file: apply the whole file, in the order of npm run synth; where a namespace should exist already (createNamespace: false, fromName, existingJobNamespaces), somebody else has to make it first',
  },
  {
    pattern: /sun\.security\.validator\.ValidatorException/,
    what: 'the driver does not trust the certificate that it is shown, mostly that of the API server',
    who: 'the driver',
    lacks:
      'the token and the certificate authority of its service account, which are mounted together; without the token also the certificate is missing',
    advice:
      'applications of this library say automountServiceAccountToken: true for drivers and false for executors, in the pods: take automountServiceAccountToken: false off the account, or use jobNamespace.driverServiceAccount. If it is another server, add its authority to the image',
  },
  {
    pattern: /is attempting to grant RBAC permissions not currently held/,
    what: 'somebody applies a Role or a binding with rights that they do not have themselves, which the API server refuses',
    who: 'whoever applies the manifests of the program: an administrator, Argo CD or Flux',
    lacks: 'the rights that the message lists, or the verbs escalate and bind on roles',
    advice:
      'let an identity apply the platform part of the program that has these rights in the job namespaces itself; give escalate and bind to nobody of a job',
  },
]);
