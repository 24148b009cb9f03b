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
  if (path === '/dev/tty') {
    const input = call.isTerminal(0) ? call.fd(0) : undefined;
    if (!input) throw FileError.of('ENXIO');
    return input;
  }
  const own = /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/.exec(path);
  const other = /^\/proc\/(\d+)\/fd\/(\d+)$/.exec(path);
  const standard = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }[path];
  if (!own && !other && standard === undefined) return undefined;
  const fd = other
    ? call.kernel.processByPid(call.record, Number(other[1]))?.fds[`${other[2]}`]
    : call.fd(standard ?? Number(own?.[1]));
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
  // A character above 127 would be more than one byte.
  return Array.from({ length: chanceBytes }, () => String.fromCharCode(random(128))).join('');
}
