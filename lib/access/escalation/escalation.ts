import { AccessChain, AccessSubject } from '../rbac/access-question';

/**
 * How a subject gets more rights than its own.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export enum EscalationWay {
  /** Creates pods that run as another account of the namespace. */
  CREATE_PODS = 'create-pods',
  /** Writes Deployments, Jobs and the like, whose pods run as another account of the namespace. */
  WRITE_WORKLOADS = 'write-workloads',
  /** Writes Spark applications, whose pods run as another account of the namespace. */
  WRITE_APPLICATIONS = 'write-applications',
  /** Writes Spark applications that no admission guard checks, and that have classes loaded in the operator's controller. */
  ENTER_CONTROLLER = 'enter-controller',
  /** Changes the image of pods that run as another account. */
  CHANGE_PODS = 'change-pods',
  /** Adds a debug container to pods that run as another account. */
  DEBUG_PODS = 'debug-pods',
  /** Opens a shell or a console in pods that run as another account. */
  ENTER_PODS = 'enter-pods',
  /** Connects to ports of pods and services, past their network policies. */
  REACH_PORTS = 'reach-ports',
  /** Makes tokens of accounts. */
  CREATE_TOKENS = 'create-tokens',
  /** Reads Secrets that hold tokens of accounts. */
  READ_SECRETS = 'read-secrets',
  /** Makes a Secret for the token of an account, and reads it. */
  MAKE_TOKEN_SECRETS = 'make-token-secrets',
  /** Binds roles that hold more (the verb `bind`). */
  BIND_ROLES = 'bind-roles',
  /** Writes more into roles (the verb `escalate`). */
  ESCALATE_ROLES = 'escalate-roles',
  /** Acts as another user, group or account (the verb `impersonate`). */
  IMPERSONATE = 'impersonate',
  /** Sets the UID or extra fields of a user that it acts as. */
  IMPERSONATE_FIELDS = 'impersonate-fields',
  /** Changes what others write, with a webhook or a policy that mutates. */
  CHANGE_REQUESTS = 'change-requests',
  /** Sees and refuses what others write, with a webhook that validates. */
  READ_REQUESTS = 'read-requests',
  /** Weakens or removes admission policies, or what they read. */
  WEAKEN_POLICIES = 'weaken-policies',
  /** Takes the Pod Security labels off a namespace. */
  RELABEL_NAMESPACES = 'relabel-namespaces',
  /** Creates pods that Pod Security does not hold back from the node. */
  ENTER_NODES = 'enter-nodes',
  /** Creates volumes out of directories of nodes. */
  CREATE_VOLUMES = 'create-volumes',
  /** Runs commands in every pod of a node, through the kubelet. */
  REACH_KUBELETS = 'reach-kubelets',
  /** Approves client certificates. */
  APPROVE_CERTIFICATES = 'approve-certificates',
  /** Sends requests for a whole API to a server of its own. */
  REPLACE_APIS = 'replace-apis',
  /** Lets a webhook of its own convert custom resources. */
  CHANGE_DEFINITIONS = 'change-definitions',
}

/** How serious an escalation is. */
export enum EscalationSeverity {
  /** It gives more rights, or removes what restricts others. */
  HIGH = 'high',
  /** It gives more reach and no rights, or more rights only under conditions that the manifests do not show. */
  MEDIUM = 'medium',
}

/** One step by which a subject gets more rights than its own. */
export interface Escalation {
  /** The way. */
  readonly way: EscalationWay;
  /** How serious it is. */
  readonly severity: EscalationSeverity;
  /** The namespace; `''` is the whole cluster. */
  readonly namespace: string;
  /** The rights that are used for it, such as `create pods`. */
  readonly rights: string;
  /** What is gained, such as `the rights of ServiceAccount team-1/backup, among them get secrets in namespace team-1`. */
  readonly gain: string;
  /**
   * The subject whose rights are gained.
   *
   * @default - no particular subject
   */
  readonly stronger?: AccessSubject;
  /** How the subject has the rights that are used. */
  readonly chains: AccessChain[];
  /** What to do about it. */
  readonly remedy: string;
}
