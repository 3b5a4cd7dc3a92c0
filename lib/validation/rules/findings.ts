import { Manifest } from '../../manifests/manifest-source';

import { podsOf } from '../../guarantees/application-view';
import { PodView } from '../../guarantees/pod-view';
import { ValidatedApplication } from '../validated-application';
import { Finding } from '../../manifests/finding';
import { ValidatedProgram } from '../validated-program';

/** What a check finds in each manifest of some kinds. */
export function inManifests(
  { manifestsByKind }: ValidatedProgram,
  kinds: readonly string[],
  check: (manifest: Manifest) => string[],
): Finding[] {
  return kinds
    .flatMap((kind) => manifestsByKind.get(kind) ?? [])
    .flatMap((source) => check(source.manifest).map((location) => ({ manifest: source, location })));
}

/** What a check finds in each application. What both roles have in common is reported once. */
export function inApplications(
  { applications }: ValidatedProgram,
  check: (application: ValidatedApplication) => string[],
): Finding[] {
  return applications.flatMap((application) =>
    [...new Set(check(application))].map((location) => ({ manifest: application.source, location })),
  );
}

/** What a check finds in the pods of each application. */
export function inPods(
  program: ValidatedProgram,
  check: (pod: PodView, application: ValidatedApplication) => string[],
): Finding[] {
  return inApplications(program, (application) => podsOf(application).flatMap((pod) => check(pod, application)));
}
