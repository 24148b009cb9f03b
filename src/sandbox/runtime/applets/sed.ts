import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { filter } from './applet.ts';
import { readOptions, UsageError } from './options.ts';
import { posixExpression } from './regular-expression.ts';

type Address = { readonly line: number } | { readonly last: true } | { readonly expression: RegExp };

interface Edit {
  readonly from?: Address;
  readonly to?: Address;
  readonly isNot: boolean;
  readonly command: string;
  readonly expression?: RegExp;
  readonly text: string;
  readonly flags: string;
}

interface SedState {
  readonly number: number;
  /** The line before: the last one is known only when no more come. */
  readonly held: string | undefined;
  readonly file: string;
  /** Edits whose range is open, by their number. */
  readonly open: readonly number[];
  readonly output: string;
  readonly done: boolean;
}

const letters = 'nEri::e:f:s';
const long = { quiet: 'n', silent: 'n', 'regexp-extended': 'E', expression: 'e', 'in-place': 'i' };

/** sed: `s`, `d`, `p`, `q`, `a`, `i`, `c`, `y` and `=` with addresses; `-n`, `-e`, `-E` and `-i`. */
export const sed: Program = filter<SedState>({
  begin(call) {
    const { lists, rest } = optionsOf(call);
    scriptOf(call);
    return {
      own: { number: 0, held: undefined, file: '', open: [], output: '', done: false },
      files: lists.e ? rest : rest.slice(1),
    };
  },
  line(call, own, line, file) {
    if (own.done) return 'stop';
    const next = own.held === undefined ? own : edit(call, own, own.held, false);
    return { ...next, held: line, file };
  },
  endOfFile(call, own, file) {
    const { flags } = optionsOf(call);
    if (!flags.i) return own;
    const next = own.held === undefined || own.done ? own : edit(call, own, own.held, true);
    call.files.write(file, next.output);
    return { number: 0, held: undefined, file: '', open: [], output: '', done: false };
  },
  end(call, own) {
    if (own.held !== undefined && !own.done) edit(call, own, own.held, true);
    return 0;
  },
  failureCode: (call) => (call.isBusybox ? 1 : 2),
  unreadable: (call, file, error) =>
    call.isBusybox ? `sed: ${file}: ${error.message}\n` : `sed: can't read ${file}: ${error.message}\n`,
});

/** `-i` takes an ending only when it stands right behind. */
function optionsOf(call: ProcessCall) {
  return readOptions(call, letters.replace('i::', 'i'), long);
}

function edit(call: ProcessCall, own: SedState, whole: string, isLast: boolean): SedState {
  const { flags } = optionsOf(call);
  const edits = scriptOf(call);
  const number = own.number + 1;
  const hasEnd = whole.endsWith('\n');
  let text = whole.replace(/\n$/, '');
  const open = new Set(own.open);
  let { output } = own;
  const print = (line: string, always = true) => {
    const end = always || hasEnd ? '\n' : '';
    if (flags.i) output += line + end;
    else call.out(line + end);
  };
  let behind = '';
  let isDeleted = false;
  let done = false;
  for (const [index, each] of edits.entries()) {
    if (applies(each, index, text, number, isLast, open) === each.isNot) continue;
    switch (each.command) {
      case 's': {
        const changed = substitute(text, each);
        if (changed !== undefined) {
          text = changed;
          if (each.flags.includes('p')) print(text);
        }
        break;
      }
      case 'y':
        text = [...text]
          .map((character) => each.text[[...each.flags].indexOf(character)] ?? character)
          .join('');
        break;
      case 'p':
        print(text);
        break;
      case 'd':
        isDeleted = true;
        break;
      case 'a':
        behind += `${each.text}\n`;
        break;
      case 'i':
        print(each.text);
        break;
      case 'c':
        print(each.text);
        isDeleted = true;
        break;
      case '=':
        print(`${number}`);
        break;
      case 'q':
        done = true;
    }
    if (isDeleted || done) break;
  }
  if (!isDeleted && !flags.n) print(text, false);
  if (behind !== '') print(behind.slice(0, -1));
  return { ...own, number, held: undefined, open: [...open], output, done };
}

function applies(
  { from, to }: Edit,
  index: number,
  text: string,
  number: number,
  isLast: boolean,
  open: Set<number>,
): boolean {
  const fits = (address: Address) =>
    'line' in address ? address.line === number : 'last' in address ? isLast : address.expression.test(text);
  if (!from) return true;
  if (!to) return fits(from);
  if (open.has(index)) {
    if (fits(to) || ('line' in to && to.line <= number)) open.delete(index);
    return true;
  }
  if (!fits(from)) return false;
  if (!('line' in to && to.line <= number)) open.add(index);
  return true;
}

function substitute(text: string, { expression, text: replacement, flags }: Edit): string | undefined {
  if (!expression) return undefined;
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const all = flags.includes('g');
  let count = 0;
  let changed = false;
  const next = text.replace(
    new RegExp(expression.source, `${expression.flags}g`),
    (match, ...groups: unknown[]) => {
      count += 1;
      if (count < nth || (!all && count > nth)) return match;
      changed = true;
      return replacement.replace(/\\(\d)|\\([\s\S])|&/g, (whole, digit?: string, escaped?: string) => {
        if (digit !== undefined) return digit === '0' ? match : `${groups[Number(digit) - 1] ?? ''}`;
        if (escaped !== undefined) return { n: '\n', t: '\t' }[escaped] ?? escaped;
        return whole === '&' ? match : whole;
      });
    },
  );
  return changed ? next : undefined;
}

const scripts = new Map<string, readonly Edit[]>();

/** @throws UsageError */
function scriptOf(call: ProcessCall): readonly Edit[] {
  const { flags, lists, rest } = optionsOf(call);
  const text = lists.e ? lists.e.join('\n') : rest[0];
  if (text === undefined)
    throw new UsageError('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n', 1);
  const isExtended = flags.E !== undefined || flags.r !== undefined;
  const key = `${isExtended} ${text}`;
  const known = scripts.get(key);
  if (known) return known;
  const edits = parse(call, text, isExtended);
  if (scripts.size > 100) scripts.clear();
  scripts.set(key, edits);
  return edits;
}

function parse(call: ProcessCall, script: string, isExtended: boolean): readonly Edit[] {
  const edits: Edit[] = [];
  let rest = script;
  const refuse = (why: string): never => {
    throw new UsageError(
      call.isBusybox
        ? `sed: ${why}\n`
        : `sed: -e expression #1, char ${script.length - rest.length + 1}: ${why}\n`,
    );
  };
  const address = (): Address | undefined => {
    const plain = /^(\d+|\$)/.exec(rest);
    if (plain) {
      rest = rest.slice(plain[0].length);
      return plain[0] === '$' ? { last: true } : { line: Number(plain[0]) };
    }
    const pattern = /^\/((?:[^/\\]|\\[\s\S])*)\//.exec(rest);
    if (!pattern) return undefined;
    rest = rest.slice(pattern[0].length);
    const expression = posixExpression((pattern[1] ?? '').replaceAll('\\/', '/'), isExtended, '');
    return expression ? { expression } : refuse('unterminated address regex');
  };
  for (;;) {
    rest = rest.replace(/^[\s;]+/, '');
    if (rest === '' || rest.startsWith('#')) return edits;
    const from = address();
    let to: Address | undefined;
    if (from && rest.startsWith(',')) {
      rest = rest.slice(1);
      to = address() ?? refuse("unexpected `,'");
    }
    rest = rest.trimStart();
    const isNot = rest.startsWith('!');
    rest = isNot ? rest.slice(1).trimStart() : rest;
    const command = rest[0] ?? refuse('missing command');
    rest = rest.slice(1);
    const base = { ...(from ? { from } : {}), ...(to ? { to } : {}), isNot, command };
    if (command === 's' || command === 'y') {
      const mark = rest[0] ?? refuse(`unterminated \`${command}' command`);
      const parts = splitMarked(rest.slice(1), mark);
      if (!parts) refuse(call.isBusybox ? "unmatched '/'" : `unterminated \`${command}' command`);
      const [pattern = '', text = '', after = ''] = parts ?? [];
      const flags = /^[gpiIe\d]*/.exec(after)?.[0] ?? '';
      rest = after.slice(flags.length);
      if (command === 'y') edits.push({ ...base, text, flags: pattern });
      else {
        const expression = posixExpression(pattern, isExtended, /i/i.test(flags) ? 'i' : '');
        if (!expression) refuse(`bad regex '${pattern}'`);
        edits.push({ ...base, text, flags, ...(expression ? { expression } : {}) });
      }
    } else if ('aic'.includes(command)) {
      const end = rest.indexOf('\n');
      const line = end < 0 ? rest : rest.slice(0, end);
      rest = end < 0 ? '' : rest.slice(end + 1);
      edits.push({ ...base, text: line.replace(/^\s*\\?\s*/, ''), flags: '' });
    } else if ('dpq='.includes(command)) edits.push({ ...base, text: '', flags: '' });
    else refuse(call.isBusybox ? `unsupported command ${command}` : `unknown command: \`${command}'`);
    if (!/^\s*($|[;\n}#])/.test(rest) && !'aic'.includes(command))
      refuse(
        call.isBusybox
          ? `unknown option to s///`
          : command === 's'
            ? "unknown option to `s'"
            : 'extra characters after command',
      );
  }
}

function splitMarked(text: string, mark: string): readonly [string, string, string] | undefined {
  const parts: string[] = [];
  let part = '';
  for (let place = 0; place < text.length; place++) {
    const character = text[place] ?? '';
    if (character === '\\') {
      const next = text[place + 1] ?? '';
      part += next === mark ? mark : `\\${next}`;
      place += 1;
    } else if (character === mark) {
      parts.push(part);
      part = '';
      if (parts.length === 2) return [parts[0] ?? '', parts[1] ?? '', text.slice(place + 1)];
    } else part += character;
  }
  return undefined;
}
