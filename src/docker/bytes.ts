import { parseFloating } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

const kibi = 1024;
const powers: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 };

/**
 * A size in bytes as docker reads it (RAMInBytes of github.com/docker/go-units): `512m`, `1.5GiB`, `2 kb`.
 * Units are powers of 1024 whatever their case, and may end in `b` or `ib`.
 */
export function parseBytes(text: string): number {
  const sign = lastOfNumber(text);
  if (sign < 0) throw wrongSize(`invalid size: '${text}'`);
  const number = text[sign] === ' ' ? text.slice(0, sign) : text.slice(0, sign + 1);
  const suffix = text.slice(sign + 1).toLowerCase();
  const size = parseFloating(number);
  if (size === undefined) {
    throw wrongSize(`strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`);
  }
  if (size < 0) throw wrongSize(`invalid size: '${text}'`);
  if (suffix === '' || suffix === 'b') return Math.trunc(size);
  const power = powers[suffix.charAt(0)];
  if (power === undefined || !['', 'b', 'ib'].includes(suffix.slice(1))) {
    throw wrongSize(`invalid suffix: '${text.slice(sign + 1).length > 3 ? text.slice(sign + 1) : suffix}'`);
  }
  return Math.trunc(size * kibi ** power);
}

/** A size, or -1 for no limit: the value of `--memory-swap`. */
export function parseSwap(text: string): number {
  return text === '-1' ? -1 : parseBytes(text);
}

/** Place of the last character that belongs to the number, or of the blank after it. */
function lastOfNumber(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if ('0123456789. '.includes(text.charAt(at))) return at;
  return -1;
}

function wrongSize(message: string): DockerRefusal {
  return new DockerRefusal(message, 'Give a number and a unit: b, k, m or g, such as 512m.');
}
