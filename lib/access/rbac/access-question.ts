/** What is asked of the API server, as a SubjectAccessReview has it, without who asks. */
export interface AccessRequest {
  /** The verb: `get`, `list`, `create` and so on; for a `path` the HTTP method in lower case. */
  readonly verb: string;

  /**
   * The API group of the resource; `''` is the core group.
   *
   * @default ''
   */
  readonly apiGroup?: string;

  /**
   * The resource in plural and lower case, such as `pods`. A question names either a resource or a `path`.
   *
   * @default - none
   */
  readonly resource?: string;

  /**
   * The subresource, such as `log`.
   *
   * @default - the resource itself
   */
  readonly subresource?: string;

  /**
   * The name of one object. For `list` and `watch` it stands for the field selector `metadata.name`.
   *
   * @default - none: all objects
   */
  readonly name?: string;

  /**
   * The namespace. Without one the question is for all namespaces, or for an object of the cluster.
   *
   * @default ''
   */
  readonly namespace?: string;

  /**
   * A path of the API server that is not a resource, such as `/metrics`.
   *
   * @default - none
   * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
   */
  readonly path?: string;
}

/**
 * A question to the authorizer, as a SubjectAccessReview asks it. No group is added to what it carries: a service account's
 * own groups and `system:authenticated` count only if they are named.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/
 */
export interface AccessQuestion extends AccessRequest {
  /** The user who asks; a service account is `system:serviceaccount:<namespace>:<name>`. */
  readonly user: string;

  /**
   * The groups that the request carries.
   *
   * @default - none
   */
  readonly groups?: string[];
}

/** A subject that a binding names. */
export interface AccessSubject {
  /** `User`, `Group` or `ServiceAccount`. */
  readonly kind: string;
  /** The name. */
  readonly name: string;
  /**
   * The namespace of a service account.
   *
   * @default - none
   */
  readonly namespace?: string;
}

/** One rule of a Role or ClusterRole. */
export interface AccessRule {
  /** Verbs; `*` is any. */
  readonly verbs: string[];
  /** API groups; `''` is the core group, `*` any. */
  readonly apiGroups: string[];
  /** Resources, with their subresource after a `/`; `*` is any. */
  readonly resources: string[];
  /** Names that the rule is limited to; none are all. */
  readonly resourceNames: string[];
  /** Paths that are not resources. */
  readonly nonResourceUrls: string[];
}

/** One way from a subject to a right. */
export interface AccessChain {
  /** The subject that the binding names. */
  readonly subject: AccessSubject;
  /** The binding, such as `RoleBinding team-1/spark-submit-airflow`. */
  readonly binding: string;
  /** Where the binding stands: a construct's path, or file and document. */
  readonly bindingSource: string;
  /** The role that it names, such as `Role team-1/spark-submit-airflow` or `ClusterRole view`. */
  readonly role: string;
  /** Where the role stands. */
  readonly roleSource: string;
  /**
   * The cluster role whose rule it is, where `role` has it by aggregation.
   *
   * @default - the role's own rule
   */
  readonly aggregatedFrom?: string;
  /** The rule that allows. */
  readonly rule: AccessRule;
}

/** The answer to a question. */
export interface AccessAnswer {
  /** Whether the request is allowed. */
  readonly allowed: boolean;
  /** Why, in one sentence. */
  readonly reason: string;
  /** Every binding that allows it; empty if none does. */
  readonly chains: AccessChain[];
}

/** A subject that may do what was asked. */
export interface AccessHolder {
  /** The subject. */
  readonly subject: AccessSubject;
  /** Every binding that allows it. */
  readonly chains: AccessChain[];
}
