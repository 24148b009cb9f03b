import type { World } from './world.ts';

/** Times as the API writes them. */
const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Numbers that can only be milliseconds since 1970: from 2020 to 2100. */
const earliest = Date.UTC(2020, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** What does not change with the time at which a world is looked at. */
const timeless: readonly string[] = ['runtime/images', 'runtime/layers', 'registry/tags'];

/**
 * The same world at another time: everything that happened in it happened that much later. So a world that was
 * recorded can be taken up now.
 *
 * @param milliseconds a whole number of seconds, since the API knows no less
 * @throws RangeError for another number
 */
export function shiftedWorld(world: World, milliseconds: number): World {
  if (!Number.isInteger(milliseconds / 1000)) throw new RangeError('worlds are moved by whole seconds');
  const tables = Object.fromEntries(
    Object.entries(world.tables).map(([name, table]) => [
      name,
      timeless.includes(name) ? table : (shifted(table, milliseconds) as typeof table),
    ]),
  );
  return { ...world, now: world.now + milliseconds, tables };
}

function shifted(value: unknown, by: number): unknown {
  if (typeof value === 'number') return value >= earliest && value < latest ? value + by : value;
  if (typeof value === 'string') return written.test(value) ? shiftedText(value, by) : value;
  if (Array.isArray(value)) return value.map((each) => shifted(each, by));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) copy[name] = shifted(each, by);
  return copy;
}

function shiftedText(text: string, by: number): string {
  // Parts of a second stay, as many digits as there are.
  const seconds = 'yyyy-mm-ddThh:mm:ss'.length;
  return new Date(Date.parse(text) + by).toISOString().slice(0, seconds) + text.slice(seconds);
}
