import { describe, expect, it } from 'vitest';
import { isTimeZone, readSchedule } from '../../../../../src/sandbox/cluster/controllers/cronjob/schedule.ts';

function next(schedule: string, after: string, timeZone?: string): string {
  const read = readSchedule(schedule, timeZone);
  if (typeof read === 'string') return read;
  const time = read.next(Date.parse(after));
  return time === undefined ? 'never' : new Date(time).toISOString().slice(0, 19);
}

describe('a schedule', () => {
  it.each([
    ['* * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:01:00'],
    ['* * * * *', '2026-01-01T00:00:59Z', '2026-01-01T00:01:00'],
    ['*/15 * * * *', '2026-01-01T00:50:00Z', '2026-01-01T01:00:00'],
    ['5/20 * * * *', '2026-01-01T00:26:00Z', '2026-01-01T00:45:00'],
    ['0 9-17 * * mon-fri', '2026-01-02T17:30:00Z', '2026-01-05T09:00:00'],
    ['30 4 1,15 * *', '2026-01-02T00:00:00Z', '2026-01-15T04:30:00'],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00'],
    // Where both days are named, either will do: the 13th, or a Friday.
    ['0 0 13 * 5', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00'],
    ['0 0 */2 * 5', '2026-01-03T00:00:00Z', '2026-01-05T00:00:00'],
    ['0 0 1 JAN ?', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00'],
    ['@hourly', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00'],
    ['@daily', '2026-01-01T05:00:00Z', '2026-01-02T00:00:00'],
    ['@weekly', '2026-01-01T00:00:00Z', '2026-01-04T00:00:00'],
    ['@monthly', '2026-01-31T00:00:00Z', '2026-02-01T00:00:00'],
    ['@yearly', '2026-06-01T00:00:00Z', '2027-01-01T00:00:00'],
    ['@every 1h30m', '2026-01-01T00:00:10Z', '2026-01-01T01:30:10'],
    ['@every 1500ms', '2026-01-01T00:00:10Z', '2026-01-01T00:00:11'],
    ['@every 1m2.5s', '2026-01-01T00:00:10Z', '2026-01-01T00:01:12'],
    ['0 22-23,1 * * *', '2026-01-01T23:30:00Z', '2026-01-02T01:00:00'],
    ['0 0 31 2 *', '2026-01-01T00:00:00Z', 'never'],
  ])('%s comes after %s at %s', (schedule, after, time) => {
    expect(next(schedule, after)).toBe(time);
  });

  it.each([
    ['0 9 * * *', '2026-01-01T00:00:00Z', 'Europe/Berlin', '2026-01-01T08:00:00'],
    ['0 9 * * *', '2026-07-01T00:00:00Z', 'Europe/Berlin', '2026-07-01T07:00:00'],
    ['30 0 * * *', '2026-01-01T12:00:00Z', 'Asia/Kolkata', '2026-01-01T19:00:00'],
    ['0 0 1 * *', '2026-01-15T00:00:00Z', 'America/New_York', '2026-02-01T05:00:00'],
    // This hour is not there on the day when the clocks go forward, so it comes on the next.
    ['30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-30T00:30:00'],
    ['0 12 * * 0', '2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-29T10:00:00'],
  ])('%s comes after %s in %s at %s', (schedule, after, zone, time) => {
    expect(next(schedule, after, zone)).toBe(time);
  });

  it.each([
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['9-5 * * * *', 'beginning of range (9) beyond end of range (5): 9-5'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['1-x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['*/x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['@often', 'unrecognized descriptor: @often'],
    ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
  ])('%s is none: %s', (schedule, why) => {
    expect(next(schedule, '2026-01-01T00:00:00Z')).toBe(why);
  });

  it('is none in a zone that is not there', () => {
    expect(next('* * * * *', '2026-01-01T00:00:00Z', 'Mars/Olympus')).toBe(
      'provided bad location Mars/Olympus: unknown time zone Mars/Olympus',
    );
  });

  it('knows time zones from other words', () => {
    expect(['Europe/Berlin', 'UTC', 'Etc/UTC', 'Mars/Olympus'].map(isTimeZone)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
