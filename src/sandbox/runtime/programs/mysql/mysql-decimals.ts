/** A number without loss: its digits, and how many of them stand behind the point. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** The number that a text begins with; 0 where it begins with none. */
export function decimalOf(text: string): Decimal {
  const [found = '0'] = /^\s*[-+]?\d+(\.\d+)?/.exec(text) ?? [];
  const [whole = '0', rest = ''] = found.trim().split('.');
  return { digits: BigInt(whole.replace('+', '') + rest), scale: rest.length };
}

/** A number with so many digits behind the point, rounded as in school. */
export function rounded(text: string, scale: number): string {
  const from = decimalOf(text);
  if (from.scale <= scale)
    return shownDecimal({ digits: from.digits * 10n ** BigInt(scale - from.scale), scale });
  return shownDecimal({ digits: divided(from.digits, 10n ** BigInt(from.scale - scale)), scale });
}

/** Rounded as in school. */
export function divided(top: bigint, bottom: bigint): bigint {
  const isNegative = top < 0n !== bottom < 0n;
  const [one, other] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  const found = (2n * one + other) / (2n * other);
  return isNegative ? -found : found;
}

/** A number as text. */
export function shownDecimal({ digits, scale }: Decimal): string {
  const text = `${digits < 0n ? -digits : digits}`.padStart(scale + 1, '0');
  const whole = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
  return digits < 0n ? `-${whole}` : whole;
}
