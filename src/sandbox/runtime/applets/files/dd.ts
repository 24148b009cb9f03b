import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { Program } from '../../program.ts';
import { tool } from '../applet.ts';
import { complaint, misuse, UsageError } from '../options.ts';

/** dd: from `/dev/zero` and files, to files. */
export const dd: Program = tool((call) => {
  const settings = Object.fromEntries(
    call.args.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  const bad = call.args.find(
    (word) => !/^(if|of|bs|ibs|obs|count|skip|seek|conv|status|oflag|iflag)=/.test(word),
  );
  if (bad !== undefined) throw misuse(call, `unrecognized operand '${bad}'`);
  const number = (name: string): number | undefined => {
    const text = settings[name];
    const found = text === undefined ? undefined : bytesOf(text);
    if (text === undefined || found !== undefined) return found;
    throw new UsageError(`dd: invalid number${call.isBusybox ? '' : ':'} '${text}'\n`);
  };
  const size = number('bs') ?? number('ibs') ?? 512;
  const [count, skip = 0, seek = 0] = [number('count'), number('skip'), number('seek')];
  const changes = (settings.conv ?? '').split(',').filter(Boolean);
  const known = ['notrunc', 'noerror', 'sync', 'fsync', ...(call.isBusybox ? ['swab'] : ['ucase', 'lcase'])];
  const unknown = changes.find((each) => !known.includes(each));
  if (unknown !== undefined)
    throw new UsageError(
      complaint(call, `invalid conversion: '${unknown}'`, `invalid argument '${unknown}' to 'conv'`),
    );
  const { files } = call;
  const source = settings.if === undefined ? undefined : files.absolute(settings.if);
  const isDevice = source === '/dev/zero' || source === '/dev/urandom' || source === '/dev/random';
  let text = '';
  if (source === undefined) text = call.read(0) ?? '';
  else if (!isDevice) {
    try {
      text = files.read(source);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      call.err(
        call.isBusybox
          ? `dd: can't open '${settings.if}': ${error.message}\n`
          : `dd: failed to open '${settings.if}': ${error.message}\n`,
      );
      return 1;
    }
  }
  if (changes.includes('ucase')) text = text.toUpperCase();
  if (changes.includes('lcase')) text = text.toLowerCase();
  text = text.slice(skip * size);
  // Without an end it goes on until the disk is full.
  const wanted = isDevice
    ? size * (count ?? 2 ** 40 / size)
    : Math.min(text.length, size * (count ?? Number.MAX_SAFE_INTEGER));
  let written = wanted;
  let failure: FileError | undefined;
  if (settings.of === undefined)
    call.out(isDevice ? '\0'.repeat(Math.min(wanted, 2 ** 20)) : text.slice(0, wanted));
  else if (files.absolute(settings.of) !== '/dev/null') {
    const target = settings.of;
    const there = seek > 0 || changes.includes('notrunc') ? (files.look(target) ?? undefined) : undefined;
    const old = there?.kind === 'file' ? there.content : '';
    const before = old.slice(0, seek * size).padEnd(seek * size, '\0');
    const room = (bytes: number) => {
      const after = changes.includes('notrunc') ? old.slice(seek * size + bytes) : '';
      files.write(target, isDevice ? before : before + text.slice(0, bytes) + after, {
        zeros: isDevice ? bytes : 0,
      });
    };
    try {
      room(wanted);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      if (error.code !== 'ENOSPC') {
        call.err(
          call.isBusybox
            ? `dd: can't open '${settings.of}': ${error.message}\n`
            : `dd: failed to open '${settings.of}': ${error.message}\n`,
        );
        return 1;
      }
      failure = error;
      written = fill(room, wanted);
    }
  }
  if (failure)
    call.err(
      call.isBusybox
        ? `dd: error writing '${settings.of}': ${failure.message}\n`
        : `dd: error writing '${settings.of}': ${failure.message}\n`,
    );
  const whole = Math.floor(written / size);
  // What is read when the disk is full is a whole block; what of it still fits is no record.
  const part = written % size > 0 && !failure ? 1 : 0;
  if (settings.status !== 'none') {
    call.err(`${whole + (failure ? 1 : 0)}+${part} records in\n${whole}+${part} records out\n`);
    const seconds = Math.max(written / 1.5e9, 0.000_05);
    const speed = `${(written / seconds / (call.isBusybox ? 2 ** 30 : 1e9)).toFixed(1)}${call.isBusybox ? 'GB/s' : ' GB/s'}`;
    call.err(
      call.isBusybox
        ? `${written} bytes (${amount(written, 1024, '')}) copied, ${seconds.toFixed(6)} seconds, ${speed}\n`
        : `${written} bytes${written >= 1000 ? ` (${amount(written, 1000, ' ')}${written >= 1024 ? `, ${amount(written, 1024, ' ', 'i')}` : ''})` : ''} copied, ${Number(seconds.toPrecision(6))} s, ${speed}\n`,
    );
  }
  return failure ? 1 : 0;
});

/** The most that still fits. */
function fill(room: (bytes: number) => void, wanted: number): number {
  let [low, high] = [0, wanted];
  while (high - low > 4096) {
    const middle = Math.floor((low + high) / 2);
    try {
      room(middle);
      low = middle;
    } catch (thrown) {
      caught(thrown, FileError);
      high = middle;
    }
  }
  return low;
}

function bytesOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = {
    '': 1,
    c: 1,
    w: 2,
    b: 512,
    k: 1024,
    K: 1024,
    KB: 1000,
    kB: 1000,
    KiB: 1024,
    M: 2 ** 20,
    MB: 1e6,
    MiB: 2 ** 20,
    m: 2 ** 20,
    G: 2 ** 30,
    GB: 1e9,
    g: 2 ** 30,
  }[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

function amount(bytes: number, base: number, space: string, suffix = ''): string {
  let value = bytes;
  let unit = '';
  for (const next of base === 1000 ? ['k', 'M', 'G', 'T'] : ['K', 'M', 'G', 'T']) {
    if (value < base) break;
    value /= base;
    unit = next;
  }
  const shown =
    base === 1000 || suffix ? `${Number(value.toPrecision(2))}` : unit ? value.toFixed(1) : `${value}`;
  return `${shown}${space}${unit}${unit ? suffix : ''}B`;
}
