import { parseNanoseconds } from '../../docker/durations.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import { CommandFailure } from './failures.ts';

/**
 * A moment as `--since` and `--until` write it, as the API takes it: a duration is counted back from now, a
 * date is of the learner's time zone, which is UTC, and a number is seconds since 1970
 * (client/internal/timestamp of moby).
 *
 * @param name of the flag, without dashes; empty where the client does not say it
 * @param present milliseconds since 1970
 * @returns undefined for an empty text
 * @throws CommandFailure for what is none of these
 */
export function timestampOf(name: string, text: string, present: number): string | undefined {
  if (text === '') return undefined;
  const duration = durationOf(text);
  if (duration !== undefined) return String(Math.floor((present - duration) / 1000));
  const date = dateOf(text);
  if (date !== undefined) return date;
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  if (dates.test(text))
    throw new CommandFailure(
      `${name === '' ? '' : `invalid value for "${name}": `}parsing time ${JSON.stringify(text)}: ${rangeFault(text)}`,
    );
  const why = text.includes('-')
    ? `parsing time ${JSON.stringify(text)} as ${dateFault(text)}`
    : `failed to parse value as time or duration: ${JSON.stringify(text)}`;
  throw new CommandFailure(name === '' ? why : `invalid value for "${name}": ${why}`);
}

function durationOf(text: string): number | undefined {
  if (text === '0') return undefined;
  try {
    return parseNanoseconds(text) / 1e6;
  } catch (error) {
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}

const dates = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d))?(?::(\d\d))?(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?$/;

/** Where a text with a dash stops to be a date, as Go says it. */
function dateFault(text: string): string {
  const layout = text.includes('T') ? '2006-01-02T15' : '2006-01-02';
  const parts = [
    ['2006', /^\d{4}-/],
    ['01', /^\d\d-/],
    ['02', /^\d\dT?/],
  ] as const;
  let rest = text;
  for (const [name, pattern] of parts) {
    if (!pattern.test(rest)) return `"${layout}": cannot parse ${JSON.stringify(rest)} as "${name}"`;
    rest = rest.replace(pattern, '');
  }
  return `"${layout}": cannot parse ${JSON.stringify(rest)} as "15"`;
}

/** Which part of a date is too large, as Go calls it. */
function rangeFault(text: string): string {
  const [, month = 0] = text.split(/[-T:]/).map(Number);
  return `${month < 1 || month > 12 ? 'month' : 'day'} out of range`;
}

function dateOf(text: string): string | undefined {
  const found = dates.exec(text);
  if (!found) return undefined;
  const [, day = '', hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z'] = found;
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}${zone}`);
  return Number.isNaN(at) ? undefined : `${at / 1000}.${fraction.padEnd(9, '0')}`;
}
