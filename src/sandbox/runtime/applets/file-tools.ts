import { FileError } from '../files/file-error.ts';
import { baseOf, join, normalPath } from '../files/paths.ts';
import type { Program } from '../program.ts';
import { tool } from './applet.ts';
import { timeInDigits, timeNamed } from './date-words.ts';
import { changedMode } from './modes.ts';
import { demandOperand, eachOperand } from './operands.ts';
import { misuse, readOptions, UsageError } from './options.ts';

/** mkdir */
export const mkdir: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'pm:v', { parents: 'p', mode: 'm', verbose: 'v' });
  demandOperand(call, rest);
  const { files, isBusybox } = call;
  const mode = values.m === undefined ? 0o755 : changedMode(values.m, 0o777, true);
  if (mode === undefined) throw new UsageError(`mkdir: invalid mode '${values.m}'\n`);
  /** The part of a path that is no folder, where one stands in the way. */
  let inTheWay: string | undefined;
  const make = (path: string) => {
    if (flags.p) {
      const whole = files.absolute(path);
      const parts = whole.split('/').filter(Boolean);
      parts.forEach((_, index) => {
        const above = `/${parts.slice(0, index + 1).join('/')}`;
        const node = files.look(above);
        if (!node) files.makeFolder(above, index === parts.length - 1 ? mode : 0o755);
        else if (node.kind !== 'folder') {
          const left = parts.length - 1 - index;
          const given = path.split('/').slice(0, -left);
          inTheWay = left > 0 ? given.join('/') + (isBusybox ? '/' : '') : undefined;
          throw FileError.of(left > 0 ? 'ENOTDIR' : 'EEXIST');
        }
      });
    } else files.makeFolder(path, mode);
    if (flags.v)
      call.out(`${isBusybox ? '' : 'mkdir: '}created directory${isBusybox ? ':' : ''} '${path}'\n`);
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
  const remove = (path: string) => {
    try {
      const node = files.stat(path, false);
      if (node.kind === 'folder') for (const name of files.list(path)) remove(join(path, name));
      files.remove(path);
      if (flags.v) call.out(`removed ${node.kind === 'folder' && !isBusybox ? 'directory ' : ''}'${path}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fail(path, error);
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

/** rmdir */
export const rmdir: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'p', { parents: 'p', 'ignore-fail-on-non-empty': 'i' });
  demandOperand(call, rest);
  const remove = (path: string) => {
    if (call.files.stat(path, false).kind !== 'folder') throw FileError.of('ENOTDIR');
    call.files.remove(path);
    if (flags.p && path.includes('/')) remove(path.replace(/\/+[^/]*$/, ''));
  };
  const ignores = (error: FileError) => flags.i !== undefined && error.code === 'ENOTEMPTY';
  const act = (path: string) => {
    try {
      remove(path);
    } catch (error) {
      if (!(error instanceof FileError) || !ignores(error)) throw error;
    }
  };
  return eachOperand(call, rest, act, (path, error) =>
    call.isBusybox ? `'${path}': ${error.message}` : `failed to remove '${path}': ${error.message}`,
  );
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
