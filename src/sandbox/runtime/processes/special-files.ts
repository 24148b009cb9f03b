import { FileError } from '../files/file-error.ts';
import type { Descriptor } from '../records.ts';
import type { ProcessCall } from './process-call.ts';

/**
 * Where `/dev/null`, `/dev/stdout`, `/proc/1/fd/1` and the like lead; undefined for what is a file.
 *
 * @throws FileError when it leads to a descriptor that is not open
 */
export function specialDescriptor(call: ProcessCall, path: string): Descriptor | undefined {
  if (!path.startsWith('/dev/') && !path.startsWith('/proc/')) return undefined;
  if (path === '/dev/null') return { kind: 'null' };
  if (path === '/dev/zero' || path === '/dev/full') return { kind: 'endless', gives: 'zeros' };
  if (path === '/dev/urandom' || path === '/dev/random') return { kind: 'endless', gives: 'chance' };
  if (path === '/dev/tty') return call.fd(0);
  const own = /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/.exec(path) ?? /^\/dev\/std(in|out|err)$/.exec(path);
  if (own) {
    const fd = call.fd({ in: 0, out: 1, err: 2 }[own[1] ?? ''] ?? Number(own[1]));
    if (!fd) throw FileError.of('ENOENT');
    return fd;
  }
  const other = /^\/proc\/(\d+)\/fd\/(\d+)$/.exec(path);
  if (!other) return undefined;
  const fd = call.kernel.processByPid(call.record, Number(other[1]))?.fds[other[2] ?? ''];
  if (!fd) throw FileError.of('ENOENT');
  return fd;
}

/** So many bytes of a device are read at once. */
const zeros = '\0'.repeat(16 * 1024);
const chanceBytes = 256;

/** What a device gives that never ends. */
export function endless(
  { gives }: Descriptor & { kind: 'endless' },
  random: (limit: number) => number,
): string {
  if (gives === 'zeros') return zeros;
  return Array.from({ length: chanceBytes }, () => String.fromCharCode(random(256))).join('');
}
