import { RolePod } from '../pod/role-pod';
import { ResolvedApplication } from '../resolved-application';
import { localDependencyPaths } from './spark-dependencies';

/** Files of the image that an empty volume would hide. */
export function coveredFileProblems({ main, dependencies }: ResolvedApplication, pods: readonly RolePod[]): string[] {
  const own = main._localPath;
  const files = [...(own === undefined ? [] : [own]), ...localDependencyPaths(dependencies)];
  return files.flatMap((file) => {
    const cover = pods.map((pod) => emptyCover(pod, file)).find((directory) => directory !== undefined);
    if (cover === undefined) return [];
    return [
      `local://${file} lies under ${cover}, where an empty volume covers what the image has; ` +
        `put it elsewhere in the image, such as ${freeFolder(pods)}`,
    ];
  });
}

/** A folder for programs that is not below a volume. */
function freeFolder(pods: readonly RolePod[]): string {
  const free = ['/opt/app', '/opt/job', '/srv/app', '/home/app'].find((folder) =>
    pods.every((pod) => emptyCover(pod, `${folder}/file`) === undefined),
  );
  return free ?? 'a folder that no volume covers';
}

/** The innermost mount that contains a file, if its volume starts empty. */
function emptyCover({ frame }: RolePod, file: string): string | undefined {
  const [innermost] = frame.mounts
    .filter(({ path }) => file === path || file.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  return innermost?.isEmpty === true ? innermost.path : undefined;
}
