import { fieldOf, listOf, textOf } from '../../manifests/manifest-fields';
import { TEMPORARY_DIRECTORY } from '../../application/pod/automatic-directories';
import { PodView } from '../../guarantees/pod-view';
import { textEntriesOf } from '../../manifests/manifest-fields';

/** Kinds of volumes that are read-only. */
const READ_ONLY = ['configMap', 'downwardAPI', 'projected', 'secret'];
const MOUNT_KEY = /^spark\.kubernetes\.(driver|executor)\.volumes\.\w+\.[^.]+\.mount\.path$/;

/** Whether the directory for temporary files of the Spark container lies on a volume that it can write to. */
export function hasWritableTemporaryDirectory(pod: PodView, spec: unknown): boolean {
  const directories = [TEMPORARY_DIRECTORY, ...javaDirectories(pod, spec)];
  const mounted = [...mountedPaths(pod), ...configuredPaths(pod, spec)];
  return directories.some((directory) =>
    mounted.some((path) => path !== '' && (directory === path || directory.startsWith(`${path}/`))),
  );
}

function javaDirectories({ fields, role }: PodView, spec: unknown): string[] {
  return [textOf(fields, 'javaOptions'), textOf(spec, 'sparkConf', `spark.${role}.extraJavaOptions`)].flatMap(
    (options) => /-Djava\.io\.tmpdir=(\S+)/.exec(options ?? '')?.[1] ?? [],
  );
}

function mountedPaths({ containers: [spark], fields, volumes }: PodView): string[] {
  const writable = new Set(
    volumes.filter(({ kinds }) => !READ_ONLY.some((kind) => kinds.includes(kind))).map(({ name }) => name),
  );
  return [...listOf(spark.fields, 'volumeMounts'), ...listOf(fields, 'volumeMounts')]
    .filter((mount) => writable.has(textOf(mount, 'name') ?? '') && fieldOf(mount, 'readOnly') !== true)
    .map((mount) => straight(textOf(mount, 'mountPath') ?? ''));
}

/** Volumes that Spark's configuration adds. */
function configuredPaths({ role }: PodView, spec: unknown): string[] {
  return textEntriesOf(spec, 'sparkConf')
    .filter(([key]) => MOUNT_KEY.exec(key)?.[1] === role)
    .filter(([key]) => textOf(spec, 'sparkConf', key.replace(/path$/, 'readOnly')) !== 'true')
    .map(([, path]) => straight(path));
}

function straight(path: string): string {
  return path.replace(/\/+$/, '');
}
