import { deviceFlags } from './device-flags.ts';
import { dnsFlags } from './dns-flags.ts';
import { environmentFlags } from './environment-flags.ts';
import type { FlagRule } from './flag-rule.ts';
import { healthFlags } from './health-flags.ts';
import { imageFlags } from './image-flags.ts';
import { lifecycleFlags } from './lifecycle-flags.ts';
import { loggingFlags } from './logging-flags.ts';
import { metadataFlags } from './metadata-flags.ts';
import { namespaceFlags } from './namespace-flags.ts';
import { networkFlags } from './network-flags.ts';
import { portFlags } from './port-flags.ts';
import { resourceFlags } from './resource-flags.ts';
import { securityFlags } from './security-flags.ts';
import { terminalFlags } from './terminal-flags.ts';
import { volumeFlags } from './volume-flags.ts';

/** A rule for each flag of `docker run` and `docker create`, hidden ones too, in families. */
export const flagRules: readonly FlagRule[] = [
  ...terminalFlags,
  ...imageFlags,
  ...lifecycleFlags,
  ...portFlags,
  ...volumeFlags,
  ...environmentFlags,
  ...resourceFlags,
  ...deviceFlags,
  ...securityFlags,
  ...namespaceFlags,
  ...networkFlags,
  ...dnsFlags,
  ...healthFlags,
  ...metadataFlags,
  ...loggingFlags,
];

const byFlag = new Map(flagRules.map((rule) => [rule.flag, rule]));

/** The rule of a flag, by its long name. */
export function flagRule(flag: string): FlagRule | undefined {
  return byFlag.get(flag);
}
