import { parseQuantity } from './quantity.ts';

/** How a quantity is written: in powers of 1024, of 1000, or with an exponent. */
export type QuantityForm = 'binary' | 'decimal' | 'exponent';

const nano = 1_000_000_000n;
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** How a quantity is written. */
export function quantityForm(text: string): QuantityForm {
  if (/i$/.test(text)) return 'binary';
  return /[eE][+-]?\d+$/.test(text) ? 'exponent' : 'decimal';
}

/**
 * An amount in the largest unit that leaves a whole number (k8s.io/apimachinery/pkg/api/resource,
 * Quantity.CanonicalizeBytes).
 *
 * @param amount in billionths
 */
export function quantityText(amount: bigint, form: QuantityForm): string {
  if (amount === 0n) return '0';
  if (amount < 0n) return `-${quantityText(-amount, form)}`;
  if (form === 'binary' && amount >= 1024n * nano) {
    const { mantissa, power } = reduced((amount + nano - 1n) / nano, 1024n, binary.length - 1);
    return `${mantissa}${binary[power]}`;
  }
  const { mantissa, power } = reduced(amount, 1000n, decimal.length - 1);
  if (form !== 'exponent') return `${mantissa}${decimal[power]}`;
  return power === 3 ? String(mantissa) : `${mantissa}e${(power - 3) * 3}`;
}

/** The sum of quantities, written as the first of them that is not zero. What is no quantity counts as none. */
export function sumOfQuantities(quantities: readonly string[]): string {
  let sum = 0n;
  let form: QuantityForm | undefined;
  for (const text of quantities) {
    const amount = parseQuantity(text) ?? 0n;
    if (sum === 0n) form = quantityForm(text);
    sum += amount;
  }
  return quantityText(sum, form ?? 'decimal');
}

/** Thousandths of a quantity, rounded up; 0 for what is none. */
export function thousandths(text: string | undefined): number {
  return roundedUp(text, 1_000_000n);
}

/** Whole units of a quantity, rounded up; 0 for what is none. */
export function wholeUnits(text: string | undefined): number {
  return roundedUp(text, nano);
}

function roundedUp(text: string | undefined, unit: bigint): number {
  const amount = text === undefined ? undefined : parseQuantity(text);
  return amount === undefined ? 0 : Number((amount + (amount > 0n ? unit - 1n : 0n)) / unit);
}

function reduced(amount: bigint, base: bigint, most: number): { mantissa: bigint; power: number } {
  let mantissa = amount;
  let power = 0;
  while (mantissa % base === 0n && power < most) {
    mantissa /= base;
    power += 1;
  }
  return { mantissa, power };
}
