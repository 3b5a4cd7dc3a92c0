import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { SparkApplicationSpec } from '../../imports/sparkoperator.k8s.io';
import { networkRuleProblems } from '../job-namespace/network/network-rules';
import { fail, throwProblems } from '../problems/errors';
import { serviceNameProblem } from '../kubernetes/names';
import { recommendedLabels } from '../kubernetes/objects';
import { Program } from '../program/program';
import { ACCESS_ANNOTATION, accessAnnotation } from '../storage/permissions/access-annotation';
import { accessProblems } from '../storage/permissions/access-problems';
import { StorageAccess } from '../storage/permissions/storage-access';
import { storageAccessesOf } from '../storage/storage-access-of';
import { admittedUse } from './admitted-use';
import { applicationSpec } from './application-spec';
import { dataPlaces } from './storage/data-paths';
import { JobStorage, jobStorage } from './storage/job-storage';
import { podAccountProblems, useAccounts } from './pod/pod-accounts';
import { SecureSparkApplicationProps } from './spark-application-props';
import { tenancyOf } from '../job-namespace/tenancy';
import { placementOf } from '../storage/placement';

export interface ApplicationInput {
  readonly props: SecureSparkApplicationProps;
  readonly secure: boolean;
  readonly maxNameLength: number;
  /** What else is wrong with the construct. */
  readonly problems?: readonly string[];
}

export interface PreparedApplication {
  readonly name: string;
  readonly metadata: ApiObjectMetadata;
  readonly spec: SparkApplicationSpec;
  readonly storageAccesses: readonly StorageAccess[];
}

/** What the constructors of all kinds of applications do: check, render, and tell namespace and program of it. */
export function prepareApplication(scope: Construct, input: ApplicationInput): PreparedApplication {
  const { secure, maxNameLength } = input;
  const { jobNamespace } = input.props;
  const program = Program.of(scope);
  const name = input.props.name ?? scope.node.id;
  // Programs in JavaScript are not checked for required properties.
  for (const required of ['jobNamespace', 'image', 'main'] as const) {
    if (input.props[required] === undefined) fail(scope, `${required} is not given; every application needs it`);
  }
  const problems: string[] = [...(input.problems ?? [])];
  const storage = jobStorage(scope, name, input.props, problems);
  const { props } = storage;
  problems.push(...podAccountProblems(props), ...kafkaProblems(props));
  const nameProblem = serviceNameProblem('the name', name, maxNameLength);
  if (nameProblem !== undefined) problems.push(nameProblem);
  const { spec, features, guardRefusals } = applicationSpec(name, storage, secure, problems);
  throwProblems(scope.node.path, problems);
  const storageAccesses = storageAccessesOf({ name, namespace: jobNamespace.name }, storage.reaches);
  throwProblems(scope.node.path, storageAccessProblems(storageAccesses, props));
  const tenancy = tenancyOf(jobNamespace);
  for (const feature of features) tenancy.use(feature);
  for (const use of admittedUse(spec)) tenancy.admit(use);
  tenancy.refuseIfGuarded(guardRefusals.map((problem) => `${scope.node.path}: ${problem}`));
  useAccounts(props);
  program.addApplication(scope, jobNamespace.name);
  openNetwork(storage);
  notePlaces(program, scope, storage);
  program.checkpointFolders.addMentions(scope, spec);
  return {
    name,
    metadata: {
      name,
      namespace: jobNamespace.name,
      labels: { ...recommendedLabels({ name: 'spark-application', instance: name }), ...props.labels },
      annotations: { ...relaxations(props), ...props.annotations, ...accessAnnotation(storageAccesses) },
    },
    spec,
    storageAccesses,
  };
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

/** What the job has to reach through the default deny of its namespace. */
function openNetwork({ props: { jobNamespace, kafka }, reaches }: JobStorage): void {
  for (const { storage } of reaches) placementOf(storage).open(jobNamespace);
  if (kafka !== undefined && jobNamespace.isolated) jobNamespace.allowEgress('kafka', kafka);
}

/** What no other job of the program may write or reach. */
function notePlaces(program: Program, scope: Construct, { props, reaches, writtenPlace }: JobStorage): void {
  const { checkpoint, jobNamespace } = props;
  if (writtenPlace !== undefined) program.addCheckpoint(scope, writtenPlace);
  if (checkpoint !== undefined) {
    program.addCheckpoints(
      checkpoint,
      placementOf(checkpoint).at(jobNamespace.name, placementOf(checkpoint).prefix).place,
    );
  }
  for (const place of dataPlaces(props)) program.addData(scope, place);
  for (const { storage, grants } of reaches) {
    const { root, place } = placementOf(storage).store;
    for (const { path } of grants) program.checkpointFolders.addUse({ root, place, path });
  }
}

/** Who reads the manifest sees what is relaxed; the reasons stand on the namespace. */
function relaxations({ relax = [] }: SecureSparkApplicationProps): Record<string, string> {
  return relax.length === 0 ? {} : { 'cdk8s-spark/relaxes': [...new Set(relax)].sort().join(',') };
}

function kafkaProblems({ kafka }: SecureSparkApplicationProps): string[] {
  return kafka === undefined ? [] : networkRuleProblems('kafka', kafka);
}
