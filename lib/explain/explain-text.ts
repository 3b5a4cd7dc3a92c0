import { textOf } from '../manifests/manifest-fields';
import { Manifest } from '../manifests/manifest-source';
import { explainAdmissionPolicies } from './admission-policy';
import { applicationsIn, explainState, statusMessages } from './application-status';
import { explainCloudStorage } from './cloud-storage';
import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';
import { explainForbidden } from './forbidden';
import { forbiddenRequests } from './forbidden-message';
import { explainKnownFailures } from './known-failure';
import { explainPodSecurity } from './pod-security';
import { squeeze } from './squeezed-text';
import { explainWebhooks } from './webhook';

/**
 * Every known problem in a text.
 *
 * @param text a message, a log, or an application with its status
 * @param program the manifests that say who is who and what is intended; it may be empty
 * @param namespace the namespace of requests whose text does not name one
 */
export function explainText(text: string, program: ExplainedProgram, namespace?: string): Explanation[] {
  const applications = applicationsIn(text);
  if (applications.length === 0) return explainMessages([text], program, namespace);
  return distinct(applications.flatMap((application) => explainApplication(application, [], program)));
}

/** Every problem that is known of an application; its specification may hold any text, so only its status is read. */
export function explainApplication(
  application: Manifest,
  messages: readonly string[],
  program: ExplainedProgram,
): Explanation[] {
  const namespace = textOf(application, 'metadata', 'namespace');
  const explained = explainMessages([...statusMessages(application), ...messages], program, namespace);
  return explained.length > 0 ? explained : explainState(application, program);
}

/** Messages that belong together; what says little counts only where none says more. */
function explainMessages(messages: readonly string[], program: ExplainedProgram, namespace?: string): Explanation[] {
  const texts = messages.map((original) => ({ original, squeezed: squeeze(original) }));
  const specific = texts.flatMap(({ original, squeezed }) => [
    ...forbiddenRequests(squeezed).map((request) => explainForbidden(request, program, squeezed, namespace)),
    ...explainPodSecurity(squeezed, program),
    ...explainAdmissionPolicies(squeezed, program, original),
    ...explainWebhooks(squeezed, original),
    ...explainCloudStorage(squeezed, program, false),
    ...explainKnownFailures(squeezed, false),
  ]);
  if (specific.length > 0) return distinct(specific);
  return distinct(
    texts.flatMap(({ squeezed }) => [
      ...explainCloudStorage(squeezed, program, true),
      ...explainKnownFailures(squeezed, true),
    ]),
  );
}

function distinct(explanations: readonly Explanation[]): Explanation[] {
  return [...new Map(explanations.map((explanation) => [JSON.stringify(explanation), explanation])).values()];
}
