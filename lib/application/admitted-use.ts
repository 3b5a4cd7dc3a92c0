import { RenderedApplication } from './application-spec';
import { AdmissionLists } from '../job-namespace/admission/admission';
import { imageRepository } from '../kubernetes/image-reference';
import { KeyList } from '../spark/key-list';
import { SAFE_HADOOP_CONF, SAFE_SPARK_CONF, settingLine } from '../spark/safe-configuration';
import { FREE_KUBERNETES_KEYS } from '../spark/kubernetes-keys';

const HADOOP_PREFIX = 'spark.hadoop.';
/** The library sets this key to a folder that follows from the application's name, so the guard can check it. */
const KNOWN_SETTINGS = ['spark.jars.ivy'];
const ORDINARY_SPARK_CONF = new KeyList([...SAFE_SPARK_CONF, ...FREE_KUBERNETES_KEYS, ...KNOWN_SETTINGS]);
const ORDINARY_HADOOP_CONF = new KeyList(SAFE_HADOOP_CONF);

/** What an application uses that the admission guard admits only where the namespace names it. */
export function admittedUse({ spec, driver, executor }: RenderedApplication): AdmissionLists[] {
  const { deps = {}, sparkConf = {}, hadoopConf = {} } = spec;
  const files = [
    spec.mainApplicationFile,
    ...[deps.jars, deps.files, deps.pyFiles, deps.archives].flatMap((list) => list ?? []),
  ];
  const hadoop = Object.entries(hadoopConf);
  const spark = Object.entries(sparkConf).filter(([key, value]) => {
    if (!key.startsWith(HADOOP_PREFIX)) return true;
    hadoop.push([key.slice(HADOOP_PREFIX.length), value]);
    return false;
  });
  return [
    {
      'file-schemes': files.map((file) => file.split('://')[0]),
      packages: deps.packages ?? [],
      'spark-settings': settings(spark, ORDINARY_SPARK_CONF),
      'hadoop-settings': settings(hadoop, ORDINARY_HADOOP_CONF),
      images: spec.image === undefined ? [] : [imageRepository(spec.image)],
      secrets: spec.imagePullSecrets ?? [],
    },
    driver.frame.use,
    executor.frame.use,
  ];
}

function settings(entries: readonly [string, string][], ordinary: KeyList): string[] {
  return entries
    .filter(([key, value]) => !ordinary.has(key) || value.includes('${'))
    .map(([key, value]) => settingLine(key, value));
}
