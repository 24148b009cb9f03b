const nano = 1_000_000_000n;

const binary: readonly (readonly [string, bigint])[] = [
  ['Ei', 1n << 60n],
  ['Pi', 1n << 50n],
  ['Ti', 1n << 40n],
  ['Gi', 1n << 30n],
  ['Mi', 1n << 20n],
  ['Ki', 1n << 10n],
];

/** How many billionths of one each suffix stands for. */
const suffixes: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': nano,
  k: nano * 10n ** 3n,
  M: nano * 10n ** 6n,
  G: nano * 10n ** 9n,
  T: nano * 10n ** 12n,
  P: nano * 10n ** 15n,
  E: nano * 10n ** 18n,
  ...Object.fromEntries(binary.map(([suffix, factor]) => [suffix, nano * factor])),
};

/** The largest amount: 2⁶³ − 1. */
const most = ((1n << 63n) - 1n) * nano;

/**
 * A number of bytes as Kubernetes writes it, in the largest binary unit that divides it: `512Mi`, `1536Mi`.
 * Parts of a byte are rounded up, as the API does.
 */
export function memoryQuantity(bytes: number): string {
  const whole = BigInt(Math.ceil(bytes));
  const [suffix, factor] = binary.find(([, each]) => whole !== 0n && whole % each === 0n) ?? ['', 1n];
  return `${whole / factor}${suffix}`;
}

/**
 * Billionths of a processor, which is what docker counts in, as Kubernetes writes them: `2`, `500m`. The API
 * knows nothing finer than a thousandth and rounds up to it.
 */
export function cpuQuantity(nanoCpus: number): string {
  const milli = Math.ceil(nanoCpus / 1_000_000);
  return milli % 1000 === 0 ? `${milli / 1000}` : `${milli}m`;
}

/**
 * Reads a quantity by the grammar of https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
 *
 * @returns billionths, rounded away from zero and capped as the API does; undefined when it is no quantity
 */
export function parseQuantity(text: string): bigint | undefined {
  const parts = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
  if (!parts) return undefined;
  const [, sign, number = '', exponent, suffix = ''] = parts;
  const [whole = '', fraction = ''] = number.split('.');
  const power = exponent === undefined ? 0 : Math.max(-1000, Math.min(1000, Number(exponent.slice(1))));
  const amount = scale(BigInt(whole + fraction), suffixes[suffix] ?? nano, power - fraction.length);
  const capped = amount > most ? most : amount;
  return sign === '-' ? -capped : capped;
}

/**
 * Whether the first amount is less than (-1), equal to (0) or more than (1) the second; undefined when one
 * of them is no quantity.
 */
export function compareQuantities(one: string, other: string): -1 | 0 | 1 | undefined {
  const first = parseQuantity(one);
  const second = parseQuantity(other);
  if (first === undefined || second === undefined) return undefined;
  return first === second ? 0 : first < second ? -1 : 1;
}

function scale(digits: bigint, factor: bigint, power: number): bigint {
  if (digits === 0n) return 0n;
  if (power >= 0) return digits * factor * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits * factor + divisor - 1n) / divisor;
}
