import { mapAt } from '../kubernetes/cel';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { AT_LEVEL } from './guard-conditions';
import { GuaranteeRule, podFindings } from './guarantee-rule';

const code = 'app-armor-annotations';
const PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const PROFILE = '^(runtime/default|localhost/.*)?$';

export const APP_ARMOR_ANNOTATIONS: GuaranteeRule = {
  code,
  summary: "AppArmor of the node's runtime",
  sentence: 'No annotation takes a container out of AppArmor.',
  reason: 'AppArmor keeps what runs in a container from files and calls of the node.',
  fix: `Leave out annotations that begin with ${PREFIX}.`,
  level: PodSecurityLevel.BASELINE,
  check: (application) =>
    podFindings(application, code, ({ at, annotations }) =>
      Object.entries(annotations)
        .filter(([key, value]) => key.startsWith(PREFIX) && !new RegExp(PROFILE).test(value))
        .map(([key, value]) => ({ path: at, message: `annotation ${key} is "${value}"` })),
    ),
  guard: {
    topic: 'hardening',
    name: 'appArmorAnnotations',
    offenders: ['driver', 'executor']
      .map(
        (role) => `
          (${AT_LEVEL[PodSecurityLevel.BASELINE]}
            ? [
                ${mapAt(mapAt(`variables.${role}Template`, 'metadata'), 'annotations')},
                ${mapAt(`variables.${role}`, 'annotations')}
              ]
                .filter(a, a.exists(k, k.startsWith('${PREFIX}') &&
                  !(type(a[k]) == string && a[k].matches('${PROFILE}'))))
                .map(a, variables.${role}At + ' annotations')
            : [])`,
      )
      .join(' + '),
    refusal: 'turn AppArmor off',
    remedy: `leave out the annotation ${PREFIX}`,
  },
};
