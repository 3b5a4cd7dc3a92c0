import { findingText } from './finding-codes';
import { readManifests, SourcedManifest } from './manifest-source';

/** A manifest and the file that it stands in. */
export interface FiledManifest extends SourcedManifest {
  readonly path: string;
}

/** A place in a manifest that breaks a rule, with what is wrong there: `spec.image: the image "x" has no tag`. */
export interface Finding {
  readonly manifest: FiledManifest;
  readonly location: string;
  /** What kind of fault it is, where the rule finds several. */
  readonly code?: string;
}

/** The manifests of some files, and what could not be read of them. */
export function readFiledManifests(paths: readonly string[]): { manifests: FiledManifest[]; unread: Finding[] } {
  const files = paths.map((path) => ({ path, ...readManifests([path]) }));
  return {
    manifests: files.flatMap(({ path, manifests }) => manifests.map((manifest) => ({ ...manifest, path }))),
    unread: files.flatMap(({ path, findings }) => {
      const file = { path, source: path, manifest: {} };
      return findings.map((finding) => ({ manifest: file, location: findingText(finding), code: finding.code }));
    }),
  };
}
