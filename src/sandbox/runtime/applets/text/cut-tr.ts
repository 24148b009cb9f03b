import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { complaint, misuse, readOptions, UsageError } from '../options.ts';

/** cut */
export const cut: Program = filter({
  begin(call) {
    const { values, lists, flags, rest } = readOptions(
      call,
      call.isBusybox ? 'b:c:d:f:snO:D' : 'b:c:d:f:snO:C',
      {
        bytes: 'b',
        characters: 'c',
        delimiter: 'd',
        fields: 'f',
        'only-delimited': 's',
        'output-delimiter': 'O',
        complement: 'C',
      },
    );
    const given = [...(lists.f ?? []), ...(lists.c ?? []), ...(lists.b ?? [])];
    const [list] = given;
    if (list === undefined) {
      throw new UsageError(
        complaint(
          call,
          'you must specify a list of bytes, characters, or fields',
          'expected a list of bytes, characters, or fields',
        ),
      );
    }
    if (given.length > 1) throw misuse(call, 'only one list may be specified');
    const { d, O: output } = values;
    if (values.f === undefined && d !== undefined)
      throw misuse(
        call,
        'an input delimiter may be specified only when operating on fields',
        'a delimiter may be specified only when operating on fields',
      );
    if (values.f === undefined && flags.s)
      throw misuse(
        call,
        'suppressing non-delimited lines makes sense\n\tonly when operating on fields',
        'suppressing non-delimited lines makes sense only when operating on fields',
      );
    if (list === '' && call.isBusybox) throw new UsageError('cut: missing list of positions\n');
    if (d !== undefined && d.length !== 1 && !call.isBusybox)
      throw misuse(call, 'the delimiter must be a single character');
    const spans = list.split(',').map((part) => spanOf(call, part, values.f !== undefined));
    const delimiter = values.f === undefined ? undefined : (d ?? '\t').charAt(0);
    return {
      own: {
        spans,
        delimiter,
        joint: output ?? delimiter ?? '',
        only: flags.s !== undefined,
        isNot: flags.C !== undefined,
        keepsOrder: flags.D !== undefined,
      },
      files: rest,
    };
  },
  line(call, own, whole) {
    const line = whole.replace(/\n$/, '');
    const { delimiter, spans } = own;
    if (delimiter !== undefined && !line.includes(delimiter)) {
      // Busybox does not count a line without anything in it among those that lack what it looks for.
      if (!own.only || (call.isBusybox && line === '')) call.out(`${line}\n`);
      return own;
    }
    const parts = delimiter === undefined ? [...line] : line.split(delimiter);
    const within = (index: number) => spans.some(([from, to]) => index + 1 >= from && index + 1 <= to);
    const wanted = own.keepsOrder
      ? spans.flatMap(([from, to]) => parts.slice(from - 1, to))
      : parts.filter((_, index) => within(index) !== own.isNot);
    call.out(`${wanted.join(own.joint)}\n`);
    return own;
  },
  unreadable: (_, file, error) => `cut: ${file}: ${error.message}\n`,
});

/** A part of a list: `2`, `2-`, `-3` or `2-3`. @throws UsageError */
function spanOf(call: ProcessCall, part: string, isFields: boolean): readonly [from: number, to: number] {
  const match = /^(\d*)(-?)(\d*)$/.exec(part);
  if (!match) {
    const gnu = isFields ? `invalid field value '${part}'` : `invalid byte/character position '${part}'`;
    throw new UsageError(complaint(call, gnu, `invalid number '${part}'`));
  }
  const [, from = '', dash, to] = match;
  if (part === '-' && !call.isBusybox) throw misuse(call, 'invalid range with no endpoint: -');
  if ((part === '' || Number(from || '1') === 0) && !call.isBusybox)
    throw misuse(
      call,
      isFields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1',
    );
  // Busybox takes the first for the one before it.
  const start = Math.max(Number(from || '1'), 1);
  const end = dash === '' ? start : to === '' ? Number.MAX_SAFE_INTEGER : Number(to);
  if (end < start) throw new UsageError(complaint(call, 'invalid decreasing range', `${end}<${start - 1}`));
  return [start, end];
}

/** tr */
export const tr: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, call.isBusybox ? '+cCds' : '+cCdst', {
      delete: 'd',
      'squeeze-repeats': 's',
      complement: 'c',
      'truncate-set1': 't',
    });
    const [from, to] = rest;
    if (from === undefined) throw misuse(call, 'missing operand');
    if (to === undefined && !flags.d && !flags.s && !call.isBusybox)
      throw new UsageError(
        `tr: missing operand after '${from}'\nTwo strings must be given when translating.\nTry 'tr --help' for more information.\n`,
      );
    if (!call.isBusybox) demandSets(call, flags, rest);
    const first = setOf(call, from);
    const second = to === undefined ? undefined : filledSet(call, to, first.length);
    const left = flags.t && second ? first.slice(0, second.length) : first;
    return { own: { from: left, ...(second ? { to: second } : {}), flags, last: '' }, files: [] };
  },
  line(call, own, line) {
    const text = translate(line, own.from, own.to, own.flags, own.last);
    call.out(text);
    return { ...own, last: text.slice(-1) || own.last };
  },
});

/** @throws UsageError where GNU is given more sets than it can use */
function demandSets(
  call: ProcessCall,
  flags: Readonly<Record<string, number>>,
  rest: readonly string[],
): void {
  if (rest.length > 2) throw misuse(call, `extra operand '${rest[2]}'`);
  if (flags.d && !flags.s && rest.length > 1)
    throw new UsageError(
      `tr: extra operand '${rest[1]}'\nOnly one string may be given when deleting without squeezing repeats.\nTry 'tr --help' for more information.\n`,
    );
}

function translate(
  text: string,
  from: readonly string[],
  to: readonly string[] | undefined,
  flags: Readonly<Record<string, number>>,
  before: string,
): string {
  const known = new Map(from.map((character, index) => [character, index]));
  const last = to?.at(-1);
  const isNot = flags.c !== undefined || flags.C !== undefined;
  const has = (character: string) => known.has(character) !== isNot;
  const repeated = to && new Set(to);
  const isSqueezed = (next: string) => flags.s !== undefined && (repeated ? repeated.has(next) : has(next));
  let found = '';
  // A character that was repeated may be the last of what came before.
  const endsWith = (character: string) => (found === '' ? before === character : found.endsWith(character));
  for (const character of text) {
    const isIn = has(character);
    if (flags.d && isIn) continue;
    const other = isNot ? undefined : to?.[Number(known.get(character))];
    const next = !flags.d && isIn ? (other ?? last ?? character) : character;
    if (isSqueezed(next) && endsWith(next)) continue;
    found += next;
  }
  return found;
}

const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: ' \t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-/:-@[-`{-~',
  space: '\t-\r ',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The second set; in GNU `[x*]` fills it up to the length of the first, and `[x*3]` stands for three. */
function filledSet(call: ProcessCall, text: string, length: number): readonly string[] {
  if (call.isBusybox) return setOf(call, text);
  const repeats = /^([\s\S]*?)\[([\s\S])\*(\d*)\]([\s\S]*)$/.exec(text);
  if (!repeats) return setOf(call, text);
  const [, before = '', character = '', count = '', after = ''] = repeats;
  const [left, right] = [setOf(call, before), setOf(call, after)];
  const times = Number(count) || Math.max(length - left.length - right.length, 0);
  return [...left, ...Array.from({ length: Math.min(times, 1000) }, () => character), ...right];
}

function setOf(call: ProcessCall, text: string): readonly string[] {
  const plain = text
    .replace(/\[:(\w+):\]/g, (whole, name: string) => {
      const members = Object.hasOwn(classes, name) ? classes[name] : undefined;
      if (members === undefined && !call.isBusybox)
        throw new UsageError(`tr: invalid character class '${name}'\n`);
      return members ?? whole;
    })
    .replace(/\\([0-7]{1,3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
  const characters = [...plain];
  const found: string[] = [];
  for (let place = 0; place < characters.length && found.length < 70_000; place++) {
    const [from = '', dash, to] = characters.slice(place, place + 3);
    if (dash !== '-' || to === undefined) {
      found.push(from);
      continue;
    }
    const [first, last] = [Number(from.codePointAt(0)), Number(to.codePointAt(0))];
    if (first > last && !call.isBusybox)
      throw new UsageError(
        `tr: range-endpoints of '${from}-${to}' are in reverse collating sequence order\n`,
      );
    for (let code = first; code <= last; code++) found.push(String.fromCodePoint(code));
    place += 2;
  }
  return found;
}
