/** The parts of a moment in UTC, the way text wants them. */
export function dateParts(at: number) {
  const date = new Date(at);
  // `Fri, 20 Nov 2026 08:08:25 GMT`
  const named = date.toUTCString();
  const two = (value: number) => `${value}`.padStart(2, '0');
  return {
    weekday: named.slice(0, 3),
    day: two(date.getUTCDate()),
    month: named.slice(8, 11),
    monthNumber: two(date.getUTCMonth() + 1),
    year: `${date.getUTCFullYear()}`,
    hours: two(date.getUTCHours()),
    minutes: two(date.getUTCMinutes()),
    seconds: two(date.getUTCSeconds()),
    milliseconds: `${date.getUTCMilliseconds()}`.padStart(3, '0'),
  };
}

/** As HTTP has it: `Fri, 20 Nov 2026 08:08:25 GMT` (RFC 9110, IMF-fixdate). */
export function httpDate(at: number): string {
  const { weekday, day, month, year, hours, minutes, seconds } = dateParts(at);
  return `${weekday}, ${day} ${month} ${year} ${hours}:${minutes}:${seconds} GMT`;
}

/** As access logs have it: `20/Nov/2026:08:08:25 +0000`. */
export function logDate(at: number): string {
  const { day, month, year, hours, minutes, seconds } = dateParts(at);
  return `${day}/${month}/${year}:${hours}:${minutes}:${seconds} +0000`;
}

/** `2026-11-20 08:08:25.123`. */
export function isoDate(at: number): string {
  const { year, monthNumber, day, hours, minutes, seconds, milliseconds } = dateParts(at);
  return `${year}-${monthNumber}-${day} ${hours}:${minutes}:${seconds}.${milliseconds}`;
}
