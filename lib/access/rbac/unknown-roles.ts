import { AccessSubject } from './access-question';
import { BUILT_IN_ROLES } from './built-in-roles';
import { SourcedManifest } from '../../manifests/manifest-source';
import { describeObject, roleOf } from './rbac-objects';
import { RbacReader } from './rbac-reader';
import { subjectKey } from './rbac-subjects';

/** A role that a binding gives and that no manifest has. */
export interface UnknownRole {
  readonly role: string;
  readonly binding: string;
  /** Where the binding stands. */
  readonly source: string;
  /** Where the role is given; `''` is everywhere. */
  readonly namespace: string;
}

/** The roles that these subjects are bound to and whose rules nobody knows. */
export function unknownRoles(manifests: readonly SourcedManifest[], subjects: readonly AccessSubject[]): UnknownRole[] {
  const { roles, bindings } = new RbacReader(manifests);
  const known = new Set([...roles, ...BUILT_IN_ROLES].map(describeObject));
  const keys = new Set(subjects.map(subjectKey));
  return bindings
    .filter((binding) => binding.subjects.some((subject) => keys.has(subjectKey(subject))))
    .map((binding) => ({
      role: describeObject(roleOf(binding)),
      binding: describeObject(binding),
      source: binding.source,
      namespace: binding.namespace,
    }))
    .filter(({ role }) => !known.has(role));
}
