import { RELAXABLE_GUARANTEES } from '../guarantees/all-guarantees';
import { applicationView } from '../guarantees/application-view';
import { allowedBy } from '../guarantees/guard-conditions';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { RenderedApplication } from './application-spec';
import { ResolvedApplication } from './resolved-application';

/**
 * Why the admission guard of a restricted namespace will refuse a plain application: there the guard requires the guarantees of
 * secure applications from all applications, unless the namespace allows relaxing them.
 */
export function guardRefusals({ jobNamespace, profile }: ResolvedApplication, { spec }: RenderedApplication): string[] {
  const { name, podSecurity, allowed } = jobNamespace;
  if (profile.isHardened || podSecurity !== PodSecurityLevel.RESTRICTED) return [];
  const view = applicationView({ kind: 'SparkApplication', metadata: { namespace: name }, spec });
  return RELAXABLE_GUARANTEES.flatMap(({ relaxedBy, guard, check }) => {
    const isAllowed = allowed.some(({ guarantee }) => guarantee === relaxedBy);
    if (relaxedBy === undefined || guard === undefined || isAllowed) return [];
    return check(view, podSecurity).map(
      ({ role, message }) =>
        `${role === undefined ? '' : `${role}: `}${message}; the admission guard of the restricted namespace "${name}" refuses ` +
        `it: use SecureSparkApplication, or add ${allowedBy(relaxedBy)} to the namespace's allow, with its reason`,
    );
  });
}
