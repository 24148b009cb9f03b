import { dateParts } from '../http/dates.ts';
import type { Program } from '../program.ts';
import { tool } from './applet.ts';
import { readOptions, UsageError } from './options.ts';

/** date, with `+FORMAT` and `-d @seconds`. */
export const date: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'ud:Iis:Rr:', {
    utc: 'u',
    date: 'd',
    'iso-8601': 'I',
    set: 's',
  });
  const given =
    values.d === undefined
      ? call.now
      : values.d.startsWith('@')
        ? Number(values.d.slice(1)) * 1000
        : values.d === 'now'
          ? call.now
          : Date.parse(
              `${values.d.replace(' ', 'T')}${/[zZ]|[-+]\d\d:?\d\d$/.test(values.d) || !/\d:\d/.test(values.d) ? '' : 'Z'}`,
            );
  if (Number.isNaN(given)) throw new UsageError(`date: invalid date '${values.d}'\n`);
  if (values.s !== undefined) {
    call.err(
      call.isBusybox
        ? "date: can't set date: Operation not permitted\n"
        : 'date: cannot set date: Operation not permitted\n',
    );
    return 1;
  }
  const format =
    rest.find((word) => word.startsWith('+'))?.slice(1) ??
    (flags.I ? '%Y-%m-%d' : flags.R ? '%a, %d %b %Y %H:%M:%S +0000' : '%a %b %e %H:%M:%S UTC %Y');
  call.out(`${formatDate(given, format, call.isBusybox)}\n`);
  return 0;
});

function formatDate(at: number, format: string, isBusybox: boolean): string {
  const { weekday, day, month, monthNumber, year, hours, minutes, seconds, milliseconds } = dateParts(at);
  const dayOfYear = Math.floor((at - Date.UTC(Number(year), 0, 1)) / 86_400_000) + 1;
  const known: Readonly<Record<string, string>> = {
    a: weekday,
    b: month,
    h: month,
    d: day,
    e: `${Number(day)}`.padStart(2),
    D: `${monthNumber}/${day}/${year.slice(2)}`,
    F: `${year}-${monthNumber}-${day}`,
    H: hours,
    I: `${Number(hours) % 12 || 12}`.padStart(2, '0'),
    j: `${dayOfYear}`.padStart(3, '0'),
    m: monthNumber,
    M: minutes,
    n: '\n',
    N: `${milliseconds}000000`,
    p: Number(hours) < 12 ? 'AM' : 'PM',
    R: `${hours}:${minutes}`,
    s: `${Math.floor(at / 1000)}`,
    S: seconds,
    T: `${hours}:${minutes}:${seconds}`,
    t: '\t',
    u: `${new Date(at).getUTCDay() || 7}`,
    y: year.slice(2),
    Y: year,
    z: '+0000',
    Z: 'UTC',
    c: `${weekday} ${month} ${`${Number(day)}`.padStart(2)} ${hours}:${minutes}:${seconds} ${year}`,
    '%': '%',
  };
  return format.replace(/%(\d?)([a-zA-Z%])/g, (whole, width: string, letter: string) => {
    // Nanoseconds are GNU's.
    if (letter === 'N') return isBusybox ? '' : (known.N ?? '').slice(0, Number(width) || 9);
    return known[letter] ?? whole;
  });
}
