import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { KubeSparkApplication, SparkApplicationSpec } from '../../imports/sparkoperator.k8s.io';
import { ISparkJobNamespace } from '../job-namespace/spark-job-namespace';
import { tenancyOf } from '../job-namespace/tenancy';
import { serviceNameProblem } from '../kubernetes/names';
import { recommendedLabels } from '../kubernetes/objects';
import { throwProblems } from '../problems/errors';
import { Program } from '../program/program';
import { ApplicationKind } from '../spark/application-kind';
import { ACCESS_ANNOTATION, accessAnnotation } from '../storage/permissions/access-annotation';
import { accessProblems } from '../storage/permissions/access-problems';
import { StorageAccess } from '../storage/permissions/storage-access';
import { IStorageUser, placementOf, STORAGE_ACCESSES } from '../storage/placement';
import { configuredPlace } from '../storage/configured-place';
import { storageAccessesOf } from '../storage/storage-access-of';
import { admittedUse } from './admitted-use';
import { ApplicationGrants } from './application-grants';
import { applicationProblems } from './application-problems';
import { RenderedApplication, renderApplication, usedFeatures } from './application-spec';
import { guardRefusals } from './guard-refusals';
import { objectReferences } from './object-references';
import { useAccounts } from './pod/pod-accounts';
import { KindSettings, ResolvedApplication, resolveApplication } from './resolved-application';
import { SecureSparkApplicationProps } from './spark-application-props';
import { JobStorage, jobStorage, withoutStorage } from './storage/job-storage';
import { storageProblems } from './storage/storage-problems';
import { ROOT_KEY } from './storage/storage-uses';

/** A Spark application of any kind. */
export interface ISparkApplication extends IConstruct {
  /** The application's name. */
  readonly name: string;
  /** The namespace where it runs. */
  readonly jobNamespace: ISparkJobNamespace;
  /** The custom resource, for example to patch it. */
  readonly apiObject: ApiObject;
  /** Grants rights on this application to users, groups and service accounts. */
  readonly grants: ApplicationGrants;
}

/** What the constructor of one kind of application passes to its base. */
export interface ApplicationDefinition {
  readonly props: SecureSparkApplicationProps;
  readonly settings: KindSettings;
  /** Problems of this kind, in addition to those of all kinds. */
  readonly problems?: readonly string[];
  /** The maximum length of the name. @default 63 */
  readonly maxNameLength?: number;
  /** @default - an application that runs once */
  readonly kind?: ApplicationKind;
  /** Renders the custom resource around the specification. @default - a SparkApplication */
  readonly object?: (spec: SparkApplicationSpec) => ApiObjectProps;
}

/**
 * The common constructor of all kinds of applications: it checks the properties, renders the custom resource, and notes in the
 * namespace and the program what the application uses.
 *
 * @internal
 */
export abstract class ApplicationBase extends Construct implements ISparkApplication, IStorageUser {
  /** The application's name. */
  public readonly name: string;
  /** The namespace where it runs. */
  public readonly jobNamespace: ISparkJobNamespace;
  /** The custom resource, for example to patch it. */
  public readonly apiObject: ApiObject;
  /** Grants rights on this application to users, groups and service accounts. */
  public readonly grants: ApplicationGrants;

  protected constructor(scope: Construct, id: string, definition: ApplicationDefinition) {
    super(scope, id);
    const { props, settings, maxNameLength = 63, kind = ApplicationKind.SPARK_APPLICATION } = definition;
    const { object = (spec) => ({ ...KubeSparkApplication.GVK, spec }) } = definition;
    const program = Program.of(this);
    const name = props.name ?? id;
    const wrongStorage = storageProblems(name, props);
    const storage = wrongStorage.length > 0 ? withoutStorage(props) : jobStorage(this, name, props);
    const application = resolveApplication(name, props, settings, storage);
    const rendered = renderApplication(application);
    const wrongName = serviceNameProblem('the name', name, maxNameLength);
    throwProblems(this.node.path, [
      ...(definition.problems ?? []),
      ...wrongStorage,
      ...(wrongName === undefined ? [] : [wrongName]),
      ...applicationProblems(application, rendered),
    ]);
    const accesses = storageAccessesOf({ name, namespace: props.jobNamespace.name }, storage.reaches);
    throwProblems(this.node.path, storageAccessProblems(accesses, props));
    STORAGE_ACCESSES.set(this, accesses);

    this.name = name;
    this.jobNamespace = props.jobNamespace;
    this.grants = ApplicationGrants._of(this, { kind, name, jobNamespace: this.jobNamespace });
    this.apiObject = new ApiObject(this, 'Resource', {
      ...object(rendered.spec),
      metadata: {
        name,
        namespace: this.jobNamespace.name,
        labels: { ...recommendedLabels({ name: 'spark-application', instance: name }), ...props.labels },
        annotations: { ...relaxations(props), ...props.annotations, ...accessAnnotation(accesses) },
      },
    });
    useNamespace(this, application, rendered);
    notePlaces(program, this, storage);
    noteCheckpointRoot(program, this, rendered.spec);
    program.checkpointFolders.addMentions(this, rendered.spec);
    program.references.add({
      application: this,
      namespace: this.jobNamespace.name,
      references: objectReferences(rendered.spec),
    });
    program.addApplication(this, this.jobNamespace.name);
  }
}

function storageAccessProblems(
  accesses: readonly StorageAccess[],
  { annotations }: SecureSparkApplicationProps,
): string[] {
  const problems = accesses.flatMap((access) =>
    accessProblems(access).map((problem) => `storage access "${access.name}": ${problem}`),
  );
  if (accesses.length === 0 || annotations?.[ACCESS_ANNOTATION] === undefined) return problems;
  return [...problems, `annotations["${ACCESS_ANNOTATION}"] is set by the storage of the application; leave it out`];
}

/** Shows in the manifest which guarantees are relaxed; the reasons are on the namespace. */
function relaxations({ relax = [] }: SecureSparkApplicationProps): Record<string, string> {
  return relax.length === 0 ? {} : { 'cdk8s-spark/relaxes': [...new Set(relax)].sort().join(',') };
}

/** Notes in the namespace what the job uses, and allows the traffic that it needs despite the default deny. */
function useNamespace(scope: Construct, application: ResolvedApplication, rendered: RenderedApplication): void {
  const { jobNamespace, kafka, storage } = application;
  const tenancy = tenancyOf(jobNamespace);
  for (const feature of usedFeatures(application, rendered)) tenancy.use(feature);
  for (const use of admittedUse(rendered)) tenancy.admit(use);
  const refusals = guardRefusals(application, rendered);
  tenancy.refuseIfGuarded(refusals.map((problem) => `${scope.node.path}: ${problem}`));
  useAccounts(application);
  for (const reach of storage.reaches) placementOf(reach.storage).open(jobNamespace);
  if (kafka !== undefined && jobNamespace.isolated) jobNamespace.allowEgress('kafka', kafka);
}

/** Queries without a checkpoint location of their own have it in this folder, each under its name. */
function noteCheckpointRoot(program: Program, scope: Construct, spec: SparkApplicationSpec): void {
  const root = spec.sparkConf?.[ROOT_KEY];
  const place = root === undefined ? undefined : configuredPlace(root, spec);
  if (place !== undefined) program.addCheckpoint(scope, place);
}

/** Notes the places that no other job of the program may write or reach. */
function notePlaces(program: Program, scope: Construct, { checkpoint, dataPlaces, reaches }: JobStorage): void {
  if (checkpoint?.writtenPlace !== undefined) program.addCheckpoint(scope, checkpoint.writtenPlace);
  if (checkpoint !== undefined) program.addCheckpoints(checkpoint.storage, checkpoint.folder);
  for (const place of dataPlaces) program.addData(scope, place);
  for (const { storage, grants } of reaches) {
    const { root, place } = placementOf(storage).store;
    for (const { path } of grants) program.checkpointFolders.addUse({ root, place, path });
  }
}
