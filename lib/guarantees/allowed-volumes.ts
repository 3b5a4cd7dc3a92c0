import { texts } from '../kubernetes/cel';
import { SAFE_VOLUMES } from '../kubernetes/pod-fields';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { textEntriesOf } from '../manifests/manifest-fields';
import { ApplicationView, podsOf } from './application-view';
import { DemandingLevel, GuaranteeFinding, GuaranteeRule } from './guarantee-rule';

const code = 'allowed-volumes';
/** Kinds that Pod Security `restricted` allows; the guard admits inline CSI volumes only of drivers that the namespace names. */
const RESTRICTED_VOLUMES = [...SAFE_VOLUMES, 'csi'];
/** Keys of Spark's configuration that add volumes to the pods of a role. */
const CONFIGURED = /^spark\.kubernetes\.(driver|executor)\.volumes\.(?<kind>\w+)\.(?<name>[^.]+)\./;

export const ALLOWED_VOLUMES: GuaranteeRule = {
  code,
  summary: 'no directories of the node',
  sentence: 'No pod mounts a directory of its node, or a volume of a kind that Pod Security forbids.',
  reason: 'Whoever reaches the files of a node reaches the pods of all teams on it.',
  fix: 'Use an emptyDir or a volume claim.',
  level: PodSecurityLevel.BASELINE,
  check: (application, level) => [
    ...podsOf(application).flatMap(({ role, volumes }) =>
      volumes.flatMap(({ name, at, kinds }) =>
        kinds.flatMap((kind) => volumeFindings({ path: at, name, kind }, level).map((found) => ({ ...found, role }))),
      ),
    ),
    ...configuredVolumes(application).flatMap((volume) => volumeFindings(volume, level)),
  ],
  guard: {
    topic: 'pods',
    name: 'volumeKinds',
    offenders: `
      variables.volumes
        .filter(v, !v.it.all(k, k == 'name'
          ? type(v.it.name) == string && v.it.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')
          : (k in ${texts(SAFE_VOLUMES)} || k in variables.volumeKinds) && type(v.it[k]) == map))
        .map(v, v.at)`,
    refusal: 'is of a kind that the namespace does not allow, or has no proper name',
    remedy:
      'use an emptyDir, a claim or a ConfigMap, or let the owner of the namespace add the kind to admission.volumeKinds',
  },
};

interface Volume {
  readonly path: string;
  readonly name: string;
  readonly kind: string;
}

function volumeFindings({ path, name, kind }: Volume, level: DemandingLevel): GuaranteeFinding[] {
  if (kind === 'hostPath') return [{ path, code, message: `volume "${name}" is a hostPath` }];
  if (level === PodSecurityLevel.BASELINE || RESTRICTED_VOLUMES.includes(kind)) return [];
  return [{ path, code, message: `volume "${name}" is of kind ${kind}` }];
}

function configuredVolumes({ spec, at }: ApplicationView): Volume[] {
  return textEntriesOf(spec, 'sparkConf').flatMap(([key]) => {
    const { kind, name } = CONFIGURED.exec(key)?.groups ?? {};
    return kind === undefined || name === undefined ? [] : [{ path: `${at}.sparkConf["${key}"]`, name, kind }];
  });
}
