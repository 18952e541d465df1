/** The rules that classify errors until a person changes them: the first one that holds decides. */

import type { ClassRule } from './pattern';
import { ACCESS_RULES } from './rules/access';
import { CLIENT_RULES } from './rules/clients';
import { CODE_RULES } from './rules/code';
import { DATA_RULES } from './rules/data';
import { DEPLOYMENT_RULES } from './rules/deployments';
import { GENERAL_RULES } from './rules/general';
import { MACHINE_RULES } from './rules/machines';
import { NETWORK_RULES } from './rules/network';
import { PROVIDER_RULES } from './rules/providers';
import { SETTING_RULES } from './rules/settings';

/**
 * What is named by particular words comes before what is named by common ones: a limit of a provider before a status, a
 * wrong password before "could not connect", a full disk before the exception it was wrapped in.
 *
 * What the four categories mean, and how to decide between them: docs/classification.md.
 */
export const DEFAULT_RULES: readonly ClassRule[] = [
  ...PROVIDER_RULES,
  ...CLIENT_RULES,
  ...ACCESS_RULES,
  ...SETTING_RULES,
  ...DEPLOYMENT_RULES,
  ...MACHINE_RULES,
  ...NETWORK_RULES,
  ...CODE_RULES,
  ...DATA_RULES,
  ...GENERAL_RULES,
];
