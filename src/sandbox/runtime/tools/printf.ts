import { unescaped } from './echo.ts';

/** What `printf` prints, and what it complains of. */
export interface Printed {
  readonly text: string;
  readonly complaints: readonly string[];
}

const mostRounds = 10_000;
const widest = 10_000;

/** Fills a format as often as there are arguments for it (POSIX, printf). */
export function printfText(format: string, args: readonly string[]): Printed {
  const complaints: string[] = [];
  let text = '';
  let place = 0;
  for (let round = 0; round < mostRounds; round++) {
    const before = place;
    let isOver = false;
    const pattern =
      /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?([a-zA-Z%]|$))|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])|[\s\S]/g;
    for (const [whole, flags = '', width, precision, conversion] of format.matchAll(pattern)) {
      if (whole === '%%') text += '%';
      else if (conversion !== undefined) {
        const next = () => args[place++];
        const asked = width === '*' ? Number(next()) || 0 : Number(width ?? 0);
        const wide = Math.min(Math.abs(asked), widest);
        const exact =
          precision === undefined
            ? undefined
            : Math.min(precision === '*' ? Number(next()) || 0 : Number(precision), widest);
        const filled = converted(conversion, flags, exact, next(), complaints);
        if (filled === undefined) {
          complaints.push(`${whole}: invalid format`);
          return { text, complaints };
        }
        text += padded(
          filled.text,
          wide,
          asked < 0 ? `${flags}-` : flags,
          /[diouxXeEfgG]/.test(conversion) && !(exact !== undefined && /[diouxX]/.test(conversion)),
        );
        if (filled.stops) return { text, complaints };
      } else if (whole.startsWith('\\')) {
        const read = unescaped(whole);
        text += read.text;
        isOver = read.stops;
        if (isOver) return { text, complaints };
      } else text += whole;
    }
    // Without a place for them, arguments that are left are not looked at.
    if (place >= args.length || place === before) break;
  }
  return { text, complaints };
}

function converted(
  conversion: string,
  flags: string,
  precision: number | undefined,
  value: string | undefined,
  complaints: string[],
): { readonly text: string; readonly stops: boolean } | undefined {
  const plain = (text: string) => ({ text, stops: false });
  switch (conversion) {
    case 's':
      return plain((value ?? '').slice(0, precision));
    case 'c':
      return plain((value ?? '').slice(0, 1));
    case 'b': {
      return unescaped(value ?? '');
    }
    case 'q':
      return plain(
        /^[\w@%+=:,./-]+$/.test(value ?? '') ? (value ?? '') : `'${(value ?? '').replaceAll("'", "'\\''")}'`,
      );
    case 'd':
    case 'i':
    case 'u': {
      const whole = wholeNumber(value, complaints);
      const number = conversion === 'u' ? BigInt.asUintN(64, whole) : whole;
      const digits = `${number < 0n ? -number : number}`.padStart(precision ?? 0, '0');
      const sign = number < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      return plain(sign + digits);
    }
    case 'o':
    case 'x':
    case 'X': {
      const number = BigInt.asUintN(64, wholeNumber(value, complaints));
      const digits = number.toString(conversion === 'o' ? 8 : 16).padStart(precision ?? 0, '0');
      const prefix = flags.includes('#') && number !== 0n ? (conversion === 'o' ? '0' : '0x') : '';
      return plain(conversion === 'X' ? (prefix + digits).toUpperCase() : prefix + digits);
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      const number = Number(value ?? 0);
      if (Number.isNaN(number)) complaints.push(`invalid number '${value}'`);
      const places = Math.min(precision ?? 6, 100);
      const safe = Number.isNaN(number) ? 0 : number;
      const isGeneral = conversion === 'g' || conversion === 'G';
      const text = /f/i.test(conversion)
        ? safe.toFixed(places)
        : isGeneral
          ? generalNumber(safe, places, flags.includes('#'))
          : exponential(safe, places);
      const cased = conversion === 'E' || conversion === 'G' ? text.toUpperCase() : text;
      const sign = safe < 0 ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      return plain(sign + cased);
    }
    default:
      return undefined;
  }
}

function exponential(number: number, places: number): string {
  return number.toExponential(places).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A number as `%g` shows it: with an exponent where that is shorter. @param keepsZeros as with `#` */
export function generalNumber(number: number, places = 6, keepsZeros = false): string {
  const digits = Math.max(places, 1);
  const exponent = number === 0 ? 0 : Number(number.toExponential(digits - 1).split('e')[1]);
  const isLong = exponent < -4 || exponent >= digits;
  const text = isLong
    ? exponential(number, digits - 1)
    : number.toFixed(Math.min(digits - 1 - exponent, 100));
  if (keepsZeros || !text.includes('.')) return text;
  return isLong ? text.replace(/\.?0*e/, 'e') : text.replace(/\.?0+$/, '');
}

function wholeNumber(text: string | undefined, complaints: string[]): bigint {
  const value = (text ?? '').trim();
  if (value === '') return 0n;
  // A quote before a character means its code.
  if (/^['"]/.test(value)) return BigInt(value.codePointAt(1) ?? 0);
  const match = /^([-+]?)(0x[0-9a-f]+|\d+)/i.exec(value);
  if (!match || match[0].length !== value.length) complaints.push(`invalid number '${value}'`);
  if (!match) return 0n;
  const [, sign = '', digits = '0'] = match;
  const isOctal = /^0[0-7]+$/.test(digits);
  const number = BigInt(
    isOctal ? `0o${digits.slice(1)}` : /^0\d/.test(digits) ? digits.replace(/^0+/, '') || '0' : digits,
  );
  return BigInt.asIntN(64, sign === '-' ? -number : number);
}

function padded(text: string, width: number, flags: string, isNumber: boolean): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !isNumber) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
