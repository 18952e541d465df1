/** The rules that classify errors until a person changes them: the first one that holds decides. */

import type { ClassRule } from './pattern';
import { ACCESS_RULES } from './rules/access';
import { CLIENT_RULES } from './rules/clients';
import { CLUSTER_RULES } from './rules/clusters';
import { CODE_RULES } from './rules/code';
import { CONNECTION_RULES } from './rules/connections';
import { DATA_RULES } from './rules/data';
import { DEPLOYMENT_RULES } from './rules/deployments';
import { DATA_FORM_RULES } from './rules/data-form';
import { GENERAL_RULES } from './rules/general';
import { HARDWARE_RULES } from './rules/hardware';
import { LANGUAGE_RULES } from './rules/languages';
import { LOGIN_RULES } from './rules/logins';
import { MACHINE_RULES } from './rules/machines';
import { MAIL_RULES } from './rules/mail';
import { NETWORK_RULES } from './rules/network';
import { PEER_RULES } from './rules/peers';
import { PLAIN_WORD_RULES } from './rules/plain-words';
import { PROVIDER_CODE_RULES } from './rules/provider-codes';
import { PROVIDER_RULES } from './rules/providers';
import { REQUEST_RULES } from './rules/requests';
import { SETTING_RULES } from './rules/settings';
import { STATUS_RULES } from './rules/statuses';
import { THIRD_PARTY_RULES } from './rules/third-parties';
import { UNWANTED_RULES } from './rules/unwanted';

/**
 * What is named by particular words comes before what is named by common ones: a limit of a provider before a status, a
 * wrong password before "could not connect", a full disk before the exception it was wrapped in. The last lists go by words
 * that many messages have, so that few get no answer; harmless messages get none.
 *
 * What the four categories mean, and how to decide between them: docs/classification.md.
 */
export const DEFAULT_RULES: readonly ClassRule[] = [
  ...PROVIDER_RULES,
  ...LOGIN_RULES,
  ...CLIENT_RULES,
  ...UNWANTED_RULES,
  ...PEER_RULES,
  ...MAIL_RULES,
  ...ACCESS_RULES,
  ...SETTING_RULES,
  ...DEPLOYMENT_RULES,
  ...MACHINE_RULES,
  ...THIRD_PARTY_RULES,
  ...PROVIDER_CODE_RULES,
  ...CONNECTION_RULES,
  ...NETWORK_RULES,
  ...CODE_RULES,
  ...DATA_RULES,
  ...REQUEST_RULES,
  ...LANGUAGE_RULES,
  ...DATA_FORM_RULES,
  ...HARDWARE_RULES,
  ...CLUSTER_RULES,
  ...STATUS_RULES,
  ...PLAIN_WORD_RULES,
  ...GENERAL_RULES,
];
