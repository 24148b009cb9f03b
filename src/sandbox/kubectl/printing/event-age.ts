import type { CoreEvent } from '../../../kubernetes/api.ts';
import { humanDuration } from '../../../kubernetes/duration.ts';

/** When an event was seen: `5s`, or `5s (x3 over 2m)` for one that came again. */
export function eventAge(event: CoreEvent, now: number): string {
  const { count = 0, series } = event;
  const first = since(event.eventTime ?? event.firstTimestamp, now);
  if (series) return `${since(series.lastObservedTime, now)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${since(event.lastTimestamp, now)} (x${count} over ${first})` : first;
}

/** The server writes `null` for a time that there is not. */
function since(time: string | null | undefined, now: number): string {
  return time === undefined || time === null ? '<unknown>' : humanDuration(now - Date.parse(time));
}
