import { RolePod } from '../pod/role-pod';
import { SecureSparkApplicationProps } from '../spark-application-props';
import { localDependencyPaths } from './spark-dependencies';

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
function emptyCover({ shape: { mounts } }: RolePod, file: string): string | undefined {
  const [innermost] = mounts
    .filter(({ path }) => file === path || file.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  return innermost?.isEmpty === true ? innermost.path : undefined;
}
