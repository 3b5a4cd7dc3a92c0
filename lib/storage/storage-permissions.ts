import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Problems, throwProblems } from '../problems/errors';
import { given } from '../problems/value-words';
import { labelProblem } from '../kubernetes/names';
import { clusterScoped } from '../kubernetes/objects';
import { Program } from '../program/program';
import { ControllerObjects, PermissionFormat, permissionManifests } from './permissions/permission-manifests';
import { CloudManifest } from './permissions/render/cloud-manifest';
import { StorageAccess } from './permissions/storage-access';
import { IStorageUser, STORAGE_ACCESSES } from './placement';
import { checkArguments } from '../problems/property-checks';

/** Properties of permissions on storage. */
export interface StoragePermissionsProps {
  /**
   * The applications and clean-ups that get the permissions. Use one construct for all of them: permissions of one project,
   * role or bucket share objects.
   */
  readonly applications: IStorageUser[];

  /** The controllers whose objects are written. */
  readonly format: PermissionFormat;

  /**
   * The namespace of the objects of the clouds' own controllers. Anyone who may create such objects there gives permissions in
   * the cloud, so it must not be a namespace of jobs. Crossplane's objects are cluster-scoped and have no namespace.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/**
 * The permissions of applications on their storage, as objects of cloud controllers.
 *
 * It renders them in the same synth as the applications, for a cluster whose controllers create the policies and roles in
 * the cloud. Each application gets its own paths alone, and may not create or change a bucket or give rights on it. Pass all
 * applications to one construct: those of one project, role or bucket share objects, which two constructs would write twice.
 *
 * `npx cdk8s-spark iam` writes the same permissions as files, for people who review them and apply them by hand.
 *
 * @see https://aws-controllers-k8s.github.io/community/
 * @see https://cloud.google.com/config-connector/docs/overview
 * @see https://azure.github.io/azure-service-operator/
 * @see https://docs.crossplane.io/latest/
 * @example
 *
 * declare const sessions: StreamingSparkApplication;
 * new StoragePermissions(chart, 'permissions', {
 *   applications: [sessions],
 *   format: PermissionFormat.CONTROLLERS,
 *   namespace: 'aws-resources',
 * });
 */
export class StoragePermissions extends Construct {
  /**
   * @param scope the parent, in a chart
   * @param id the construct's id
   * @param props the applications, and the controllers whose objects are written
   * @throws if facts that the permissions need are missing; the error lists all of them
   */
  public constructor(scope: Construct, id: string, props: StoragePermissionsProps) {
    checkArguments('new StoragePermissions', [scope, id, props]);
    super(scope, id);
    Program.of(this);
    throwProblems(this.node.path, typeProblems(props));
    const problems = new Problems(this);
    const namespace = props.namespace ?? Chart.of(this).namespace;
    problems.add(...applicationProblems(props.applications), ...namespaceProblems(props, namespace));
    problems.throwIfAny();
    const accesses = props.applications.flatMap((user) => STORAGE_ACCESSES.of(user));
    for (const { controller, manifests } of this.render(accesses, props.format, namespace ?? '')) {
      if (manifests.length === 0) continue;
      const parent = new Construct(this, controller);
      for (const manifest of manifests) write(parent, manifest);
    }
  }

  private render(accesses: readonly StorageAccess[], format: PermissionFormat, namespace: string): ControllerObjects[] {
    try {
      return permissionManifests(accesses, format, namespace);
    } catch (error) {
      throw new Error(`${this.node.path}: ${(error as Error).message}`);
    }
  }
}

/** Without labels: Config Connector would pass them on to Google Cloud, which does not accept such keys. */
function write(parent: Construct, { apiVersion, kind, metadata, spec }: CloudManifest): void {
  const object = new ApiObject(parent, `${kind}-${metadata.name}`, {
    apiVersion,
    kind,
    metadata: { ...metadata, annotations: { ...metadata.annotations } },
    spec,
  });
  if (metadata.namespace === undefined) clusterScoped(object);
}

/** Each construct has the shape of a user of storage, but only those of this library are one. */
function typeProblems({ applications }: StoragePermissionsProps): string[] {
  return applications.flatMap((each, index) =>
    STORAGE_ACCESSES.has(each)
      ? []
      : [`applications[${index}] ${given(each)}; pass an application or a CheckpointRetention`],
  );
}

function applicationProblems(applications: readonly IStorageUser[]): string[] {
  if (applications.length === 0) return ['applications is empty; name those that use storage'];
  return applications.flatMap((user, index) => [
    ...(STORAGE_ACCESSES.of(user).length > 0
      ? []
      : [
          `applications[${index}], ${user.node.path}, uses no storage of a cloud, so it needs no permissions; leave it out, or give it ` +
            'checkpoint with storage on GCS, S3 or Azure',
        ]),
    ...(applications.findIndex((other) => other.node === user.node) === index
      ? []
      : [`applications[${index}], ${user.node.path}, is there twice; leave it out once`]),
  ]);
}

function namespaceProblems({ format, namespace: given }: StoragePermissionsProps, namespace?: string): string[] {
  if (format === PermissionFormat.CROSSPLANE) {
    return given === undefined
      ? []
      : [`namespace is "${given}", but the objects of Crossplane are of the whole cluster; leave it out`];
  }
  if (namespace === undefined) {
    return ["namespace is not given, and the chart has none; give that of the cloud controllers' objects"];
  }
  const problem = labelProblem('namespace', namespace);
  return problem === undefined ? [] : [problem];
}
