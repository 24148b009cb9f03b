const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds as a field in seconds, such as `periodSeconds`, takes them.
 *
 * @param least what the field at least has to be; for most fields of a probe it is 1
 * @returns whole seconds, rounded up, and whether they differ from what was asked for
 */
export function wholeSeconds(milliseconds: number, least = 1): { seconds: number; changed: boolean } {
  const seconds = Math.max(least, Math.ceil(milliseconds / 1000));
  return { seconds, changed: seconds * 1000 !== milliseconds };
}

/** Milliseconds as a flag of kubectl takes them, such as `--timeout`: `30s`, `1m30s`, `1h`, `250ms`, `0s`. */
export function durationText(milliseconds: number): string {
  const sign = milliseconds < 0 ? '-' : '';
  const all = Math.round(Math.abs(milliseconds));
  const hours = Math.floor(all / 3_600_000);
  const minutes = Math.floor((all % 3_600_000) / 60_000);
  const rest = all % 60_000;
  const seconds = Math.floor(rest / 1000);
  const text = `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${seconds ? `${seconds}s` : ''}${rest % 1000 ? `${rest % 1000}ms` : ''}`;
  return text === '' ? '0s' : `${sign}${text}`;
}

/**
 * Reads a duration as the flags of kubectl are read (https://pkg.go.dev/time#ParseDuration).
 *
 * @returns milliseconds; undefined when it is no duration
 */
export function parseDurationText(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0;
  if (!/^((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(unsigned)) return undefined;
  let sum = 0;
  for (const [, number, unit = ''] of unsigned.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    sum += Number(number) * (units[unit] ?? 0);
  }
  // 2⁶³ − 1 nanoseconds is the longest there is.
  if (sum > 9_223_372_036_854) return undefined;
  return text.startsWith('-') ? -sum : sum;
}

/**
 * How long something lasts, for people, to two or three figures: `45s`, `2m30s`, `4h`, `3d4h`
 * (k8s.io/apimachinery/pkg/util/duration, HumanDuration).
 */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return inTwo(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return inTwo(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 192) return inTwo(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.trunc(days / 365);
  return years < 8 ? inTwo(years, 'y', days % 365, 'd') : `${years}y`;
}

function inTwo(large: number, unit: string, small: number, below: string): string {
  return small === 0 ? `${large}${unit}` : `${large}${unit}${small}${below}`;
}
