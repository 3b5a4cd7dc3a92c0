import { knownTexts } from './known-text';

const WRITER = 'whoever writes the application; no right is missing';
const WEBHOOK = "the operator's webhook; no right is missing";

/** Why the operator's webhook, and policies of a cluster that look at security contexts, refuse an object. */
export const DENIAL_TEXTS = knownTexts([
  {
    pattern: /failed to validate resource quota "(?<quota> [^"]{1,300})"/,
    what: "the operator's webhook refuses the application",
    who: WRITER,
    lacks: 'room in the quota {quota}',
    advice:
      'lower the memory, cores or number of executors, or raise quota of the SparkJobNamespace; synth compares every application with it',
  },
  {
    pattern: /invalid (?: Scheduled)? Spark (?: Application | Connect) name "(?<name> [^"]{0,300})"/,
    what: "the operator's webhook refuses the application",
    who: WRITER,
    lacks: 'a name that the API takes ("{name}")',
    advice:
      'begin with a letter, then lower-case letters, digits and "-": at most 63 characters, 43 for a ScheduledSparkApplication; synth refuses others',
  },
  {
    pattern: /node selector cannot be defined at both/,
    what: "the operator's webhook refuses the application",
    who: WRITER,
    lacks: 'one place for the node selector',
    advice: 'use driver.nodeSelector and executor.nodeSelector, the only ones that this library writes',
  },
  {
    pattern: /pod template feature requires Spark version 3\.0\.0/,
    what: "the operator's webhook refuses the application",
    who: WRITER,
    lacks: 'a Spark version that knows pod templates',
    advice: 'use SparkImage.of with the sparkVersion that is really in the image, 3.0.0 or later',
  },
  {
    pattern: /DriverIngressOptions has/,
    what: "the operator's webhook refuses the application",
    who: WRITER,
    lacks: 'driver ingress options that are whole and different from each other',
    advice: 'this library writes no driverIngressOptions: take them out of the manifest',
  },
  {
    pattern:
      /\[ (?<constraint> [a-z0-9.-]{0,253}(?: privilege | capabilities | security-context | nonroot)[a-z0-9.-]{0,253}) \]/,
    what: 'a policy of your cluster ({constraint}) refuses a container that is not hardened',
    who: 'whoever makes the pod; no right is missing',
    lacks: 'the security context that the policy wants',
    advice:
      'use SecureSparkApplication: it hardens driver, executors, sidecars and init containers alike, so that no container is forgotten',
    code: "new SecureSparkApplication(chart, 'name', { jobNamespace, image, main });",
  },
]);

const CALL = 'the API server cannot call a webhook, and refuses what it would have looked at';

/** Why the API server cannot call a webhook. */
export const CALL_TEXTS = knownTexts([
  {
    pattern: /x509 | certificate/,
    what: CALL,
    who: WEBHOOK,
    lacks: "a certificate authority in the webhook configuration that fits the webhook's certificate",
    advice:
      'use WebhookCertificates.certManager() in certificates of SparkOperator, and keep a GitOps tool from writing caBundle back (argoCd: true)',
    code: 'certificates: WebhookCertificates.certManager(),',
  },
  {
    pattern: /no endpoints available | connection refused | EOF | not found | HTTP 500 | InternalError/,
    what: CALL,
    who: WEBHOOK,
    lacks: 'a webhook pod that is ready',
    advice:
      "wait for the operator's webhook before applications are applied, as the commands of npm run synth do: kubectl -n spark-operator rollout status deployment/spark-operator-webhook",
  },
  {
    pattern: /Address is not allowed | deadline exceeded | timeout | no route/,
    what: CALL,
    who: WEBHOOK,
    lacks: 'a way from the API server to port 9443 of the webhook',
    advice:
      'open the port from the control plane to the nodes (a private cluster needs a firewall rule), and keep a service mesh off the webhook, as its pods of this library do',
  },
  {
    pattern: /^/,
    what: CALL,
    who: WEBHOOK,
    lacks: 'an answer of the webhook; the text does not say why',
    advice: "look at the webhook's pods, its Service and its certificate: docs/operator.md, Certificates",
  },
]);
