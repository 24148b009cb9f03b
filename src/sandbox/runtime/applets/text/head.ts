import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { nameOf, readOptions, UsageError } from '../options.ts';

/** head */
export const head: Program = filter({
  begin(call) {
    const digits = /^-(\d+)/.exec(call.args[0] ?? '')?.[1];
    const { values, flags, rest } = readOptions(
      call,
      'n:c:qv',
      { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v' },
      (word, index) => (index === 0 ? word.replace(/^-(?=\d+$)/, '-n') : word),
    );
    const isBytes = values.c !== undefined;
    const count = countOf(call, values.c ?? values.n ?? digits ?? '10', isBytes ? 'bytes' : 'lines');
    const titles = !flags.q && (rest.length > 1 || flags.v !== undefined);
    return {
      own: { count, left: count, isBytes, titles, first: rest[0], begun: '', held: [] as string[], text: '' },
      files: rest,
    };
  },
  line(call, own, line, file) {
    if (own.begun !== file) title(call, own, file);
    if (own.count < 0) {
      if (own.isBytes) return { ...own, text: own.text + line, begun: file };
      // All but the last lines: they are held until more come.
      const held = [...own.held, line];
      if (held.length > -own.count) call.out(held.shift() ?? '');
      return { ...own, held, begun: file };
    }
    if (own.left <= 0) return 'stop';
    call.out(own.isBytes ? line.slice(0, own.left) : line);
    const left = own.left - (own.isBytes ? line.length : 1);
    return left <= 0 && !own.titles ? 'stop' : { ...own, left, begun: file };
  },
  takesPieces: (own) => own.isBytes,
  endOfFile(call, own, file) {
    if (own.begun !== file) title(call, own, file);
    if (own.text !== '') call.out(own.text.slice(0, own.count));
    return { ...own, left: own.count, held: [], text: '', begun: file };
  },
  unreadable(call, file, error) {
    if (call.isBusybox)
      return `head: ${file}: ${error.code === 'EISDIR' ? 'Input/output error' : error.message}\n`;
    return error.code === 'EISDIR'
      ? `head: error reading '${file}': ${error.message}\n`
      : `head: cannot open '${file}' for reading: ${error.message}\n`;
  },
});

/** Names a file; busybox leaves a line before all but the first it was given, GNU before all but the first it read. */
function title(
  call: ProcessCall,
  own: { readonly titles: boolean; readonly first: string | undefined; readonly begun: string },
  file: string,
): void {
  if (!own.titles) return;
  const isFirst = own.begun === '' && (!call.isBusybox || file === (own.first ?? '-'));
  call.out(`${isFirst ? '' : '\n'}==> ${file === '-' ? 'standard input' : file} <==\n`);
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
