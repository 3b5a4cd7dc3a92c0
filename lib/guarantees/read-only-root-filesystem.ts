import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { allowedBy, contextRule, unlessRelaxed } from './guard-conditions';
import { containerFindings, faultsIf, GuaranteeRule } from './guarantee-rule';
import { Guarantee } from './relaxation';

const code = Guarantee.READ_ONLY_ROOT_FILESYSTEM;

export const READ_ONLY_ROOT_FILESYSTEM: GuaranteeRule = {
  code,
  summary: 'read-only root file system',
  sentence: 'Every container has a read-only root file system.',
  reason: 'Whoever runs code in a container could change its programs.',
  fix: 'Set securityContext.readOnlyRootFilesystem to true, and mount volumes where the container writes.',
  remedy: 'use writableDirectories',
  relaxedBy: code,
  level: PodSecurityLevel.RESTRICTED,
  check: (application) =>
    containerFindings(application, code, ({ securityContext }) =>
      faultsIf([securityContext?.readOnlyRootFilesystem !== true, 'can write to its root file system']),
    ),
  guard: contextRule({
    name: 'readOnlyRoot',
    condition: unlessRelaxed(code),
    fault: '!has(c.it.readOnlyRootFilesystem) || c.it.readOnlyRootFilesystem != true',
    refusal: 'can write to its root file system',
    remedy: `set securityContext.readOnlyRootFilesystem to true, or let the owner of the namespace allow ${allowedBy(code)}`,
  }),
};
