import { utf8Bytes } from '../../../images/utf8.ts';
import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { sizeOf, utf8Length } from '../../volume.ts';
import { filter, tool } from '../applet.ts';
import { nameOf, readOptions } from '../options.ts';

/** cat, with its numbers and signs for what is not seen. */
export const cat: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, call.isBusybox ? 'nbvteAu' : 'nbsvetAETu', {
      'show-all': 'A',
      'number-nonblank': 'b',
      'show-ends': 'E',
      number: 'n',
      'squeeze-blank': 's',
      'show-tabs': 'T',
      'show-nonprinting': 'v',
    });
    return { own: { number: 0, blanks: 0, isOpen: false, flags }, files: rest };
  },
  line(call, own, line) {
    const { flags } = own;
    const isBlank = line === '\n' && !own.isOpen;
    const blanks = isBlank ? own.blanks + 1 : 0;
    if (flags.s && blanks > 1) return own;
    const isNumbered = !own.isOpen && (flags.b ? !isBlank : flags.n !== undefined);
    const number = own.number + (isNumbered ? 1 : 0);
    const hasEnd = line.endsWith('\n');
    const shown = visible(line.replace(/\n$/, ''), {
      signs: Boolean(flags.v || flags.e || flags.t || flags.A),
      tabs: Boolean(flags.t || flags.A || flags.T),
    });
    const mark = hasEnd && (flags.e || flags.A || flags.E) ? '$' : '';
    // Busybox ends what it numbers.
    const end = hasEnd || (call.isBusybox && (flags.n || flags.b)) ? '\n' : '';
    call.out(`${isNumbered ? `${`${number}`.padStart(6)}\t` : ''}${shown}${mark}${end}`);
    return { ...own, number, blanks, isOpen: end === '' };
  },
});

/** A line with `^A` and `M-a` for what no terminal shows. */
function visible(line: string, { signs, tabs }: { readonly signs: boolean; readonly tabs: boolean }): string {
  if (!signs) return tabs ? line.replaceAll('\t', '^I') : line;
  const low = (byte: number) =>
    byte === 127 ? '^?' : byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
  return [...utf8Bytes(line)]
    .map((byte) => (byte === 9 && !tabs ? '\t' : byte < 128 ? low(byte) : `M-${low(byte - 128)}`))
    .join('');
}

/** What wc counts: lines, words, characters, bytes, and the longest line. */
type Counts = Readonly<Record<'l' | 'w' | 'm' | 'c' | 'L', number>>;
const nothingCounted: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };

/** wc */
export const wc: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'lwcmL', {
      lines: 'l',
      words: 'w',
      chars: 'm',
      bytes: 'c',
      'max-line-length': 'L',
    });
    const asked = (['l', 'w', 'm', 'c', 'L'] as const).filter((letter) => flags[letter] !== undefined);
    const shown = asked.length > 0 ? asked : (['l', 'w', 'c'] as const);
    return {
      own: { shown, now: nothingCounted, all: nothingCounted, files: rest, failed: false },
      files: rest,
    };
  },
  line(_, own, line) {
    const { now } = own;
    const text = line.replace(/\n$/, '');
    return {
      ...own,
      now: {
        l: now.l + (text === line ? 0 : 1),
        w: now.w + (line.match(/\S+/g)?.length ?? 0),
        m: now.m + [...line].length,
        c: now.c + utf8Length(line),
        L: Math.max(now.L, widthOf(text)),
      },
    };
  },
  endOfFile(call, own, file) {
    // Zeros behind a file are not read, but they are there.
    const node = file === '-' ? undefined : call.files.look(file);
    const now = node?.kind === 'file' ? { ...own.now, c: sizeOf(node) } : own.now;
    const isFolder = node?.kind === 'folder';
    if (isFolder) call.err(`wc: ${file}: Is a directory\n`);
    call.out(countLine(call, own, now, own.files.length > 0 ? file : ''));
    const { all } = own;
    const sum = {
      l: all.l + now.l,
      w: all.w + now.w,
      m: all.m + now.m,
      c: all.c + now.c,
      L: Math.max(all.L, now.L),
    };
    return { ...own, now: nothingCounted, all: sum, failed: own.failed || isFolder };
  },
  end(call, own) {
    if (own.files.length > 1) call.out(countLine(call, own, own.all, 'total'));
    return own.failed ? 1 : 0;
  },
  takesFolders: () => true,
  unreadable: (_, file, error) => `wc: ${file}: ${error.message}\n`,
});

/** Columns that a line takes on a terminal, where tabs go on to the next eighth. */
function widthOf(line: string): number {
  return [...line].reduce((width, character) => width + (character === '\t' ? 8 - (width % 8) : 1), 0);
}

/** GNU makes its columns as wide as the size of all files, and seven where it cannot know it. */
function widthFor(call: ProcessCall, files: readonly string[]): number {
  const input = call.fd(0);
  const paths = files.length > 0 ? files : input?.kind === 'file' ? [input.path] : [];
  const nodes = paths.map((path) => (path === '-' ? undefined : call.files.look(path)));
  const isUnknown = paths.includes('-') || nodes.some((node) => node?.kind === 'folder');
  if (paths.length === 0 || isUnknown) return 7;
  return `${nodes.reduce((sum, node) => sum + (node?.kind === 'file' ? sizeOf(node) : 0), 0)}`.length;
}

function countLine(
  call: ProcessCall,
  { shown, files }: { readonly shown: readonly (keyof Counts)[]; readonly files: readonly string[] },
  counts: Counts,
  name: string,
): string {
  const isAlone = shown.length === 1 && files.length < 2;
  const width = isAlone ? 0 : call.isBusybox ? 9 : widthFor(call, files);
  const numbers = shown.map((letter) => `${counts[letter]}`.padStart(width));
  return `${numbers.join(' ')}${name === '' ? '' : ` ${name}`}\n`;
}

/** tac */
export const tac: Program = filter({
  begin: (call) => ({ own: '', files: readOptions(call, '').rest }),
  line: (_, own, line) => own + line,
  endOfFile(call, own) {
    call.out((own.match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''));
    return '';
  },
  unreadable: (call, file, error) =>
    call.isBusybox
      ? `tac: ${file}: ${error.message}\n`
      : `tac: failed to open '${file}' for reading: ${error.message}\n`,
});

/** rev */
export const rev: Program = filter({
  begin: (call) => ({ own: null, files: readOptions(call, '').rest }),
  line(call, own, line) {
    const text = line.replace(/\n$/, '');
    call.out(`${[...text].reverse().join('')}${text === line ? '' : '\n'}`);
    return own;
  },
  unreadable: (call, file, error) =>
    call.isBusybox ? `rev: ${file}: ${error.message}\n` : `rev: cannot open ${file}: ${error.message}\n`,
});

/** tee: its input goes on, and into files. */
export const tee: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'ai', { append: 'a', 'ignore-interrupts': 'i' });
    const paths = rest.filter((path) => write(call, path, '', flags.a !== undefined));
    return { own: { paths, code: paths.length < rest.length ? 1 : 0 }, files: [] };
  },
  line(call, own, line) {
    call.out(line);
    for (const path of own.paths) write(call, path, line, true);
    return own;
  },
  end: (_, own) => own.code,
});

/** @returns false where the file does not take it, which has been said */
function write(call: ProcessCall, path: string, text: string, appends: boolean): boolean {
  try {
    const to = call.open(path, appends ? 'append' : 'write');
    if (to.kind === 'file') call.files.append(to.path, text);
    return true;
  } catch (thrown) {
    const error = caught(thrown, FileError);
    call.err(`${nameOf(call)}: ${path}: ${error.message}\n`);
    return false;
  }
}

/** sync and others that need do nothing here. */
export const nothing: Program = tool(() => 0);
