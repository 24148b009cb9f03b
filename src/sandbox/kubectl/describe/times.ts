import { humanDuration } from '../../../kubernetes/duration.ts';

/** A time as `describe` writes it: `Fri, 20 Nov 2026 08:18:11 +0000`. Where there is none, the year is 1. */
export function longTime(text: string | undefined): string {
  if (text === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  return new Date(Date.parse(text)).toUTCString().replace('GMT', '+0000');
}

/** How long ago a time was: `5m12s`; `<unknown>` where there is none. */
export function timeSince(text: string | undefined, now: number): string {
  return text === undefined ? '<unknown>' : humanDuration(now - Date.parse(text));
}
