import { textOf } from '../manifests/manifest-fields';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { GuaranteeRule } from './guarantee-rule';
import { Guarantee } from './relaxation';

const code = Guarantee.ENCRYPTION;
const KEYS = ['spark.authenticate', 'spark.network.crypto.enabled', 'spark.io.encryption.enabled'];

export const ENCRYPTION: GuaranteeRule = {
  code,
  summary: 'traffic and spills authenticated and encrypted',
  sentence: 'Traffic between driver and executors and what they spill is authenticated and encrypted.',
  reason: 'Another pod could join the job as an executor, or read its data on the way and on the disk of the node.',
  fix: 'Set spark.authenticate, spark.network.crypto.enabled and spark.io.encryption.enabled to "true" in sparkConf.',
  relaxedBy: code,
  level: PodSecurityLevel.RESTRICTED,
  check: ({ spec, at }) =>
    KEYS.filter((key) => textOf(spec, 'sparkConf', key) !== 'true').map((key) => ({
      path: `${at}.sparkConf["${key}"]`,
      code,
      message: 'is not "true"',
    })),
  unguarded:
    "a job without it endangers its own data alone, and network policies keep other namespaces' pods from it anyway",
};
