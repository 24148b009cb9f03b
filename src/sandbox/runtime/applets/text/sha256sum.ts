import { sha256 as digest } from '../../../images/sha256.ts';
import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { readOptions } from '../options.ts';

/** sha256sum, which checks with `-c`. */
export const sha256sum: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, call.isBusybox ? 'csbtwq' : 'cbtwqz', {
      check: 'c',
      status: 's',
      quiet: 'q',
      warn: 'w',
      binary: 'b',
      text: 't',
    });
    return { own: { flags, text: '', bad: 0, missing: 0, lines: 0 }, files: rest };
  },
  line(call, own, line) {
    if (!own.flags.c) return { ...own, text: own.text + line };
    const [, wanted, file] = /^([0-9a-f]{64}) [ *](.*?)\n?$/.exec(line) ?? [];
    // Busybox counts what is no sum among those that do not fit.
    if (wanted === undefined || file === undefined)
      return call.isBusybox ? { ...own, lines: own.lines + 1, bad: own.bad + 1 } : own;
    const actual = sumOf(call, file);
    const fits = actual === wanted;
    const isSilent = own.flags.s || (fits && own.flags.q);
    const isMissing = actual === undefined && !call.isBusybox;
    const failed = isMissing ? 'FAILED open or read' : 'FAILED';
    if (!isSilent) call.out(`${file}: ${fits ? 'OK' : failed}\n`);
    return {
      ...own,
      lines: own.lines + 1,
      bad: own.bad + (fits || isMissing ? 0 : 1),
      missing: own.missing + (isMissing ? 1 : 0),
    };
  },
  endOfFile(call, own, file) {
    if (own.flags.c) {
      if (own.lines > 0 || call.isBusybox) return own;
      const name = file === '-' ? "'standard input'" : file;
      call.err(`sha256sum: ${name}: no properly formatted checksum lines found\n`);
      return { ...own, missing: -1 };
    }
    call.out(`${digest(own.text)} ${own.flags.b && !call.isBusybox ? '*' : ' '}${file}\n`);
    return { ...own, text: '' };
  },
  end(call, own) {
    const { bad, missing, lines, flags } = own;
    const warn = (text: string) => {
      if (!flags.s) call.err(`sha256sum: WARNING: ${text}\n`);
    };
    if (missing > 0) warn(`${missing} listed file${missing === 1 ? '' : 's'} could not be read`);
    if (bad > 0)
      warn(
        call.isBusybox
          ? `${bad} of ${lines} computed checksums did NOT match`
          : `${bad} computed checksum${bad === 1 ? '' : 's'} did NOT match`,
      );
    return bad + missing === 0 ? 0 : 1;
  },
  unreadable: (call, file, error) => {
    if (!call.isBusybox || call.args.some((word) => /^-[a-z]*c/.test(word)))
      return `sha256sum: ${file}: ${error.message}\n`;
    const what = error.code === 'EISDIR' ? 'read' : 'open';
    return `sha256sum: can't ${what} '${file}': ${error.message}\n`;
  },
});

/** The digest of a file; undefined where it cannot be read, which is said. */
function sumOf(call: ProcessCall, file: string): string | undefined {
  try {
    return digest(call.files.read(file));
  } catch (thrown) {
    const error = caught(thrown, FileError);
    call.err(
      call.isBusybox
        ? `sha256sum: can't open '${file}': ${error.message}\n`
        : `sha256sum: ${file}: ${error.message}\n`,
    );
    return undefined;
  }
}
