import { mapAt, mapsAt } from '../kubernetes/cel';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { allowedBy, unlessRelaxed } from './guard-conditions';
import { LIMITS } from './guard-limits';
import { GuaranteeFinding, GuaranteeRule } from './guarantee-rule';
import { VolumeView } from './pod-view';
import { Guarantee } from './relaxation';

const code = Guarantee.NO_EXECUTOR_API_TOKEN;
/** A part of every audience of the Kubernetes API; a token for another audience is not an API token. */
const API_AUDIENCE = 'kubernetes.default';

export const NO_EXECUTOR_API_TOKEN: GuaranteeRule = {
  code,
  summary: 'executors without a token of the Kubernetes API',
  sentence: 'Executors hold no token of the Kubernetes API.',
  reason: 'They need none; whoever runs code in one could use it.',
  fix: 'Set automountServiceAccountToken to false in spec.executor.template.spec, and leave out volumes with such tokens.',
  remedy: 'leave it out',
  relaxedBy: code,
  level: PodSecurityLevel.RESTRICTED,
  check: ({ executor: { role, at, volumes }, executorsMountToken }) => {
    const finding = (path: string, message: string): GuaranteeFinding => ({ path, code, message, role });
    return [
      ...(executorsMountToken
        ? [finding(`${at}.template.spec.automountServiceAccountToken`, 'executors mount a token of the Kubernetes API')]
        : []),
      ...volumes
        .filter(holdsApiToken)
        .map((volume) => finding(volume.at, `volume "${volume.name}" holds a token of the Kubernetes API`)),
    ];
  },
  guard: {
    topic: 'hardening',
    name: 'executorToken',
    offenders: `
      ${unlessRelaxed(code)}
        ? (has(variables.executorPod.automountServiceAccountToken) && variables.executorPod.automountServiceAccountToken != false
            ? [variables.executorAt + '.template.spec.automountServiceAccountToken'] : []) +
          variables.volumes
            .filter(v, !v.at.startsWith(variables.driverAt))
            .filter(v, ${mapsAt(mapAt('v.it', 'projected'), 'sources', LIMITS.items)}.exists(s,
              has(s.serviceAccountToken) && !(
                type(s.serviceAccountToken) == map && has(s.serviceAccountToken.audience) &&
                type(s.serviceAccountToken.audience) == string && s.serviceAccountToken.audience != '' &&
                !s.serviceAccountToken.audience.contains('${API_AUDIENCE}')
              )))
            .map(v, v.at)
        : []`,
    refusal: 'gives executors a token of the Kubernetes API',
    remedy: `leave it out, or let the owner of the namespace allow ${allowedBy(code)}`,
  },
};

function holdsApiToken({ tokens }: VolumeView): boolean {
  return tokens.some(({ audience = '' }) => audience === '' || audience.includes(API_AUDIENCE));
}
