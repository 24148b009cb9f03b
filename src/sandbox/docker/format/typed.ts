import { absentValue, GoNil, GoRecord } from '../../go/go-record.ts';
import type { TemplateValue } from '../../go/template-value.ts';
import { inspectTypeLines } from './inspect-types-data.ts';

/** A type of the Engine API that `inspect` answers with. */
export type InspectType =
  | 'container.InspectResponse'
  | 'image.InspectResponse'
  | 'network.Inspect'
  | 'volume.Volume';

interface Field {
  readonly name: string;
  /** What JSON calls it. */
  readonly key: string;
  readonly kind: string;
}

let known: ReadonlyMap<string, readonly Field[]> | undefined;

function types(): ReadonlyMap<string, readonly Field[]> {
  known ??= new Map(
    inspectTypeLines
      .trim()
      .split('\n')
      .map((line) => {
        const colon = line.indexOf(': ');
        const fields = line.slice(colon + 2);
        return [line.slice(0, colon), fields === '' ? [] : fields.split(',').map(fieldOf)] as const;
      }),
  );
  return known;
}

function fieldOf(text: string): Field {
  const blank = text.indexOf(' ');
  const [name = '', key = name] = text.slice(0, blank).split('=');
  return { name, key, kind: text.slice(blank + 1) };
}

/**
 * An answer of the API as templates of the client see it: with the fields that its type has, also those that
 * JSON leaves out.
 */
export function typedValue(json: unknown, type: InspectType): TemplateValue {
  return recordOf(json, type, false);
}

/** Whether a map is one whose keys are no texts, which `index` cannot look anything up in. */
export function hasOddKeys(value: TemplateValue): boolean {
  return typeof value === 'object' && value !== null && oddlyKeyed.has(value);
}

const oddlyKeyed = new WeakSet<object>();

/** What `index` finds in a map where a key is not there: the zero of its values; undefined for what is no such map. */
export function zeroOf(map: TemplateValue): TemplateValue {
  const kind = typeof map === 'object' && map !== null ? kinds.get(map) : undefined;
  return kind === undefined ? undefined : converted(undefined, kind);
}

/** What the values of maps are. */
const kinds = new WeakMap<object, string>();

/** Numbers of JSON that are whole, as Go has them; all else as it is. */
export function withIntegers(json: unknown): TemplateValue {
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : json;
  if (Array.isArray(json)) return json.map(withIntegers);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withIntegers(value)]));
}

function converted(json: unknown, kind: string): TemplateValue {
  if (kind.startsWith('*')) return pointerTo(json, kind);
  if (kind.startsWith('[]')) {
    if (!Array.isArray(json)) return absentValue([]);
    return json.map((each) => converted(each, kind.slice(2)));
  }
  if (kind.startsWith('{')) return mapOf(json, kind.slice(kind.indexOf('}') + 1), kind.startsWith('{!}'));
  switch (kind) {
    case 'text':
      return typeof json === 'string' ? json : json === undefined || json === null ? '' : String(json);
    case 'int':
      return typeof json === 'number' ? BigInt(Math.trunc(json)) : 0n;
    case 'bool':
      return json === true;
    case 'address':
      return json || 'invalid IP';
    case 'prefix':
      return json || 'invalid Prefix';
    case 'time':
      return shownTime(json);
    case 'duration':
      return shownDuration(typeof json === 'number' ? json : 0);
    case 'any':
      return withIntegers(json);
    default:
      return recordOf(json, kind, false);
  }
}

function pointerTo(json: unknown, kind: string): TemplateValue {
  if (json === undefined || json === null) return new GoNil(kind);
  const inner = kind.slice(1);
  return types().has(inner) ? recordOf(json, inner, true) : converted(json, inner);
}

function recordOf(json: unknown, type: string, isPointer: boolean): GoRecord {
  const seen = json ?? {};
  const given = seen as Readonly<Record<string, unknown>>;
  const fields = (types().get(type) ?? []).map(
    ({ name, key, kind }) => [name, converted(given[key], kind)] as const,
  );
  return new GoRecord(isPointer ? `*${type}` : type, Object.fromEntries(fields), {
    isPointer,
    json: seen,
  });
}

function mapOf(json: unknown, kind: string, isOdd: boolean): TemplateValue {
  const isThere = typeof json === 'object' && json !== null;
  const values = isThere ? Object.entries(json).map(([key, value]) => [key, converted(value, kind)]) : [];
  const map = isThere ? Object.fromEntries(values) : absentValue({});
  kinds.set(map, kind);
  if (isOdd) oddlyKeyed.add(map);
  return map;
}

function shownTime(json: unknown): string {
  const text = typeof json === 'string' ? json : '0001-01-01T00:00:00Z';
  return `${text.replace('T', ' ').replace(/Z$/, '')} +0000 UTC`;
}

/** Nanoseconds as Go's `time.Duration` shows itself: `1m30s`. */
function shownDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  const seconds = nanoseconds / 1e9;
  if (seconds < 1) return `${nanoseconds / 1e6}ms`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${Math.round((seconds % 60) * 1e9) / 1e9}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
