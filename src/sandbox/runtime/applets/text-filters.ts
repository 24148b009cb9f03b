import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { sizeOf, utf8Length } from '../volume.ts';
import { filter, tool } from './applet.ts';
import { nameOf, readOptions, UsageError } from './options.ts';

/** cat */
export const cat: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'nbsvetAETu');
    return { own: { number: 0, numbers: flags.n !== undefined }, files: rest };
  },
  line(call, own, line) {
    const number = own.number + 1;
    call.out(own.numbers ? `${`${number}`.padStart(6)}\t${line}` : line);
    return { ...own, number };
  },
});

/** head */
export const head: Program = filter({
  begin(call) {
    const { values, flags, rest } = readOptions(call, 'n:c:qv0123456789', { lines: 'n', bytes: 'c' });
    const digits = /^-(\d+)/.exec(call.args[0] ?? '')?.[1];
    const isBytes = values.c !== undefined;
    const count = countOf(call, values.c ?? values.n ?? digits ?? '10', isBytes ? 'bytes' : 'lines');
    return {
      own: {
        count,
        left: count,
        isBytes,
        titles: rest.length > 1 && !flags.q,
        begun: '',
        held: [] as string[],
      },
      files: rest,
    };
  },
  line(call, own, line, file) {
    if (own.begun !== file && own.titles) call.out(`${own.begun === '' ? '' : '\n'}==> ${file} <==\n`);
    if (own.count < 0) {
      // All but the last lines: they are held until more come.
      const held = [...own.held, line];
      if (held.length > -own.count) call.out(held.shift() ?? '');
      return { ...own, held, begun: file };
    }
    if (own.left <= 0) return 'stop';
    const text = own.isBytes ? line.slice(0, own.left) : line;
    call.out(text);
    const left = own.left - (own.isBytes ? line.length : 1);
    const next = { ...own, left, begun: file };
    return left <= 0 && !own.titles ? 'stop' : next;
  },
  takesPieces: (own) => own.isBytes,
  endOfFile: (_, own) => ({ ...own, left: own.count }),
  unreadable: (call, file, error) =>
    call.isBusybox
      ? `${nameOf(call)}: ${file}: ${error.message}\n`
      : `head: cannot open '${file}' for reading: ${error.message}\n`,
});

/** wc */
export const wc: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'lwcmL', { lines: 'l', words: 'w', bytes: 'c' });
    const shown = [flags.l && 'l', flags.w && 'w', flags.c || flags.m ? 'c' : ''].filter(Boolean) as string[];
    const zero = { l: 0, w: 0, c: 0 };
    return {
      own: {
        shown: shown.length > 0 ? shown : ['l', 'w', 'c'],
        now: zero,
        all: zero,
        files: rest.length,
        isNamed: rest.length > 0,
        width: widthFor(call, rest),
      },
      files: rest,
    };
  },
  line(_, own, line) {
    const { l, w, c } = own.now;
    const words = line.match(/\S+/g)?.length ?? 0;
    return { ...own, now: { l: l + (line.endsWith('\n') ? 1 : 0), w: w + words, c: c + utf8Length(line) } };
  },
  endOfFile(call, own, file) {
    // Zeros behind a file are not read, but they are there.
    const node = file === '-' ? undefined : call.files.look(file);
    const now = node?.kind === 'file' ? { ...own.now, c: sizeOf(node) } : own.now;
    call.out(countLine(call, own.shown, now, own.isNamed ? file : '', own.width));
    const all = { l: own.all.l + now.l, w: own.all.w + now.w, c: own.all.c + now.c };
    return { ...own, now: { l: 0, w: 0, c: 0 }, all };
  },
  end(call, own) {
    if (own.files > 1) call.out(countLine(call, own.shown, own.all, 'total', own.width));
    return 0;
  },
  unreadable: (call, file, error) =>
    call.isBusybox ? `wc: ${file}: ${error.message}\n` : `wc: ${file}: ${error.message}\n`,
});

/** GNU makes its columns as wide as the size of all files, or seven where it cannot know it. */
function widthFor(call: ProcessCall, files: readonly string[]): number {
  const input = call.fd(0);
  const paths = files.length > 0 ? files : input?.kind === 'file' ? [input.path] : [];
  const sizes = paths
    .map((path) => call.files.look(path))
    .map((node) => (node?.kind === 'file' ? sizeOf(node) : 0));
  return paths.length === 0 || files.includes('-')
    ? 7
    : `${sizes.reduce((sum, size) => sum + size, 0)}`.length;
}

function countLine(
  call: ProcessCall,
  shown: readonly string[],
  counts: Readonly<Record<string, number>>,
  name: string,
  widest: number,
): string {
  const numbers = shown.map((letter) => `${counts[letter] ?? 0}`);
  if (call.isBusybox) {
    const text =
      numbers.length === 1 ? (numbers[0] ?? '') : numbers.map((number) => number.padStart(9)).join(' ');
    return `${text}${name === '' ? '' : ` ${name}`}\n`;
  }
  const width = numbers.length === 1 ? 0 : widest;
  return `${numbers.map((number) => number.padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`;
}

/** tac */
export const tac: Program = filter({
  begin: (call) => ({ own: '', files: readOptions(call, '').rest }),
  line: (_, own, line) => own + line,
  end(call, own) {
    call.out((own.match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''));
    return 0;
  },
});

/** rev */
export const rev: Program = filter({
  begin: (call) => ({ own: null, files: readOptions(call, '').rest }),
  line(call, own, line) {
    const text = line.replace(/\n$/, '');
    call.out(`${[...text].reverse().join('')}${text === line ? '' : '\n'}`);
    return own;
  },
});

/** tee: its input goes on, and into files. */
export const tee: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'ai');
    for (const path of rest) write(call, path, '', flags.a !== undefined);
    return { own: { paths: rest }, files: [] };
  },
  line(call, own, line) {
    call.out(line);
    for (const path of own.paths) write(call, path, line, true);
    return own;
  },
});

function write(call: ProcessCall, path: string, text: string, appends: boolean): void {
  try {
    const to = call.open(path, appends ? 'append' : 'write');
    if (to.kind === 'file') call.files.append(to.path, text);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    call.err(call.isBusybox ? `tee: ${path}: ${error.message}\n` : `tee: ${path}: ${error.message}\n`);
  }
}

/** A number of lines or bytes on a command line. @throws UsageError */
export function countOf(call: ProcessCall, text: string, what: string): number {
  const match = /^([-+]?)(\d+)([bkKmM]?)$/.exec(text);
  if (!match)
    throw new UsageError(
      call.isBusybox
        ? `${nameOf(call)}: invalid number '${text}'\n`
        : `${nameOf(call)}: invalid number of ${what}: '${text}'\n`,
    );
  const unit = { b: 512, k: 1024, K: 1024, m: 2 ** 20, M: 2 ** 20 }[match[3] ?? ''] ?? 1;
  return Number(match[2]) * unit * (match[1] === '-' ? -1 : 1);
}

/** base64 */
export const base64: Program = filter({
  begin(call) {
    const { flags, values, rest } = readOptions(call, 'dw:i', { decode: 'd', wrap: 'w' });
    return { own: { text: '', decodes: flags.d !== undefined, width: Number(values.w ?? 76) }, files: rest };
  },
  line: (_, own, line) => ({ ...own, text: own.text + line }),
  end(call, own) {
    if (own.decodes) {
      call.out(decode(own.text));
      return 0;
    }
    const encoded = encode(own.text);
    const lines = own.width > 0 ? (encoded.match(new RegExp(`.{1,${own.width}}`, 'g')) ?? []) : [encoded];
    call.out(`${lines.join('\n')}${own.width > 0 && encoded !== '' ? '\n' : ''}`);
    return 0;
  },
});

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A text in base64 (RFC 4648), by its UTF-8. */
export function encode(text: string): string {
  const bytes = [...unescape8(text)];
  let found = '';
  for (let place = 0; place < bytes.length; place += 3) {
    const [one = 0, two = 0, three = 0] = bytes.slice(place, place + 3);
    const left = bytes.length - place;
    found += digits[one >> 2] ?? '';
    found += digits[((one & 3) << 4) | (two >> 4)] ?? '';
    found += left > 1 ? (digits[((two & 15) << 2) | (three >> 6)] ?? '') : '=';
    found += left > 2 ? (digits[three & 63] ?? '') : '=';
  }
  return found;
}

/** The text of some base64; what is no digit is passed over. */
function decode(text: string): string {
  let bits = 0;
  let count = 0;
  let hex = '';
  for (const character of text) {
    const value = digits.indexOf(character);
    if (value < 0) continue;
    bits = (bits << 6) | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    hex += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
    bits &= (1 << count) - 1;
  }
  try {
    return decodeURIComponent(hex);
  } catch {
    return hex.replace(/%(..)/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  }
}

function unescape8(text: string): readonly number[] {
  return [...encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).matchAll(/%(..)|([^%])/g)].map(
    ([, hex, plain]) => (hex === undefined ? (plain?.charCodeAt(0) ?? 0) : Number.parseInt(hex, 16)),
  );
}

/** sync and others that need do nothing here. */
export const nothing: Program = tool(() => 0);
