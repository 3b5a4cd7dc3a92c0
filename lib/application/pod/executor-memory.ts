import { SecureSparkApplicationProps } from '../spark-application-props';
import { SparkApplicationType } from '../../spark/spark-main';

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 };

/**
 * The memory that Spark requests for executor pods in addition to heap and overhead, in MiB: off-heap memory, and that of
 * Python workers if it is limited.
 *
 * @see https://spark.apache.org/docs/latest/configuration.html#memory-management
 */
export function furtherExecutorMemory({
  main,
  sparkConf = {},
}: Pick<SecureSparkApplicationProps, 'main' | 'sparkConf'>): number {
  const offHeap =
    sparkConf['spark.memory.offHeap.enabled'] === 'true' ? mebibytes(sparkConf['spark.memory.offHeap.size'], 'b') : 0;
  const python =
    main.type === SparkApplicationType.PYTHON ? mebibytes(sparkConf['spark.executor.pyspark.memory'], 'm') : 0;
  return offHeap + python;
}

/** A size in Spark's notation, such as 512m. An invalid one counts as 0, since Spark itself refuses it. */
function mebibytes(size: string | undefined, defaultUnit: string): number {
  const [, amount, unit] = /^(\d+)([bkmgtp])?b?$/i.exec(size?.trim() ?? '') ?? [];
  return amount === undefined ? 0 : (Number(amount) * UNITS[(unit ?? defaultUnit).toLowerCase()]) / UNITS.m;
}
