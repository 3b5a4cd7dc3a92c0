import { holdsKey } from '../../spark/keys';
import { ISparkStorage } from '../../storage/spark-storage';
import { DriverOptions, ExecutorOptions, PodOptions } from '../pod/pod-options';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { isAtLeast } from '../../spark/spark-versions';
import { UsedStorage } from './storage-need';
import { placementOf } from '../../storage/placement';

/** The first release of Spark that comes with Hadoop 3.4. */
export const HADOOP_34_SINCE = '4.0';

/** What is wrong with an application and one of its storages together. */
export function storageProblems(
  { property, storage, roles }: UsedStorage,
  props: SecureSparkApplicationProps,
): string[] {
  const { image, jobNamespace } = props;
  const { needsHadoop34, claim } = placementOf(storage).store;
  return [
    ...(needsHadoop34 === undefined || isAtLeast(image.sparkVersion, HADOOP_34_SINCE)
      ? []
      : [
          `${property} needs Spark ${HADOOP_34_SINCE} or newer, but the image has ${image.sparkVersion}: ${needsHadoop34}; ` +
            'give a newer image, or another identity',
        ]),
    ...(claim?.namespace === undefined || claim.namespace === jobNamespace.name
      ? []
      : [
          `${property} lies on the claim "${claim.claim.name}" of namespace "${claim.namespace}", but pods can only mount those ` +
            `of their own, "${jobNamespace.name}": give a claim there`,
        ]),
    ...credentialProblems(property, storage, props),
    ...roles.flatMap((role) => roleProblems(property, role, props[role] ?? {}, storage)),
  ];
}

function roleProblems(
  property: string,
  role: SparkRole,
  options: DriverOptions & ExecutorOptions,
  storage: ISparkStorage,
): string[] {
  const { store } = placementOf(storage);
  const facts = store.identity?._facts;
  const given = variablesOf(role, options);
  const label = Object.keys(facts?.podLabels ?? {}).find((key) => options.labels?.[key] !== undefined);
  return [
    ...given
      .filter((variable) => variable in store.variables)
      .map((variable) => setBy(`${role}.env.${variable}`, property)),
    ...given
      .filter((variable) => store.credentials.includes(variable))
      .map((variable) => besideIdentity(`${role}.env.${variable}`, property, storage)),
    ...(label === undefined ? [] : [`${role}.labels "${label}" is set by the identity of ${property}; leave it out`]),
    ...(facts?.ownAccounts === true && options.serviceAccount !== undefined
      ? [
          `${role}.serviceAccount is "${options.serviceAccount.name}", but the identity of ${property}, ` +
            `CloudIdentity.${facts.kind}, gives the job accounts of its own; leave it out`,
        ]
      : []),
  ];
}

/** Credentials of the store in the configuration. */
function credentialProblems(property: string, storage: ISparkStorage, props: SecureSparkApplicationProps): string[] {
  const given = [
    ...Object.keys(props.hadoopConf ?? {}).map((key) => ({ key, place: `hadoopConf["${key}"]` })),
    ...Object.keys(props.sparkConf ?? {}).map((key) => ({
      key: key.replace(/^spark\.hadoop\./, ''),
      place: `sparkConf["${key}"]`,
    })),
  ];
  return given
    .filter(({ key }) => holdsKey(placementOf(storage).store.credentials, key))
    .map(({ place }) => besideIdentity(place, property, storage));
}

function besideIdentity(place: string, property: string, { identity }: ISparkStorage): string {
  return (
    `${place} is a credential beside the identity of ${property}, CloudIdentity.${identity?._facts.kind}; ` +
    'keep one of the two'
  );
}

/** The variables that a user gives the pods of a role. */
export function variablesOf(role: SparkRole, { env, template }: PodOptions): string[] {
  const spark = template?.spec?.containers?.find(({ name }) => name === SPARK_CONTAINER[role]);
  return [...new Set([...Object.keys(env ?? {}), ...(spark?.env ?? []).map(({ name }) => name)])];
}

/** What a user and a property of the application both set. */
export function setBy(place: string, property: string): string {
  return `${place} is set by ${property}; leave it out`;
}
