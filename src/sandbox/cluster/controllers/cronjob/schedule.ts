/** When something is to happen again and again. */
export interface Schedule {
  /** The first time after another, in milliseconds since 1970; undefined when it never comes. */
  next(after: number): number | undefined;
}

/** Values a field fits, and whether it was written as a star. */
interface Field {
  readonly values: ReadonlySet<number>;
  readonly isStar: boolean;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');

const bounds: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: days },
];

const shorthands: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What never comes within so long never comes (github.com/robfig/cron). */
const horizonMs = 5 * 366 * dayMs;

/**
 * Reads a schedule as github.com/robfig/cron does: minute, hour, day of the month, month and day of the week,
 * one of the shorthands, or `@every 1h30m`.
 *
 * @param timeZone such as `Europe/Berlin`; UTC where none is named
 * @returns what is wrong with it, as a text, when it is none
 */
export function readSchedule(text: string, timeZone: string | undefined): Schedule | string {
  if (text.startsWith('@every ')) return everySchedule(text.slice('@every '.length).trim());
  const spec = text.startsWith('@') ? shorthands[text] : text.trim();
  if (spec === undefined) return `unrecognized descriptor: ${text}`;
  const parts = spec.split(/\s+/);
  if (parts.length !== bounds.length) {
    return `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`;
  }
  const fields: Field[] = [];
  for (const [place, part] of parts.entries()) {
    const field = readField(part, bounds[place] as Bounds);
    if (typeof field === 'string') return field;
    fields.push(field);
  }
  const zone = zoneOf(timeZone);
  if (!zone) return `provided bad location ${timeZone}: unknown time zone ${timeZone}`;
  return { next: (after) => nextTime(fields, zone, after) };
}

/** Whether a time zone is known. */
export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== undefined;
}

const units = new Map<string | undefined, number>([
  ['h', 3_600_000],
  ['m', minuteMs],
  ['s', 1000],
  ['ms', 1],
]);

function everySchedule(text: string): Schedule | string {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text;
  if (!isWhole) return `failed to parse duration @every ${text}: time: invalid duration "${text}"`;
  const sum = parts.reduce(
    (total, [, number, unit]) => total + Number(number) * (units.get(unit) as number),
    0,
  );
  const pause = Math.max(1000, Math.trunc(sum / 1000) * 1000);
  return { next: (after) => Math.trunc(after / 1000) * 1000 + pause };
}

function readField(text: string, limits: Bounds): Field | string {
  const values = new Set<number>();
  let isStar = false;
  for (const part of text.split(',')) {
    const range = readRange(part, limits);
    if (typeof range === 'string') return range;
    isStar ||= range.isStar;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
  }
  return { values, isStar };
}

function readRange(
  text: string,
  { least, most, names }: Bounds,
): { first: number; last: number; step: number; isStar: boolean } | string {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [firstText = '', lastText, ...moreEnds] = range.split('-');
  const isAll = firstText === '*' || firstText === '?';
  const first = isAll ? least : readNumber(firstText, names, least);
  if (typeof first === 'string') return first;
  if (!isAll && moreEnds.length > 0) return `too many hyphens: ${text}`;
  const named = lastText === undefined || isAll ? first : readNumber(lastText, names, least);
  if (typeof named === 'string') return named;
  if (moreSteps.length > 0) return `too many slashes: ${text}`;
  const step = stepText === undefined ? 1 : readNumber(stepText, undefined, least);
  if (typeof step === 'string') return step;
  // A number with a step runs on to the end.
  const last = isAll || (lastText === undefined && stepText !== undefined) ? most : named;
  if (first < least) return `beginning of range (${first}) below minimum (${least}): ${text}`;
  if (last > most) return `end of range (${last}) above maximum (${most}): ${text}`;
  if (first > last) return `beginning of range (${first}) beyond end of range (${last}): ${text}`;
  if (step === 0) return `step of range should be a positive number: ${text}`;
  return { first, last, step, isStar: isAll && step === 1 };
}

/** @returns what Go says of a text that is no number */
function readNumber(text: string, names: readonly string[] | undefined, least: number): number | string {
  const place = names?.indexOf(text.toLowerCase()) ?? -1;
  if (place >= 0) return place + least;
  if (/^\+?\d+$/.test(text)) return Number(text);
  return `failed to parse int from ${text}: strconv.Atoi: parsing "${text}": invalid syntax`;
}

/** How a moment is called where the zone is, written as if it were UTC. */
type Zone = (moment: number) => number;

function zoneOf(name: string | undefined): Zone | undefined {
  if (name === undefined || name === '' || name === 'UTC' || name === 'Etc/UTC') return (moment) => moment;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  return (moment) => {
    const parts = Object.fromEntries(
      format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

function nextTime(fields: readonly Field[], zone: Zone, after: number): number | undefined {
  const [minutes, hours, monthDays, yearMonths, weekDays] = fields as [Field, Field, Field, Field, Field];
  let moment = (Math.floor(after / minuteMs) + 1) * minuteMs;
  const end = after + horizonMs;
  while (moment <= end) {
    const local = zone(moment);
    const date = new Date(local);
    const byMonthDay = monthDays.values.has(date.getUTCDate());
    const byWeekDay = weekDays.values.has(date.getUTCDay());
    // Where both days are named, either will do.
    const isDay = monthDays.isStar || weekDays.isStar ? byMonthDay && byWeekDay : byMonthDay || byWeekDay;
    if (!isDay || !yearMonths.values.has(date.getUTCMonth() + 1)) {
      // To midnight; a change of the clock on the way is caught by looking again.
      const rest = dayMs - (local % dayMs);
      moment += rest > 2 * 60 * minuteMs ? rest - 60 * minuteMs : minuteMs;
      if (zone(moment) % dayMs >= 23 * 60 * minuteMs) moment = stepTo(zone, moment, dayMs);
    } else if (!hours.values.has(date.getUTCHours())) {
      moment += 60 * minuteMs - (local % (60 * minuteMs));
    } else if (!minutes.values.has(date.getUTCMinutes())) {
      moment += minuteMs;
    } else {
      return moment;
    }
  }
  return undefined;
}

/** The next moment at which the local clock stands at a whole multiple of a unit. */
function stepTo(zone: Zone, moment: number, unit: number): number {
  const step = 15 * minuteMs;
  let next = moment - (zone(moment) % step) + step;
  while (zone(next) % unit >= step) next += step;
  return next;
}
