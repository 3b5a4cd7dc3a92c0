import { ApplicationView, applicationView, ViewOptions } from '../guarantees/application-view';
import { FiledManifest } from '../manifests/finding';
import { isComplete } from './application-schema';
import { isApplication } from '../manifests/manifest-names';

/** An application of any of the three kinds, and the file that it stands in. */
export interface ValidatedApplication extends ApplicationView {
  readonly source: FiledManifest;
}

export function applicationsOf(manifests: readonly FiledManifest[], options: ViewOptions): ValidatedApplication[] {
  return (
    manifests
      // Of one without name and specification nothing else can be said; a rule names it.
      .filter(({ manifest }) => isApplication(manifest) && isComplete(manifest))
      .map((source) => ({ source, ...applicationView(source.manifest, options) }))
  );
}
