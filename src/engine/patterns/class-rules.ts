/** The rules that classify errors until a person changes them: the first one that holds decides. */

import type { ClassRule } from './pattern';
import { CODE_RULES } from './rules-code';
import { CONFIGURATION_RULES } from './rules-configuration';
import { EXTERNAL_RULES } from './rules-external';
import { GENERAL_RULES } from './rules-general';
import { INFRASTRUCTURE_RULES } from './rules-infrastructure';

/**
 * What is named by particular words comes before what is named by common ones: a limit of a provider before a status, a
 * wrong password before "could not connect", a full disk before the exception it was wrapped in.
 *
 * What the four categories mean, and how to decide between them: docs/classification.md.
 */
export const DEFAULT_RULES: readonly ClassRule[] = [
  ...EXTERNAL_RULES,
  ...CONFIGURATION_RULES,
  ...INFRASTRUCTURE_RULES,
  ...CODE_RULES,
  ...GENERAL_RULES,
];
