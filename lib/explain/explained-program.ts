import { AccessAnswer, AccessQuestion, AccessSubject } from '../access/rbac/access-question';
import { ACCESS_ANNOTATION, readAccessAnnotation } from '../storage/permissions/access-annotation';
import { StorageAccess } from '../storage/permissions/storage-access';
import { AccessReview } from '../access/access-review';
import { fieldOf, textOf } from '../manifests/manifest-fields';
import { Manifest, SourcedManifest } from '../manifests/manifest-source';
import { impliedGroups, normalSubject, subjectKey } from '../access/rbac/rbac-subjects';
import { SparkIdentity, sparkIdentities, SparkRole } from '../access/rbac/spark-identities';

/** Names that this library, and the operator's chart after the name of its release, give to accounts. */
const USUAL_NAMES: readonly (readonly [RegExp, SparkRole])[] = [
  [/(^|-)spark-operator(-controller)?$/, 'operator-controller'],
  [/(^|-)spark-operator-webhook$/, 'operator-webhook'],
  [/^spark-driver$|(^|-)spark-operator-spark$/, 'driver'],
  [/^spark-executor$/, 'executor'],
];

/** The identity behind a user name. */
export interface FoundIdentity {
  readonly subject: AccessSubject;
  /** What it does for Spark, most specific first; empty if not known. */
  readonly roles: readonly SparkRole[];
  /** The namespaces of its jobs. */
  readonly namespaces: readonly string[];
  /** Whether the program says so, or only the name. */
  readonly byName: boolean;
  /** Whether a binding of the program names it. */
  readonly isBound: boolean;
}

/** What the manifests of a program say, for explaining a message. */
export class ExplainedProgram {
  private readonly manifests: readonly SourcedManifest[];
  private readonly identities: readonly SparkIdentity[];

  public constructor(private readonly review: AccessReview) {
    this.manifests = review._manifests;
    this.identities = sparkIdentities(review._policy, review._manifests);
  }

  /** Whether there is anything to look into. */
  public get isGiven(): boolean {
    return this.manifests.length > 0;
  }

  public identify(user: string): FoundIdentity {
    const subject = normalSubject({ kind: 'User', name: user });
    const found = this.identities.filter((identity) => subjectKey(identity.subject) === subjectKey(subject));
    if (found.length > 0) {
      const namespaces = new Set(found.flatMap((identity) => identity.namespaces));
      return {
        subject,
        roles: found.map(({ role }) => role),
        namespaces: [...namespaces].sort(),
        byName: false,
        isBound: this.binds(subject),
      };
    }
    const [, usual] = USUAL_NAMES.find(([name]) => subject.kind === 'ServiceAccount' && name.test(subject.name)) ?? [
      undefined,
      undefined,
    ];
    const namespaces = usual === 'driver' || usual === 'executor' ? [subject.namespace ?? ''] : [];
    return {
      subject,
      roles: usual === undefined ? [] : [usual],
      namespaces,
      byName: true,
      isBound: this.binds(subject),
    };
  }

  /** Asks as the API server would for this user, with the groups that a service account has. */
  public can(question: AccessQuestion): AccessAnswer {
    return this.review.can({ ...question, groups: impliedGroups({ kind: 'User', name: question.user }) });
  }

  /** The groups that may do it: no message names the groups of a user. */
  public groupsThatCan({
    verb,
    apiGroup,
    resource,
    subresource,
    name,
    namespace,
    path,
  }: AccessQuestion): AccessSubject[] {
    return this.review
      .whoCan({ verb, apiGroup, resource, subresource, name, namespace, path })
      .map(({ subject }) => subject)
      .filter(({ kind }) => kind === 'Group');
  }

  /** Who submits to a namespace. */
  public submittersOf(namespace: string): AccessSubject[] {
    return this.identities
      .filter(
        ({ role, namespaces }) => role === 'submitter' && (namespaces.includes(namespace) || namespaces.includes('')),
      )
      .map(({ subject }) => subject);
  }

  /** What a subject does for Spark. */
  public rolesOf(subject: AccessSubject): SparkRole[] {
    return this.identities
      .filter((identity) => subjectKey(identity.subject) === subjectKey(subject))
      .map(({ role }) => role);
  }

  /** Whether a binding of the program names the subject, so that the program has a variable for it. */
  public binds(subject: AccessSubject): boolean {
    return this.review._subjects().some((bound) => subjectKey(bound) === subjectKey(subject));
  }

  /** Whether the program makes a job namespace of this name, or writes into one. */
  public hasJobNamespace(namespace: string): boolean {
    return this.manifests.some(
      ({ manifest }) =>
        label(manifest, 'name') === 'spark-job-namespace' &&
        (textOf(manifest, 'metadata', 'namespace') ?? textOf(manifest, 'metadata', 'name')) === namespace,
    );
  }

  /** Whether an operator of the program watches a namespace; `undefined` if the program has none. */
  public isWatched(namespace: string): boolean | undefined {
    const controllers = this.identities.filter(({ role }) => role === 'operator-controller');
    if (controllers.length === 0) return undefined;
    return controllers.some(({ namespaces }) => namespaces.includes(namespace) || namespaces.includes(''));
  }

  /** The end of the name of a grant that was chosen for it: a further grant to the same subject must name it too. */
  public chosenGrantName(prefix: string, namespace: string, subject: AccessSubject, usual: string): string | undefined {
    const key = subjectKey(subject);
    const name = this.review._policy.bindings
      .find(
        (binding) =>
          binding.kind === 'RoleBinding' &&
          binding.namespace === namespace &&
          binding.name.startsWith(prefix) &&
          binding.subjects.some((other) => subjectKey(other) === key),
      )
      ?.name.slice(prefix.length);
    return name === usual ? undefined : name;
  }

  /** Whether the program makes an admission policy of this name. */
  public hasPolicy(name: string): boolean {
    return this.manifests.some(
      ({ manifest }) => manifest.kind === 'ValidatingAdmissionPolicy' && textOf(manifest, 'metadata', 'name') === name,
    );
  }

  /** The application of a name; a driver's pod is named after it. */
  public application(name: string, namespace?: string): Manifest | undefined {
    return this.manifests
      .map(({ manifest }) => manifest)
      .find(
        (manifest) =>
          textOf(manifest, 'apiVersion')?.startsWith('sparkoperator.k8s.io/') === true &&
          textOf(manifest, 'metadata', 'name') === name &&
          (namespace === undefined || textOf(manifest, 'metadata', 'namespace') === namespace),
      );
  }

  /** Which storage applications use, as they say it themselves. */
  public storageAccesses(): { application: string; accesses: StorageAccess[] }[] {
    return this.manifests.flatMap(({ manifest }) => {
      const text = textOf(manifest, 'metadata', 'annotations', ACCESS_ANNOTATION);
      const namespace = textOf(manifest, 'metadata', 'namespace') ?? '';
      if (text === undefined) return [];
      const application = `${textOf(manifest, 'kind')} ${namespace}/${textOf(manifest, 'metadata', 'name')}`;
      return [{ application, accesses: readAccessAnnotation(text, namespace).accesses }];
    });
  }

  /** The service accounts that are bound to a cloud identity by an annotation: its address, or the role of an ARN. */
  public accountsOfCloudIdentity(identity: string): AccessSubject[] {
    return this.manifests
      .filter(({ manifest }) => manifest.kind === 'ServiceAccount')
      .filter(({ manifest }) =>
        annotationsOf(manifest).some((value) => value === identity || value.endsWith(`:role/${identity}`)),
      )
      .map(({ manifest }) => ({
        kind: 'ServiceAccount',
        name: textOf(manifest, 'metadata', 'name') ?? '',
        namespace: textOf(manifest, 'metadata', 'namespace') ?? 'default',
      }));
  }
}

function annotationsOf(manifest: Manifest): string[] {
  const annotations = fieldOf(manifest, 'metadata', 'annotations');
  const values: unknown[] = typeof annotations === 'object' && annotations !== null ? Object.values(annotations) : [];
  return values.filter((value) => typeof value === 'string');
}

function label(manifest: Manifest, name: string): string | undefined {
  return textOf(manifest, 'metadata', 'labels', `app.kubernetes.io/${name}`);
}
