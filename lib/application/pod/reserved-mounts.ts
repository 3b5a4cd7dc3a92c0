import { k8s } from 'cdk8s-plus-28';
import {
  ENTRYPOINT,
  MOUNTED_BY_SPARK,
  PROGRAMS_OF_SPARK,
  TOKEN_DIRECTORY,
  VOLUMES_OF_SPARK,
} from '../../spark/spark-paths';
import { SPARK_CONTAINER, SparkRole } from '../../spark/spark-role';
import { emptyVolumes } from './spark-mounts';

/** Every container needs its own of these directories. */
const KERNEL = ['/', '/dev', '/proc', '/sys'];

/** Mounts of the Spark container at Spark's own paths or over its programs, and volumes with names that Spark uses. */
export function reservedMountProblems(role: SparkRole, template: k8s.PodTemplateSpec): string[] {
  const volumes = template.spec?.volumes ?? [];
  const spark = template.spec?.containers.find(({ name }) => name === SPARK_CONTAINER[role]);
  const empty = emptyVolumes(template);
  const mounts = (spark?.volumeMounts ?? []).flatMap((mount) => {
    const volume = volumes.find(({ name }) => name === mount.name);
    const path = mount.mountPath.replace(/(.)\/+$/, '$1');
    const problem = mountProblem({ role, path, mount, volume, isEmpty: empty.has(mount.name) });
    return problem === undefined ? [] : [`${role}: volume "${mount.name}" is mounted at ${path}, ${problem}`];
  });
  const names = volumes
    .filter(({ name }) => VOLUMES_OF_SPARK.includes(name))
    .map(({ name }) => `${role}: volume "${name}" has the name of a volume that Spark adds; give it another name`);
  return [...mounts, ...names];
}

interface Mount {
  readonly role: SparkRole;
  readonly path: string;
  readonly mount: k8s.VolumeMount;
  readonly volume?: k8s.Volume;
  readonly isEmpty: boolean;
}

function mountProblem({ role, path, mount, volume, isEmpty }: Mount): string | undefined {
  const own = MOUNTED_BY_SPARK.find(
    (one) => one.roles.includes(role) && (path === one.path || path.startsWith(`${one.path}/`)),
  );
  if (own !== undefined) return `where Spark mounts ${own.what}; ${own.remedy}`;
  if (KERNEL.includes(path)) return 'which every container has of its own; mount it elsewhere, such as at /data';
  const isFile = mount.subPath !== undefined || mount.subPathExpr !== undefined;
  if (path === ENTRYPOINT && !isFile) {
    return 'which is the file that starts Spark; mount one file there with subPath, or put it into the image';
  }
  if (PROGRAMS_OF_SPARK.includes(path) && (isEmpty || isOfTheApi(volume))) {
    return "where it hides Spark's own files; mount it elsewhere, such as at /opt/job, or fill it in an init container";
  }
  if (path === TOKEN_DIRECTORY && !holdsToken(volume)) {
    return "where Kubernetes mounts the token of the pod's account; mount it elsewhere";
  }
  return undefined;
}

/** Whether the files of a volume come from the Kubernetes API, so that it cannot contain Spark. */
function isOfTheApi(volume: k8s.Volume | undefined): boolean {
  return (volume?.configMap ?? volume?.secret ?? volume?.downwardApi ?? volume?.projected) !== undefined;
}

function holdsToken(volume: k8s.Volume | undefined): boolean {
  return (volume?.projected?.sources ?? []).some(({ serviceAccountToken }) => serviceAccountToken !== undefined);
}
