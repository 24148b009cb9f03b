import type { Program } from '../program.ts';
import { filter } from './applet.ts';
import { complaint, readOptions, UsageError } from './options.ts';

/** cut */
export const cut: Program = filter({
  begin(call) {
    const { values, flags, rest } = readOptions(call, 'd:f:c:b:sn', {
      delimiter: 'd',
      fields: 'f',
      characters: 'c',
      bytes: 'b',
      'only-delimited': 's',
    });
    const list = values.f ?? values.c ?? values.b;
    if (list === undefined) {
      throw new UsageError(
        complaint(
          call,
          'you must specify a list of bytes, characters, or fields',
          'expected a list of bytes, characters, or fields',
        ),
      );
    }
    const ranges = list.split(',').map((part) => /^(\d*)(-?)(\d*)$/.exec(part));
    if (ranges.some((range) => !range || range[0] === '' || range[0] === '-')) {
      throw new UsageError(complaint(call, `invalid field value '${list}'`, `invalid range '${list}'`));
    }
    const spans = ranges.map((range) => {
      const [, from = '', dash = '', to = ''] = range ?? [];
      const start = from === '' ? 1 : Number(from);
      return [start, dash === '' ? start : to === '' ? Number.MAX_SAFE_INTEGER : Number(to)] as const;
    });
    return {
      own: {
        spans,
        delimiter: values.f === undefined ? undefined : (values.d ?? '\t'),
        only: flags.s !== undefined,
      },
      files: rest,
    };
  },
  line(call, own, whole) {
    const line = whole.replace(/\n$/, '');
    const isWanted = (_: string, index: number) =>
      own.spans.some(([from, to]) => index + 1 >= from && index + 1 <= to);
    if (own.delimiter === undefined) call.out(`${[...line].filter(isWanted).join('')}\n`);
    else if (!line.includes(own.delimiter)) {
      if (!own.only) call.out(`${line}\n`);
    } else call.out(`${line.split(own.delimiter).filter(isWanted).join(own.delimiter)}\n`);
    return own;
  },
});

/** tr */
export const tr: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, '+cCdst', {
      delete: 'd',
      squeeze: 's',
      'squeeze-repeats': 's',
      complement: 'c',
    });
    const [from, to] = rest;
    if (from === undefined) throw new UsageError(complaint(call, 'missing operand'));
    if (to === undefined && !flags.d && !flags.s) {
      throw new UsageError(
        call.isBusybox
          ? complaint(call, 'missing operand')
          : `tr: missing operand after '${from}'\nTwo strings must be given when translating.\nTry 'tr --help' for more information.\n`,
      );
    }
    return { own: { from, to, flags, last: '' }, files: [] };
  },
  line(call, own, line) {
    const text = translate(
      line,
      setOf(own.from),
      own.to === undefined ? undefined : setOf(own.to),
      own.flags,
      own.last,
    );
    call.out(text);
    return text === '' ? own : { ...own, last: text.slice(-1) };
  },
});

function translate(
  text: string,
  from: readonly string[],
  to: readonly string[] | undefined,
  flags: Readonly<Record<string, number>>,
  before: string,
): string {
  const known = new Map(from.map((character, index) => [character, index]));
  const isNot = flags.c !== undefined || flags.C !== undefined;
  const has = (character: string) => known.has(character) !== isNot;
  const squeezed = new Set(flags.s ? (to && !flags.d ? to : (to ?? from)) : []);
  let found = '';
  // A character that was repeated may be the last of what came before.
  const endsWith = (character: string) => (found === '' ? before === character : found.endsWith(character));
  for (const character of text) {
    if (flags.d && has(character)) continue;
    let next = character;
    if (!flags.d && to && has(character))
      next = isNot ? (to.at(-1) ?? '') : (to[known.get(character) ?? 0] ?? to.at(-1) ?? '');
    const isSqueezed =
      flags.s && (to && !flags.d ? squeezed.has(next) : isNot ? has(character) : squeezed.has(next));
    if (isSqueezed && endsWith(next)) continue;
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

function setOf(text: string): readonly string[] {
  const plain = text
    .replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole)
    .replace(/\\([0-7]{1,3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
  const characters = [...plain];
  const found: string[] = [];
  for (let place = 0; place < characters.length && found.length < 70_000; place++) {
    const [from = '', dash, to] = characters.slice(place, place + 3);
    if (dash === '-' && to !== undefined && from <= to) {
      for (let code = from.codePointAt(0) ?? 0; code <= (to.codePointAt(0) ?? 0); code++)
        found.push(String.fromCodePoint(code));
      place += 2;
    } else found.push(from);
  }
  return found;
}
