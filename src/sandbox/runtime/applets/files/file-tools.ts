import { caught } from '../../../thrown.ts';
import type { FileNode } from '../../file-tree.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf, join, normalPath } from '../../files/paths.ts';
import type { Program } from '../../program.ts';
import { sizeOf } from '../../volume.ts';
import { tool } from '../applet.ts';
import { timeInDigits, timeNamed } from '../date-words.ts';
import { confirmed, demandOperand, eachOperand } from '../operands.ts';
import { misuse, readOptions, UsageError } from '../options.ts';
import { changedMode } from './modes.ts';

/** mkdir */
export const mkdir: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'pm:v', { parents: 'p', mode: 'm', verbose: 'v' });
  demandOperand(call, rest);
  const { files, isBusybox } = call;
  const mode = values.m === undefined ? 0o755 : changedMode(values.m, 0o777, true);
  if (mode === undefined) throw new UsageError(`mkdir: invalid mode '${values.m}'\n`);
  /** The part of a path that is no folder, where one stands in the way. */
  let inTheWay: string | undefined;
  const told = (path: string) => {
    if (flags.v)
      call.out(isBusybox ? `created directory: '${path}'\n` : `mkdir: created directory '${path}'\n`);
  };
  const make = (path: string) => {
    if (flags.p) {
      const whole = files.absolute(path);
      const parts = whole.split('/').filter(Boolean);
      parts.forEach((_, index) => {
        const above = `/${parts.slice(0, index + 1).join('/')}`;
        const node = files.look(above);
        if (!node) {
          files.makeFolder(above, index === parts.length - 1 ? mode : 0o755);
          told(
            path
              .split('/')
              .slice(0, index + 1 - parts.length || undefined)
              .join('/') + (isBusybox && index < parts.length - 1 ? '/' : ''),
          );
        } else if (node.kind !== 'folder') {
          const left = parts.length - 1 - index;
          const given = path.split('/').slice(0, -left);
          inTheWay = left > 0 ? given.join('/') + (isBusybox ? '/' : '') : undefined;
          throw FileError.of(left > 0 ? 'ENOTDIR' : 'EEXIST');
        }
      });
    } else {
      files.makeFolder(path, mode);
      told(path);
    }
  };
  return eachOperand(
    call,
    rest,
    make,
    (path, error) =>
      `${isBusybox ? "can't" : 'cannot'} create directory '${inTheWay ?? path}': ${error.message}`,
  );
});

/** rm */
export const rm: Program = tool((call) => {
  const { flags, rest } = readOptions(call, call.isBusybox ? 'rRfiv' : 'rRfidv', {
    recursive: 'r',
    force: 'f',
    dir: 'd',
    verbose: 'v',
  });
  if (rest.length === 0 && flags.f) return 0;
  demandOperand(call, rest);
  const { files, isBusybox } = call;
  const isDeep = flags.r !== undefined || flags.R !== undefined;
  let code = 0;
  const fail = (path: string, error: FileError) => {
    if (error.code === 'ENOENT' && flags.f) return;
    call.err(`rm: ${isBusybox ? "can't" : 'cannot'} remove '${path}': ${error.message}\n`);
    code = 1;
  };
  /** Whether a file may go, where `-i` asks about each. */
  const mayGo = (path: string, node: FileNode, isBefore: boolean) => {
    if (!flags.i || flags.f) return true;
    const isFolder = node.kind === 'folder';
    // GNU does not ask whether to look into an empty folder.
    if (isBefore && (!isFolder || (!isBusybox && files.list(path).length === 0))) return true;
    const doing = isBefore ? 'descend into' : 'remove';
    const kind = isFolder ? 'directory ' : isBusybox ? '' : `${kindOf(node)} `;
    return confirmed(call, `${doing} ${kind}'${path}'`);
  };
  const remove = (path: string) => {
    try {
      const node = files.stat(path, false);
      if (!mayGo(path, node, true)) return;
      if (node.kind === 'folder') for (const name of files.list(path)) remove(join(path, name));
      if (!mayGo(path, node, false)) return;
      files.remove(path);
      const what = node.kind !== 'folder' ? '' : isBusybox ? 'directory: ' : 'directory ';
      if (flags.v) call.out(`removed ${what}'${path}'\n`);
    } catch (thrown) {
      fail(path, caught(thrown, FileError));
    }
  };
  for (const path of rest) {
    const isDots = ['.', '..'].includes(baseOf(path));
    if (isDots || normalPath(path, call.cwd) === '/') {
      const gnu = isDots
        ? `rm: refusing to remove '.' or '..' directory: skipping '${path}'\n`
        : `rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n`;
      call.err(isBusybox ? "rm: can't remove '.' or '..'\n" : gnu);
      code = 1;
      continue;
    }
    const node = files.look(path, false);
    if (node?.kind === 'folder' && !isDeep && !(flags.d && files.list(path).length === 0)) {
      call.err(
        isBusybox ? `rm: '${path}' is a directory\n` : `rm: cannot remove '${path}': Is a directory\n`,
      );
      code = 1;
    } else remove(path);
  }
  return code;
});

/** A file that is no folder, as GNU's rm asks about it. */
function kindOf(node: FileNode): string {
  if (node.kind === 'link') return 'symbolic link';
  return sizeOf(node) === 0 ? 'regular empty file' : 'regular file';
}

/** rmdir */
export const rmdir: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'p', { parents: 'p', 'ignore-fail-on-non-empty': 'i' });
  demandOperand(call, rest);
  /** The folder that it is at: with `-p` one above what was given. */
  let current = '';
  const remove = (path: string) => {
    current = path;
    if (call.files.stat(path, false).kind !== 'folder') throw FileError.of('ENOTDIR');
    call.files.remove(path);
    if (flags.p && path.includes('/')) remove(path.replace(/\/+[^/]*$/, ''));
  };
  const act = (path: string) => {
    try {
      remove(path);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      if (flags.i === undefined || error.code !== 'ENOTEMPTY') throw error;
    }
  };
  return eachOperand(call, rest, act, (path, error) => {
    if (call.isBusybox) return `'${current}': ${error.message}`;
    return `failed to remove ${current === path ? '' : 'directory '}'${current}': ${error.message}`;
  });
});

/** unlink */
export const unlink: Program = tool((call) => {
  const { rest } = readOptions(call, '');
  const [path] = rest;
  if (path === undefined || (rest.length > 1 && call.isBusybox)) throw misuse(call, 'missing operand');
  if (rest.length > 1) throw misuse(call, `extra operand '${rest[1]}'`);
  const remove = () => {
    if (call.files.stat(path, false).kind === 'folder') throw FileError.of('EISDIR');
    call.files.remove(path);
  };
  return eachOperand(call, [path], remove, (_, error) =>
    call.isBusybox
      ? `can't remove file '${path}': ${error.message}`
      : `cannot unlink '${path}': ${error.message}`,
  );
});

/** touch */
export const touch: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'camr:t:d:h', {
    'no-create': 'c',
    date: 'd',
    reference: 'r',
  });
  if (rest.length === 0) throw misuse(call, 'missing file operand');
  const { isBusybox, files } = call;
  const refuse = (busybox: string, gnu: string): never => {
    throw new UsageError(`touch: ${isBusybox ? busybox : gnu}\n`);
  };
  const { r: model, d: words, t: digits } = values;
  let at = call.now;
  if (model !== undefined) {
    const why = 'No such file or directory';
    at =
      files.look(model)?.at ??
      refuse(`can't stat '${model}': ${why}`, `failed to get attributes of '${model}': ${why}`);
  }
  const given = words ?? digits;
  if (given !== undefined) {
    const time =
      words === undefined ? timeInDigits(given, call.now) : timeNamed(given, call.now, isBusybox, isBusybox);
    at = time ?? refuse(`invalid date '${given}'`, `invalid date format '${given}'`);
  }
  const act = (path: string) => {
    if (flags.c && !files.look(path)) return;
    files.touch(path, at);
    if (at !== call.now) files.touch(path, at);
  };
  return eachOperand(call, rest, act, (path, error) =>
    isBusybox ? `${path}: ${error.message}` : `cannot touch '${path}': ${error.message}`,
  );
});
