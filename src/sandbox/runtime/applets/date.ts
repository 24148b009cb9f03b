import { dateParts } from '../http/dates.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { tool } from './applet.ts';
import { timeNamed } from './date-words.ts';
import { complaint, readOptions, UsageError } from './options.ts';

/** What `-I` shows, by the word that is written right behind it. */
const isoFormats: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H+00:00',
  minutes: '%Y-%m-%dT%H:%M+00:00',
  seconds: '%Y-%m-%dT%H:%M:%S+00:00',
};

/** date, with `+FORMAT`, `-d TIME` and `-r FILE`. */
export const date: Program = tool((call) => {
  const { flags, values, rest } = readOptions(
    call,
    call.isBusybox ? 'ud:I:s:Rr:D:' : 'ud:I:s:Rr:',
    { utc: 'u', universal: 'u', date: 'd', 'iso-8601': 'I', set: 's', 'rfc-email': 'R', reference: 'r' },
    (word) => (word === '-I' || word === '--iso-8601' ? '-Idate' : word),
  );
  const words = rest.find((word) => !word.startsWith('+'));
  if (words !== undefined && values.s === undefined) throw new UsageError(`date: invalid date '${words}'\n`);
  if (values.s !== undefined)
    throw new UsageError(`date: ${call.isBusybox ? "can't" : 'cannot'} set date: Operation not permitted\n`);
  const at = timeOf(call, values.d, values.D, values.r);
  const iso = values.I === undefined ? undefined : isoFormats[values.I];
  if (values.I !== undefined && iso === undefined)
    throw new UsageError(
      complaint(
        call,
        `invalid argument '${values.I}' for '--iso-8601'`,
        `invalid argument '${values.I}' to '-I'`,
      ),
    );
  const format =
    rest.find((word) => word.startsWith('+'))?.slice(1) ??
    iso ??
    (flags.R ? '%a, %d %b %Y %H:%M:%S +0000' : '%a %b %e %H:%M:%S UTC %Y');
  call.out(`${formatDate(at, format, call.isBusybox)}\n`);
  return 0;
});

function timeOf(
  call: ProcessCall,
  words: string | undefined,
  format: string | undefined,
  file: string | undefined,
): number {
  if (file !== undefined) {
    const node = call.files.look(file);
    const why = 'No such file or directory';
    if (!node)
      throw new UsageError(
        call.isBusybox ? `date: can't stat '${file}': ${why}\n` : `date: ${file}: ${why}\n`,
      );
    return node.at;
  }
  if (words === undefined) return call.now;
  const at = timeNamed(format === '%s' ? `@${words}` : words, call.now, call.isBusybox);
  if (at === undefined) throw new UsageError(`date: invalid date '${words}'\n`);
  return at;
}

const dayMs = 86_400_000;

/** The week of ISO 8601, and the year that it belongs to. */
function isoWeek(at: number): readonly [week: number, year: number] {
  const day = Math.floor(at / dayMs);
  // The Thursday of a week says which year it is of.
  const thursday = day - ((day + 3) % 7) + 3;
  const year = new Date(thursday * dayMs).getUTCFullYear();
  return [Math.floor((thursday - Date.UTC(year, 0, 1) / dayMs) / 7) + 1, year];
}

/** A time by a format of strftime(3). */
export function formatDate(at: number, format: string, isBusybox: boolean): string {
  const { weekday, day, month, monthNumber, year, hours, minutes, seconds, milliseconds } = dateParts(at);
  const dayOfYear = Math.floor((at - Date.UTC(Number(year), 0, 1)) / dayMs) + 1;
  const weekDay = new Date(at).getUTCDay();
  const hour = Number(hours);
  const two = (number: number) => `${number}`.padStart(2, '0');
  const [week, weekYear] = isoWeek(at);
  const half = hour < 12 ? 'AM' : 'PM';
  const known: Readonly<Record<string, string>> = {
    a: weekday,
    A: new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(at),
    b: month,
    B: new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(at),
    C: year.slice(0, 2),
    h: month,
    d: day,
    e: `${Number(day)}`.padStart(2),
    D: `${monthNumber}/${day}/${year.slice(2)}`,
    F: `${year}-${monthNumber}-${day}`,
    G: `${weekYear}`,
    g: `${weekYear}`.slice(2),
    H: hours,
    I: two(hour % 12 || 12),
    j: `${dayOfYear}`.padStart(3, '0'),
    k: `${hour}`.padStart(2),
    l: `${hour % 12 || 12}`.padStart(2),
    m: monthNumber,
    M: minutes,
    n: '\n',
    p: half,
    P: half.toLowerCase(),
    q: `${Math.floor((Number(monthNumber) + 2) / 3)}`,
    r: `${two(hour % 12 || 12)}:${minutes}:${seconds} ${half}`,
    R: `${hours}:${minutes}`,
    s: `${Math.floor(at / 1000)}`,
    S: seconds,
    T: `${hours}:${minutes}:${seconds}`,
    t: '\t',
    u: `${weekDay || 7}`,
    U: two(Math.floor((dayOfYear + 6 - weekDay) / 7)),
    V: two(week),
    w: `${weekDay}`,
    W: two(Math.floor((dayOfYear + 6 - ((weekDay + 6) % 7)) / 7)),
    x: `${monthNumber}/${day}/${year.slice(2)}`,
    X: `${hours}:${minutes}:${seconds}`,
    y: year.slice(2),
    Y: year,
    z: '+0000',
    Z: 'UTC',
    c: `${weekday} ${month} ${`${Number(day)}`.padStart(2)} ${hours}:${minutes}:${seconds} ${year}`,
    '%': '%',
  };
  return format.replace(/%([-_0]?)(\d*)([a-zA-Z%])/g, (whole, pad: string, width: string, letter: string) => {
    // Nanoseconds are GNU's: in busybox the letter is one that strftime(3) does not know. So is the quarter.
    if (letter === 'N' && !isBusybox) return `${milliseconds}000000`.slice(0, Number(width) || 9);
    const text = isBusybox && letter === 'q' ? undefined : known[letter];
    if (text === undefined) return whole;
    const plain = pad === '' ? text : text.replace(/^[ 0]+(?=\d)/, '');
    const wide = Number(width) || (pad === '' || pad === '-' ? 0 : text.length);
    return plain.padStart(wide, pad === '_' || (pad === '' && / /.test(text)) ? ' ' : '0');
  });
}
