import { unescaped } from './echo.ts';
import {
  type Complaint,
  type Dialect,
  exponential,
  generalNumber,
  realNumber,
  wholeNumber,
} from './printf-numbers.ts';

/** What `printf` prints, what it complains of, and its code. */
export interface Printed {
  readonly text: string;
  readonly complaints: readonly string[];
  readonly code: number;
}

const mostRounds = 10_000;
const widest = 10_000;

/** A directive, an escape, or a character that stands for itself. */
const pieces =
  /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?(?:([diouxXeEfFgGscbq])|[hlLjzt]*))|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])|[\s\S]/g;

/** Fills a format as often as there are arguments for it (POSIX, printf). */
export function printfText(format: string, args: readonly string[], dialect: Dialect): Printed {
  const found: Complaint[] = [];
  let text = '';
  let place = 0;
  const printed = (code: number): Printed => {
    const fails = found.some((each) => each.fails);
    return { text, complaints: found.map((each) => each.text), code: fails ? code : 0 };
  };
  const next = () => args[place++];
  const size = (word: string | undefined) => Number(word === '*' ? next() : word) || 0;
  for (let round = 0; round < mostRounds; round++) {
    const before = place;
    for (const match of format.matchAll(pieces)) {
      const [whole, flags = '', width, precision, conversion] = match;
      if (whole === '%%') text += '%';
      else if (whole.startsWith('%')) {
        const asked = size(width);
        const exact = precision === undefined ? undefined : Math.min(size(precision), widest);
        if (conversion === undefined || (conversion === 'q' && (dialect === 'ash' || dialect === 'dash'))) {
          found.push({ text: invalid(format.slice(match.index), whole, dialect), fails: true });
          return printed(dialect === 'dash' ? 2 : 1);
        }
        const { text: shown, stops } = converted(conversion, flags, exact, next(), dialect, found);
        const isNumber = /[diouxX]/.test(conversion) ? exact === undefined : /[eEfgG]/.test(conversion);
        const filling = asked < 0 ? `${flags}-` : flags;
        text += padded(shown, Math.min(Math.abs(asked), widest), filling, isNumber);
        if (stops) return printed(1);
      } else if (isLiteral(whole, dialect)) text += whole;
      else {
        const read = unescaped(whole);
        text += read.text;
        if (read.stops) return printed(1);
      }
    }
    // Without a place for them, arguments that are left are not looked at.
    if (place >= args.length || place === before) break;
  }
  return printed(1);
}

/** Whether a piece of a format stands for itself: only busybox and GNU end at `\c`, and dash has no `\x`. */
function isLiteral(piece: string, dialect: Dialect): boolean {
  if (!piece.startsWith('\\')) return true;
  if (piece === '\\c') return dialect === 'bash' || dialect === 'dash';
  return piece.startsWith('\\x') && dialect === 'dash';
}

/** What is said of a directive that is none. @param rest the format from it on */
function invalid(rest: string, directive: string, dialect: Dialect): string {
  const letter = rest.charAt(directive.length);
  switch (dialect) {
    case 'ash':
      // It passes over how long a number is said to be.
      return `${rest.replace(/^(%[^a-zA-Z]*)[hlLzjt]+/, '$1')}: invalid format`;
    case 'bash':
      return letter === ''
        ? `\`${directive}': missing format character`
        : `\`${letter}': invalid format character`;
    case 'dash':
      return /[a-zA-Z]$/.test(directive) || letter !== ''
        ? `${/[a-zA-Z]$/.test(directive) ? directive : directive + letter}: invalid directive`
        : 'missing format character';
    case 'gnu':
      return `${directive}${letter}: invalid conversion specification`;
  }
}

function converted(
  conversion: string,
  flags: string,
  precision: number | undefined,
  value: string | undefined,
  dialect: Dialect,
  found: Complaint[],
): { readonly text: string; readonly stops: boolean } {
  const plain = (text: string) => ({ text, stops: false });
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const told = <T>({ number, complaint }: { number: T; complaint?: Complaint }): T => {
    if (complaint) found.push(complaint);
    return number;
  };
  const given = value ?? '';
  switch (conversion) {
    case 's':
      return plain(given.slice(0, precision));
    case 'c':
      return plain(given.charAt(0) || '\0');
    case 'b':
      return unescaped(given);
    case 'q':
      return plain(shellQuoted(given, dialect));
    case 'd':
    case 'i': {
      const number = told(wholeNumber(value, dialect));
      const digits = `${number < 0n ? -number : number}`.padStart(precision ?? 0, '0');
      return plain((number < 0n ? '-' : plus) + digits);
    }
    case 'o':
    case 'u':
    case 'x':
    case 'X': {
      const number = BigInt.asUintN(64, told(wholeNumber(value, dialect)));
      const base = { o: 8, u: 10, x: 16, X: 16 }[conversion];
      const prefix = flags.includes('#') && number !== 0n ? ({ 8: '0', 16: '0x' }[base] ?? '') : '';
      const text = prefix + number.toString(base).padStart(precision ?? 0, '0');
      return plain(conversion === 'X' ? text.toUpperCase() : text);
    }
    default: {
      const number = told(realNumber(value, dialect));
      const places = Math.min(precision ?? 6, 100);
      const kinds: Readonly<Record<string, () => string>> = {
        f: () => number.toFixed(places),
        e: () => exponential(number, places),
        g: () => generalNumber(number, places, flags.includes('#')),
      };
      const text = kinds[conversion.toLowerCase()]?.() ?? '';
      return plain((number < 0 ? '' : plus) + (/[EG]/.test(conversion) ? text.toUpperCase() : text));
    }
  }
}

/** A word as a shell would read it again. */
function shellQuoted(word: string, dialect: Dialect): string {
  if (word === '') return "''";
  if (dialect === 'bash') return word.replace(/[^\w@%+=:./-]/g, '\\$&');
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function padded(text: string, width: number, flags: string, isNumber: boolean): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !isNumber) return text.padStart(width);
  return text.replace(/^([-+ ]?)(.*)$/s, (_, sign: string, digits: string) => {
    return sign + digits.padStart(width - sign.length, '0');
  });
}
