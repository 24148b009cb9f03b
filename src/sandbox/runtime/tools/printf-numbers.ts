/** Whose printf it is: of busybox, of bash, of dash, or of GNU coreutils. */
export type Dialect = 'ash' | 'bash' | 'dash' | 'gnu';

/** What is said of a word, and whether that makes the command fail. */
export interface Complaint {
  readonly text: string;
  readonly fails: boolean;
}

type Read<T> = { readonly number: T; readonly complaint?: Complaint };

const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];

/** The whole number that a word is, or begins with; busybox takes no word that only begins with one. */
export function wholeNumber(word: string | undefined, dialect: Dialect): Read<bigint> {
  const value = (word ?? '').trim();
  if (value === '' && dialect !== 'ash') return { number: 0n };
  // A quote before a character means its code.
  if (/^['"]./s.test(value)) return { number: BigInt(value.charCodeAt(1)) };
  const [found = '', sign = '', hex, octal, digits = ''] =
    /^([-+]?)(?:(0[xX][\da-fA-F]+)|0([0-7]+)|(\d+))/.exec(value) ?? [];
  const size = BigInt(hex ?? (octal === undefined ? digits : `0o${octal}`));
  const number = sign === '-' ? -size : size;
  const isOut = number > most || number < least;
  if (found === '' || (dialect === 'ash' && (isOut || found !== value)))
    return { number: 0n, complaint: notNumber(value, false, dialect) };
  if (found !== value) return { number, complaint: notNumber(value, true, dialect) };
  if (!isOut) return { number };
  const text = `${value}: Numerical result out of range`;
  const complaint = dialect === 'bash' ? { text: `warning: ${text}`, fails: false } : { text, fails: true };
  return { number: number > 0n ? most : least, complaint };
}

/** The number with places behind the point that a word is. */
export function realNumber(word: string | undefined, dialect: Dialect): Read<number> {
  const value = (word ?? '').trim();
  const number = Number(value);
  return Number.isNaN(number) ? { number: 0, complaint: notNumber(value, false, dialect) } : { number };
}

/** @param begins whether it begins with a number */
function notNumber(word: string, begins: boolean, dialect: Dialect): Complaint {
  const text = {
    ash: `invalid number '${word}'`,
    bash: `${word}: invalid number`,
    dash: `${word}: ${begins ? 'not completely converted' : 'expected numeric value'}`,
    gnu: `'${word}': ${begins ? 'value not completely converted' : 'expected a numeric value'}`,
  }[dialect];
  return { text, fails: true };
}

/** A number with an exponent: `1.5e+00`. */
export function exponential(number: number, places: number): string {
  return number.toExponential(places).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A number as `%g` shows it: with an exponent where that is shorter. @param keepsZeros as with `#` */
export function generalNumber(number: number, places = 6, keepsZeros = false): string {
  const digits = Math.max(places, 1);
  const exponent = Number(number.toExponential(digits - 1).split('e')[1]);
  const isLong = exponent < -4 || exponent >= digits;
  const text = isLong
    ? exponential(number, digits - 1)
    : number.toFixed(Math.min(digits - 1 - exponent, 100));
  if (keepsZeros || !text.includes('.')) return text;
  return isLong ? text.replace(/\.?0*e/, 'e') : text.replace(/\.?0+$/, '');
}
