import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { readOptions } from '../options.ts';

/** uniq */
export const uniq: Program = filter({
  begin(call) {
    const { flags, values, rest } = readOptions(call, 'cduif:s:w:', {
      count: 'c',
      repeated: 'd',
      unique: 'u',
      'ignore-case': 'i',
      'skip-fields': 'f',
      'skip-chars': 's',
      'check-chars': 'w',
    });
    const own = { flags, values, output: rest[1], last: undefined as string | undefined, count: 0, text: '' };
    return { own, files: rest.slice(0, 1) };
  },
  line(call, own, line) {
    const text = line.replace(/\n$/, '');
    const key = (whole: string) => {
      const { f = '0', s = '0', w } = own.values;
      const behind = whole.replace(new RegExp(`^(?:\\s*\\S+){0,${Number(f)}}`), '').slice(Number(s));
      const part = w === undefined ? behind : behind.slice(0, Number(w));
      return own.flags.i ? part.toLowerCase() : part;
    };
    if (own.last === undefined) return { ...own, last: text, count: 1 };
    if (key(text) === key(own.last)) return { ...own, count: own.count + 1 };
    const shown = uniqLine(own.flags, own.last, own.count);
    if (own.output === undefined) call.out(shown);
    return { ...own, last: text, count: 1, text: own.output === undefined ? '' : own.text + shown };
  },
  end(call, own) {
    const shown = own.last === undefined ? '' : uniqLine(own.flags, own.last, own.count);
    if (own.output === undefined) call.out(shown);
    else call.files.write(own.output, own.text + shown);
    return 0;
  },
  unreadable: (call, file, error) =>
    call.isBusybox ? `uniq: can't open '${file}': ${error.message}\n` : `uniq: ${file}: ${error.message}\n`,
});

function uniqLine(flags: Readonly<Record<string, number>>, line: string, count: number): string {
  if (flags.d && count === 1) return '';
  if (flags.u && count > 1) return '';
  return flags.c ? `${`${count}`.padStart(7)} ${line}\n` : `${line}\n`;
}
