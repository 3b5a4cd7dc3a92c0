import { Size, SizeRoundingBehavior } from 'cdk8s';
import { StorageUse } from '../../storage/permissions/storage-access';
import { pathProblems } from '../../storage/storage-path';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { SparkRole } from '../../spark/spark-role';
import { StorageNeed } from './storage-need';
import { placementOf } from '../../storage/placement';

const ENABLED = 'spark.eventLog.enabled';
const DIRECTORY = 'spark.eventLog.dir';
const DEFAULT_SIZE = Size.mebibytes(128);
const LEAST_MEBIBYTES = 10;

/** What is wrong with an application's event log. */
export function eventLogProblems({ eventLog, sparkConf = {} }: SecureSparkApplicationProps): string[] {
  if (eventLog === undefined) return localLogProblems(sparkConf);
  return [...pathProblems('eventLog.path', eventLog.storage, eventLog.path), ...sizeProblems(eventLog.maxFileSize)];
}

/** Without a folder Spark looks for one in /tmp that no pod has. */
function localLogProblems(sparkConf: { readonly [key: string]: string }): string[] {
  if (sparkConf[ENABLED] !== 'true' || sparkConf[DIRECTORY] !== undefined) return [];
  return [
    `sparkConf["${ENABLED}"] = "true" without "${DIRECTORY}" would look for /tmp/spark-events, which no pod has; use eventLog`,
  ];
}

function sizeProblems(size: Size | undefined): string[] {
  const mebibytes = (size ?? DEFAULT_SIZE).toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (Number.isInteger(mebibytes) && mebibytes >= LEAST_MEBIBYTES) return [];
  return [`eventLog.maxFileSize is ${mebibytes} MiB; give whole mebibytes, at least ${LEAST_MEBIBYTES}`];
}

/** The driver alone writes it. */
export function eventLogNeeds({ eventLog }: SecureSparkApplicationProps): StorageNeed[] {
  if (eventLog === undefined) return [];
  const { storage, path } = eventLog;
  return [{ property: 'eventLog', storage, grant: { path, use: StorageUse.WRITE }, roles: [SparkRole.DRIVER] }];
}

export function eventLogConfiguration({
  eventLog,
  jobNamespace,
}: SecureSparkApplicationProps): Readonly<Record<string, string>> {
  if (eventLog === undefined) return {};
  const { storage, path, maxFileSize = DEFAULT_SIZE } = eventLog;
  return {
    [ENABLED]: 'true',
    [DIRECTORY]: placementOf(storage).at(jobNamespace.name, path).location,
    'spark.eventLog.rolling.enabled': 'true',
    'spark.eventLog.rolling.maxFileSize': `${maxFileSize.toMebibytes()}m`,
  };
}
