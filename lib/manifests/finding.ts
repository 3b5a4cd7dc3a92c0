import { readManifests, SourcedManifest } from './manifest-source';

/** A manifest and the file that it stands in. */
export interface FiledManifest extends SourcedManifest {
  readonly path: string;
}

/** A place in a manifest that breaks a rule, with what is wrong there: `spec.image: the image "x" has no tag`. */
export interface Finding {
  readonly manifest: FiledManifest;
  readonly location: string;
}

/** The manifests of some files, and what could not be read of them. */
export function readFiledManifests(paths: readonly string[]): { manifests: FiledManifest[]; unread: Finding[] } {
  const files = paths.map((path) => ({ path, ...readManifests([path]) }));
  return {
    manifests: files.flatMap(({ path, manifests }) => manifests.map((manifest) => ({ ...manifest, path }))),
    unread: files.flatMap(({ path, problems }) => {
      const file = { path, source: path, manifest: {} };
      return problems.map((location) => ({ manifest: file, location }));
    }),
  };
}
