import { parseDuration } from '../../../docker/durations.ts';
import { unlessRefused } from '../../../docker/refusal.ts';
import { EngineError } from './engine-error.ts';

/**
 * A time as the API takes it: a duration before now such as `24h`, a date, or seconds since 1970
 * (daemon/internal/timestamp of github.com/moby/moby).
 *
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970
 * @throws EngineError when it is none of these
 */
export function readTimestamp(text: string, now: number): number {
  const failed = 'failed to parse value as time or duration';
  if (text.trim() === '') throw new EngineError(400, `${failed}: value is empty`);
  const duration = unlessRefused(
    () => parseDuration(text),
    () => undefined,
  );
  if (duration !== undefined && text !== '0') return now - duration;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = /^\d{4}-\d\d-\d\d(T\d\d(:\d\d(:\d\d(\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (date) {
    const [, time = '', minutes, , , zone = 'Z'] = date;
    const day = text.slice(0, 10);
    const clock = time === '' ? 'T00:00' : minutes === undefined ? `${time}:00` : time;
    const found = Date.parse(`${day}${clock}${zone}`);
    if (!Number.isNaN(found)) return found;
  }
  if (text.includes('-')) {
    const layout = text.includes('T') ? '2006-01-02T15:04:05' : '2006-01-02';
    const quoted = JSON.stringify(text);
    throw new EngineError(
      400,
      `parsing time ${quoted} as ${JSON.stringify(layout)}: cannot parse ${quoted} as "2006"`,
    );
  }
  const why = `invalid seconds ${JSON.stringify(text)}: invalid syntax`;
  throw new EngineError(400, `${failed}: ${why}`);
}
