import { ApiObject, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { policyRules, Right } from '../identities/rights';
import { RbacSubject, renderSubject } from '../identities/subject';

/** Options of a grant. */
export interface GrantOptions {
  /**
   * The end of the name of Role and RoleBinding, after the prefix of the right, such as `spark-submit-`: a DNS label.
   *
   * @default - `<namespace>-<name>` of a service account, `user-<name>`, `group-<name>`, in lower case and with `-` for other characters
   */
  readonly name?: string;

  /**
   * Whether the service account is in the namespace `default`. An imported account of cdk8s-plus without a namespace looks the
   * same, so such an account is an error unless this is true.
   *
   * @default false
   */
  readonly inDefaultNamespace?: boolean;
}

/**
 * The rights of one subject in a job namespace, as `JobNamespaceGrants` or `ApplicationGrants` gave them.
 *
 * It is a Role and a RoleBinding of one name. A further grant of the same kind to the same subject adds its rights to this
 * Role, whatever the order of the calls.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * @example
 *
 * declare const robot: WellKnownSubmitter;
 * const grant: Grant = clicks.grants.submit(robot);
 * grant.roleBinding.metadata.addAnnotation('acme.dev/ticket', 'PLAT-4711');
 */
export class Grant extends Construct {
  /** @internal */
  public static _of(scope: Construct, metadata: k8s.ObjectMeta & { name: string }, subject: RbacSubject): Grant {
    return new Grant(scope, metadata, subject);
  }

  /** The Role in the job namespace. */
  public readonly role: ApiObject;
  /** The RoleBinding in the job namespace. */
  public readonly roleBinding: ApiObject;
  /** @internal */
  public readonly _subject: RbacSubject;
  private readonly rights: Right[] = [];

  private constructor(scope: Construct, metadata: k8s.ObjectMeta & { name: string }, subject: RbacSubject) {
    super(scope, metadata.name);
    this._subject = subject;
    this.role = new k8s.KubeRole(this, 'Role', {
      metadata,
      rules: Lazy.any({ produce: () => policyRules(this.rights) }),
    });
    this.roleBinding = new k8s.KubeRoleBinding(this, 'RoleBinding', {
      metadata,
      roleRef: { apiGroup: this.role.apiGroup, kind: this.role.kind, name: metadata.name },
      subjects: [renderSubject(subject)],
    });
  }

  /** @internal */
  public _add(rights: readonly Right[]): void {
    this.rights.push(...rights);
  }
}
