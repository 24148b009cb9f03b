import { cut, readInteger } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

const nano = 1_000_000_000n;

/** An exponent beyond this is no number of CPUs, and would take long to write out. */
const largestExponent = 400;

/**
 * A number of CPUs in billionths, as `--cpus` is read (ParseCPUs of docker/cli opts, big.Rat of Go): `1.5`,
 * `3/2`, `1e-1`.
 */
export function parseCpus(text: string): number {
  const ratio = readRatio(text);
  if (!ratio) {
    throw new DockerRefusal(
      `failed to parse ${text} as a rational number`,
      'Give a number of CPUs, such as 1.5.',
    );
  }
  const [above, below] = [ratio.above * nano, ratio.below];
  if (above % below !== 0n)
    throw new DockerRefusal('value is too precise', 'Give at most nine digits after the point.');
  return Number(BigInt.asIntN(64, above / below));
}

function readRatio(text: string): { above: bigint; below: bigint } | undefined {
  if (text.length > largestExponent) return undefined;
  const [first, second, isFraction] = cut(text, '/');
  if (isFraction) {
    const [above, below] = [readInteger(first, /^[+-]/), readInteger(second, /^/)];
    return above === undefined || !below ? undefined : { above, below };
  }
  const [, sign, mantissa = '', kind = 'e', exponent = '0'] =
    /^([+-]?)(0x[\da-f_.]+|0b[01_.]+|0o[0-7_.]+|[\d_.]+)(?:([ep])([+-]?\d{1,6}))?$/i.exec(text) ?? [];
  const digits = readMantissa(mantissa);
  if (sign === undefined || !digits || Math.abs(Number(exponent)) > largestExponent) return undefined;
  const power = (kind.toLowerCase() === 'e' ? 10n : 2n) ** BigInt(Math.abs(Number(exponent)));
  const above = sign === '-' ? -digits.above : digits.above;
  return exponent.startsWith('-')
    ? { above, below: digits.below * power }
    : { above: above * power, below: digits.below };
}

/** Digits with a point, in the base that their prefix says; underscores stand between digits. */
function readMantissa(text: string): { above: bigint; below: bigint } | undefined {
  const [, prefix = '', digits = ''] = /^(0[xbo])?(.*)$/i.exec(text) ?? [];
  if (/^_|_$|__|_\.|\._|\..*\./.test(digits) || !/\d|[a-f]/i.test(digits)) return undefined;
  const [whole = '', fraction = ''] = digits.replaceAll('_', '').split('.');
  const base = { '0x': 16n, '0b': 2n, '0o': 8n }[prefix.toLowerCase()] ?? 10n;
  return { above: BigInt(`${prefix}${whole}${fraction}`), below: base ** BigInt(fraction.length) };
}
