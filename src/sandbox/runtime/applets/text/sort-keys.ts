/** A part of a line that `sort -k` names. */
export interface Key {
  /** From 1. */
  readonly field: number;
  readonly place: number;
  readonly lastField?: number;
  /** 0 is the end of the field. */
  readonly lastPlace?: number;
  /** Letters such as `n` and `r`, for this part alone. */
  readonly flags: string;
}

/** The text of a key in a line: without a separator a field begins with the blanks before it. */
export function keyText(line: string, key: Key, separator: string | undefined, skipsBlanks: boolean): string {
  const starts = fieldStarts(line, separator);
  const startOf = (field: number) => starts[field - 1] ?? line.length;
  const endOf = (field: number) =>
    field >= starts.length ? line.length : startOf(field + 1) - (separator === undefined ? 0 : 1);
  const blanks = (from: number) => (skipsBlanks ? line.slice(from).search(/[^ \t]|$/) : 0);
  const from = startOf(key.field) + blanks(startOf(key.field)) + key.place - 1;
  if (key.lastField === undefined) return line.slice(from);
  const last = startOf(key.lastField);
  const to = key.lastPlace ? last + blanks(last) + key.lastPlace : endOf(key.lastField);
  return line.slice(from, Math.max(from, Math.min(to, line.length)));
}

function fieldStarts(line: string, separator: string | undefined): readonly number[] {
  if (separator === undefined) return [...line.matchAll(/[ \t]*[^ \t]+/g)].map(({ index }) => index);
  const starts = [0];
  for (let place = 0; place < line.length; place++) if (line[place] === separator) starts.push(place + 1);
  return starts;
}

type Compare = (one: string, other: string) => number;

/** How two keys are compared, by the letters that were given. */
export function compareBy(letters: string, isBusybox: boolean): Compare {
  if (letters.includes('n')) return by(isBusybox ? general(0) : plain);
  if (letters.includes('g')) return by(general(Number.NEGATIVE_INFINITY));
  if (letters.includes('h')) return by(isBusybox ? busyboxSize : size);
  if (letters.includes('M')) return by(month);
  if (letters.includes('V')) return byVersion;
  return byText((text) => {
    const skipped = letters.includes('b') ? text.trimStart() : text;
    const dictionary = letters.includes('d') ? skipped.replace(/[^A-Za-z0-9 \t]/g, '') : skipped;
    const printed = letters.includes('i') ? dictionary.replace(/[^ -~]/g, '') : dictionary;
    return letters.includes('f') ? printed.toUpperCase() : printed;
  });
}

function by(value: (text: string) => number): Compare {
  return (one, other) => {
    const [left, right] = [value(one), value(other)];
    return left === right ? 0 : left < right ? -1 : 1;
  };
}

function byText(read: (text: string) => string): Compare {
  return (one, other) => {
    const [left, right] = [read(one), read(other)];
    return left === right ? 0 : left < right ? -1 : 1;
  };
}

/** Digits alone; what has none is 0. */
function plain(text: string): number {
  return Number(/^[ \t]*(-?\d*\.?\d+)/.exec(text)?.[1] ?? 0);
}

/** A number as strtod(3) reads it. @param missing what no number counts as */
function general(missing: number): (text: string) => number {
  return (text) => {
    const found = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(text)?.[1];
    return found === undefined ? missing : Number(found);
  };
}

/** First the unit counts, then the number. */
function size(text: string): number {
  const [, number = '0', unit = ''] = /^[ \t]*(-?\d*\.?\d+)([kKMGTPE]?)/.exec(text) ?? [];
  return Number(number) * 1024 ** ' KMGTPE'.indexOf(unit.toUpperCase() || ' ');
}

function busyboxSize(text: string): number {
  const value = general(Number.NEGATIVE_INFINITY)(text);
  const unit = /^\s*[-+]?[\d.]+([KMGTPE])/i.exec(text)?.[1] ?? ' ';
  return value * 1024 ** ' KMGTPE'.indexOf(unit.toUpperCase());
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function month(text: string): number {
  return months.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

function byVersion(one: string, other: string): number {
  const [left, right] = [one.match(/\d+|\D+/g) ?? [], other.match(/\d+|\D+/g) ?? []];
  for (const [index, part] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    const isNumber = /^\d/.test(part) && /^\d/.test(against);
    const order = isNumber ? Number(part) - Number(against) : part === against ? 0 : part < against ? -1 : 1;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
