import { DockerRefusal } from './refusal.ts';

/** Nanoseconds in each of Go's units. */
const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const nanosecondsPerMillisecond = 1e6;

/**
 * A duration in milliseconds, as Go's time.ParseDuration reads it: `1m30s`, `1.5h`, `300ms`, `-2s`. Every
 * number has a unit, except 0 alone; there are no days.
 */
export function parseDuration(text: string): number {
  return parseNanoseconds(text) / nanosecondsPerMillisecond;
}

/** The same in nanoseconds, as the API has it. */
export function parseNanoseconds(text: string): number {
  const rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw wrongDuration(`invalid duration "${text}"`);
  let total = 0;
  for (const [found, whole = '', fraction = '', unit = ''] of rest.matchAll(/(\d*)(?:\.(\d*))?([^\d.]*)/g)) {
    // Nothing is left at the end.
    if (found === '') break;
    if (whole + fraction === '') throw wrongDuration(`invalid duration "${text}"`);
    if (unit === '') throw wrongDuration(`missing unit in duration "${text}"`);
    const scale = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (scale === undefined) throw wrongDuration(`unknown unit "${unit}" in duration "${text}"`);
    total += Number(whole) * scale + Math.trunc(Number(`0.${fraction}`) * scale);
    // 2^63 nanoseconds are 292 years.
    if (total > 2 ** 63) throw wrongDuration(`invalid duration "${text}"`);
  }
  return text.startsWith('-') ? -total : total;
}

function wrongDuration(what: string): DockerRefusal {
  return new DockerRefusal(`time: ${what}`, 'Write a number and a unit: ms, s, m or h, such as 1m30s.');
}
