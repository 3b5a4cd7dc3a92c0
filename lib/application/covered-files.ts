import { k8s } from 'cdk8s-plus-28';
import { LOCAL_DIRECTORY_PATH } from '../storage/local-directories';
import { RolePod } from './role-pod';
import { SecureSparkApplicationProps } from './spark-application-props';
import { localDependencyPaths } from './spark-dependencies';
import { SPARK_CONTAINER } from './spark-role';

/** A volume that starts empty hides the files of the image below it. */
export function coveredFileProblems(
  props: Pick<SecureSparkApplicationProps, 'main' | 'dependencies'>,
  pods: readonly RolePod[],
): string[] {
  const main = props.main._localPath;
  const files = [...(main === undefined ? [] : [main]), ...localDependencyPaths(props.dependencies)];
  return files.flatMap((file) => {
    const cover = pods.map((pod) => emptyCover(pod, file)).find((directory) => directory !== undefined);
    if (cover === undefined) return [];
    return [
      `local://${file} lies under ${cover}, where an empty volume covers what the image has; ` +
        'put it elsewhere in the image, such as /opt/app',
    ];
  });
}

/** The innermost mount above a file, if its volume starts empty. */
function emptyCover({ role, template, directories }: RolePod, file: string): string | undefined {
  const spark = template.spec?.containers.find(({ name }) => name === SPARK_CONTAINER[role]);
  const empty = emptyVolumes(template);
  const mounts = [
    ...(spark?.volumeMounts ?? []).map(({ name, mountPath }) => ({ path: mountPath, isEmpty: empty.has(name) })),
    ...(directories.claimedOnDemand === undefined ? [] : [{ path: LOCAL_DIRECTORY_PATH, isEmpty: true }]),
  ];
  const [innermost] = mounts
    .map(({ path, isEmpty }) => ({ path: path.replace(/\/+$/, ''), isEmpty }))
    .filter(({ path }) => file === path || file.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  return innermost?.isEmpty === true ? innermost.path : undefined;
}

/** Volumes that start empty and that no init container fills. */
function emptyVolumes(template: k8s.PodTemplateSpec): Set<string> {
  const filled = new Set(
    (template.spec?.initContainers ?? []).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)),
  );
  const volumes = template.spec?.volumes ?? [];
  return new Set(
    volumes
      .filter(({ name, emptyDir, ephemeral }) => (emptyDir ?? ephemeral) !== undefined && !filled.has(name))
      .map(({ name }) => name),
  );
}
