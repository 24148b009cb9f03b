/**
 * The time that words name on a command line: `@seconds`, `2026-01-02`, `2026-01-02 03:04:05`, `03:04`, `now`.
 *
 * @param keepsTime whether a day alone has the time of day that it is, and not its beginning
 * @returns milliseconds since 1970; undefined when it is no time
 */
export function timeNamed(
  text: string,
  now: number,
  isBusybox: boolean,
  keepsTime = false,
): number | undefined {
  if (text === 'now' && !isBusybox) return now;
  const seconds = /^@(-?\d+)$/.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  const match =
    /^(?:(\d{4})-(\d{1,2})-(\d{1,2}))?(?:(?:^| |([tT]))(\d{1,2}):(\d{2})(?::(\d{2}))?)?([zZ]| ?[-+]\d{2}:?\d{2})?$/.exec(
      text,
    );
  if (!match || text === '' || (isBusybox && (match[4] ?? match[8]) !== undefined)) return undefined;
  const [, year, month, day, , hours, minutes, restSeconds, zone = ''] = match;
  const today = new Date(now);
  const isTimeless = hours === undefined;
  const [h, m, s] =
    isTimeless && keepsTime
      ? [today.getUTCHours(), today.getUTCMinutes(), today.getUTCSeconds()]
      : [Number(hours ?? 0), Number(minutes ?? 0), Number(restSeconds ?? 0)];
  const [y, mo, d] =
    year === undefined
      ? [today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()]
      : [Number(year), Number(month), Number(day)];
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || m > 59 || s > 60) return undefined;
  const [, sign = '+', zoneHours = '0', zoneMinutes = '0'] = /([-+])(\d{2}):?(\d{2})/.exec(zone) ?? [];
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return Date.UTC(y, mo - 1, d, h, m - offset, s);
}

/** The time that `touch -t` names: `[[CC]YY]MMDDhhmm[.ss]`. */
export function timeInDigits(text: string, now: number): number | undefined {
  const match = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const [, one, two, month, day, hours, minutes, seconds] = match;
  const year =
    one === undefined
      ? new Date(now).getUTCFullYear()
      : two === undefined
        ? Number(one) + (Number(one) < 69 ? 2000 : 1900)
        : Number(one + two);
  return Date.UTC(year, Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds ?? 0));
}
