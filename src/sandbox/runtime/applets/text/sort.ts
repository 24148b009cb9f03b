import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { type Options, readOptions, UsageError } from '../options.ts';
import { compareBy, type Key, keyText } from './sort-keys.ts';

const letters = 'nrugMhVfbdist:k:o:T:S:mcz';
const long = {
  'ignore-leading-blanks': 'b',
  'dictionary-order': 'd',
  'ignore-case': 'f',
  'general-numeric-sort': 'g',
  'ignore-nonprinting': 'i',
  'month-sort': 'M',
  'human-numeric-sort': 'h',
  'numeric-sort': 'n',
  reverse: 'r',
  'version-sort': 'V',
  check: 'c',
  key: 'k',
  merge: 'm',
  output: 'o',
  stable: 's',
  'field-separator': 't',
  unique: 'u',
  'zero-terminated': 'z',
};

/** sort */
export const sort: Program = filter({
  begin(call) {
    const options = readOptions(call, call.isBusybox ? letters : `${letters}C`, long);
    const { t } = options.values;
    if (t !== undefined && t.length !== 1 && t !== '\\0')
      throw new UsageError(
        call.isBusybox ? 'sort: bad -t parameter\n' : `sort: multi-character tab '${t}'\n`,
        2,
      );
    if (options.flags.c && options.rest.length > 1 && !call.isBusybox)
      throw new UsageError(`sort: extra operand '${options.rest[1]}' not allowed with -c\n`, 2);
    const keys = (options.lists.k ?? []).map((text) => keyOf(call, text));
    return { own: { options, keys, text: '', groups: [] as readonly number[] }, files: options.rest };
  },
  line: (_, own, line) => ({ ...own, text: own.text + line }),
  endOfFile(_, own) {
    const end = own.options.flags.z ? '\0' : '\n';
    const text = own.text === '' || own.text.endsWith(end) ? own.text : own.text + end;
    return { ...own, text, groups: [...own.groups, text.length] };
  },
  end(call, own, failed) {
    if (failed) return 2;
    const { flags, values } = own.options;
    const end = flags.z ? '\0' : '\n';
    const lines = linesOf(own.text, end);
    if (flags.c || flags.C) return check(call, own.options, own.keys, lines);
    const order = orderOf(own.options, own.keys, call.isBusybox);
    const sorted =
      flags.m && !call.isBusybox
        ? merged(own.text, own.groups, end, order.whole)
        : [...lines].sort(order.whole);
    const unique = flags.u
      ? sorted.filter((line, index) => index === 0 || order.keys(`${sorted[index - 1]}`, line) !== 0)
      : sorted;
    const text = unique.map((line) => line + end).join('');
    if (values.o === undefined) call.out(text);
    else write(call, values.o, text);
    return 0;
  },
  failureCode: () => 2,
  takesFolders: (call) => call.isBusybox,
  unreadable(call, file, error) {
    if (call.isBusybox) return `sort: ${file}: ${error.message}\n`;
    return `sort: ${error.code === 'EISDIR' ? 'read failed' : 'cannot read'}: ${file}: ${error.message}\n`;
  },
});

function write(call: ProcessCall, path: string, text: string): void {
  try {
    call.files.write(path, text);
  } catch (thrown) {
    const error = caught(thrown, FileError);
    throw new UsageError(
      call.isBusybox
        ? `sort: can't open '${path}': ${error.message}\n`
        : `sort: open failed: ${path}: ${error.message}\n`,
      2,
    );
  }
}

/** What stands behind `-k`: `2`, `2,3`, `1.2nr,1.4`. @throws UsageError */
function keyOf(call: ProcessCall, text: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!match)
    throw new UsageError(
      call.isBusybox
        ? 'sort: bad field specification\n'
        : `sort: invalid number at field start: invalid count at start of '${text}'\n`,
      2,
    );
  const [, field, place, flags = '', lastField, lastPlace, lastFlags = ''] = match;
  if (Number(field) === 0)
    throw new UsageError(
      call.isBusybox
        ? 'sort: bad field specification\n'
        : `sort: field number is zero: invalid field specification '${text}'\n`,
      2,
    );
  return {
    field: Number(field),
    place: Number(place ?? 1),
    ...(lastField === undefined ? {} : { lastField: Number(lastField), lastPlace: Number(lastPlace ?? 0) }),
    flags: flags + lastFlags,
  };
}

function orderOf({ flags, values }: Options, keys: readonly Key[], isBusybox: boolean) {
  const common = 'nrgMhVfbdi'
    .split('')
    .filter((letter) => flags[letter])
    .join('');
  const parts = keys.length > 0 ? keys : [{ field: 1, place: 1, flags: '' }];
  const comparisons = parts.map((key) => {
    const own = key.flags === '' ? common : key.flags;
    const compare = compareBy(own, isBusybox);
    const flip = own.includes('r') ? -1 : 1;
    const text = (line: string) => (keys.length > 0 ? keyText(line, key, values.t, own.includes('b')) : line);
    return (one: string, other: string) => flip * compare(text(one), text(other));
  });
  const byKeys = (one: string, other: string) => {
    for (const compare of comparisons) {
      const order = compare(one, other);
      if (order !== 0) return order;
    }
    return 0;
  };
  const isStable = flags.s !== undefined || (flags.u !== undefined && !isBusybox);
  const flip = flags.r ? -1 : 1;
  const whole = (one: string, other: string) =>
    byKeys(one, other) || (isStable || one === other ? 0 : flip * (one < other ? -1 : 1));
  return { keys: byKeys, whole };
}

function check(call: ProcessCall, options: Options, keys: readonly Key[], lines: readonly string[]): number {
  const order = orderOf(options, keys, call.isBusybox);
  const compare = options.flags.u ? order.keys : order.whole;
  const least = options.flags.u ? 0 : 1;
  const wrong = lines.findIndex((line, index) => index > 0 && compare(`${lines[index - 1]}`, line) >= least);
  if (wrong < 0) return 0;
  const [file = '-'] = options.rest;
  if (call.isBusybox) call.err(`Check line ${wrong}\n`);
  else if (!options.flags.C) call.err(`sort: ${file}:${wrong + 1}: disorder: ${lines[wrong]}\n`);
  return 1;
}

/** GNU merges what it is told to be sorted, and does not look whether it is. */
function merged(
  text: string,
  ends: readonly number[],
  end: string,
  compare: (one: string, other: string) => number,
): readonly string[] {
  let left = ends.map((to, index) => linesOf(text.slice(ends[index - 1] ?? 0, to), end));
  const found: string[] = [];
  for (;;) {
    let best: { readonly line: string; readonly file: number } | undefined;
    for (const [file, [line]] of left.entries())
      if (line !== undefined && (!best || compare(line, best.line) < 0)) best = { line, file };
    if (!best) return found;
    const { line, file } = best;
    found.push(line);
    left = left.map((lines, index) => (index === file ? lines.slice(1) : lines));
  }
}

function linesOf(text: string, end: string): readonly string[] {
  return text === '' ? [] : text.slice(0, -1).split(end);
}
