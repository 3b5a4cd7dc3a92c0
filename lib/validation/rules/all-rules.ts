import { ValidationRule } from '../rule';
import { CONFIGURATION_RULES } from './configuration-rules';
import { FIELD_RULES } from './field-rules';
import { GUARANTEE_RULES } from './guarantee-rules';
import { IDENTITY_RULES } from './identity-rules';
import { NAME_RULES } from './name-rules';
import { NAMESPACE_RULES } from './namespace-rules';
import { POD_RULES } from './pod-rules';
import { REFERENCE_RULES } from './reference-rules';
import { ROLE_RULES } from './role-rules';

/** Every rule, in the order of the report. */
export const RULES: readonly ValidationRule[] = [
  ...IDENTITY_RULES,
  ...ROLE_RULES,
  ...GUARANTEE_RULES,
  ...POD_RULES,
  ...CONFIGURATION_RULES,
  ...REFERENCE_RULES,
  ...NAMESPACE_RULES,
  ...NAME_RULES,
  ...FIELD_RULES,
];
