import { parseDurationText } from './duration.ts';
import type { KubectlFlag } from './grammar.ts';

const examples: Readonly<Partial<Record<KubectlFlag['type'], string>>> = {
  bool: 'true',
  duration: '30s',
  int: '3',
  int32: '3',
  stringToString: 'key=value',
};

/** A value that a flag could be given, to show in a hint. */
export function exampleOf(flag: KubectlFlag): string {
  return examples[flag.type] ?? `<${flag.name.slice(2)}>`;
}

/**
 * Why a flag of a type refuses a value, in the words of kubectl's libraries (https://pkg.go.dev/strconv,
 * https://pkg.go.dev/time#ParseDuration, https://pkg.go.dev/github.com/spf13/pflag).
 *
 * @returns undefined when it takes it
 */
export function complaintAbout(type: KubectlFlag['type'], value: string): string | undefined {
  const quoted = JSON.stringify(value);
  switch (type) {
    case 'bool':
      if (/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) return undefined;
      return `strconv.ParseBool: parsing ${quoted}: invalid syntax`;
    case 'int':
    case 'int32':
    case 'level': {
      const bits = type === 'int' ? 63n : 31n;
      const number = type === 'level' ? readDecimal(value) : readInteger(value);
      if (number === undefined) return `strconv.ParseInt: parsing ${quoted}: invalid syntax`;
      const isInRange = number >= -(1n << bits) && number < 1n << bits;
      return isInRange ? undefined : `strconv.ParseInt: parsing ${quoted}: value out of range`;
    }
    case 'duration':
      return parseDurationText(value) === undefined ? `time: invalid duration ${quoted}` : undefined;
    case 'modules': {
      const isModule = (pair: string): boolean => pair === '' || /^[^=]+=\+?\d+$/.test(pair);
      return value.split(',').every(isModule)
        ? undefined
        : 'syntax error: expect comma-separated list of filename=N';
    }
    case 'stringToString':
      return complaintAboutPairs(value);
    case 'stringSlice':
      return value === '' || isCsv(value)
        ? undefined
        : 'parse error: a " does not stand around a whole value';
    default:
      return undefined;
  }
}

/** One `key=value` may hold commas; of several, each has to be one. */
function complaintAboutPairs(value: string): string | undefined {
  const pairs = value.split('=').length === 2 ? [value] : value.split(',');
  const odd = pairs.find((pair) => !pair.includes('='));
  return odd === undefined ? undefined : `${odd} must be formatted as key=value`;
}

/** Whether every `"` of a list stands where a list may have one (https://pkg.go.dev/encoding/csv). */
function isCsv(text: string): boolean {
  return /^("([^"]|"")*"|[^",\n]*)(,("([^"]|"")*"|[^",\n]*))*\n?$/.test(text);
}

/** A whole number as Go reads it: decimal, `0x`, `0o` or `0`, `0b`, with `_` between digits. */
function readInteger(text: string): bigint | undefined {
  const [, sign, digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (!/^(0x(_?[\da-f])+|0b(_?[01])+|0o?(_?[0-7])+|0|[1-9](_?\d)*)$/i.test(digits)) return undefined;
  const plain = digits.replaceAll('_', '').replace(/^0o?(?=[0-7])/i, '0o');
  const number = BigInt(plain);
  return sign === '-' ? -number : number;
}

function readDecimal(text: string): bigint | undefined {
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
}
