import { type PathTable, pathTable } from '../../docker/compose/path-table.ts';
import { dependencyKeys } from './dependency-keys.ts';
import { deployKeys } from './deploy-keys.ts';
import { environmentKeys } from './environment-keys.ts';
import { fileKeys } from './file-keys.ts';
import { healthKeys } from './health-keys.ts';
import { imageKeys } from './image-keys.ts';
import type { KeyRule } from './key-rule.ts';
import { lifecycleKeys } from './lifecycle-keys.ts';
import { networkKeys } from './network-keys.ts';
import { otherKeys } from './other-keys.ts';
import { portKeys } from './port-keys.ts';
import { runKeys } from './run-keys.ts';
import { volumeKeys } from './volume-keys.ts';

/** A rule for each key that a service can have, in families. */
export const serviceRules: readonly KeyRule[] = [
  ...imageKeys,
  ...environmentKeys,
  ...portKeys,
  ...volumeKeys,
  ...fileKeys,
  ...networkKeys,
  ...dependencyKeys,
  ...healthKeys,
  ...lifecycleKeys,
  ...deployKeys,
  ...runKeys,
  ...otherKeys,
];

/** The same, by the path of the key. */
export const serviceTable: PathTable<KeyRule> = pathTable(
  Object.fromEntries(serviceRules.map((rule) => [rule.key, rule])),
);

const byKey = new Map(serviceRules.map((rule) => [rule.key, rule]));

/** The rule of a key, by its path. */
export function serviceRule(key: string): KeyRule | undefined {
  return byKey.get(key);
}
