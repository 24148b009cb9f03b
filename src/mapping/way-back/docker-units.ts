import { parseQuantity } from '../../kubernetes/quantity.ts';

const nano = 1_000_000_000n;
const units = ['', 'k', 'm', 'g', 't'];

/**
 * An amount of memory as docker writes it: `512Mi` → `512m`, since docker's letters count in 1024
 * (https://docs.docker.com/engine/containers/resource_constraints/).
 *
 * @returns nothing when it is no quantity
 */
export function dockerBytes(quantity: string): string[] {
  const amount = parseQuantity(quantity);
  if (amount === undefined || amount <= 0n) return [];
  let bytes = (amount + nano - 1n) / nano;
  let unit = 0;
  while (bytes % 1024n === 0n && unit < units.length - 1) {
    bytes /= 1024n;
    unit += 1;
  }
  return [`${bytes}${units[unit]}`];
}

/**
 * A number of processors as docker writes it: `250m` → `0.25`.
 *
 * @returns nothing when it is no quantity
 */
export function cpuCount(quantity: string): string[] {
  const amount = parseQuantity(quantity);
  if (amount === undefined || amount <= 0n) return [];
  const fraction = (amount % nano).toString().padStart(9, '0').replace(/0+$/, '');
  return [fraction === '' ? `${amount / nano}` : `${amount / nano}.${fraction}`];
}
