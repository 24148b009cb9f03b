import type { FileNode } from '../file-tree.ts';
import { FileError } from '../files/file-error.ts';
import { baseOf, folderOf, isWithin, join, normalPath } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { tool } from './applet.ts';
import { changedMode } from './modes.ts';
import { demandOperand, eachOperand } from './operands.ts';
import { nameOf, readOptions } from './options.ts';

/** mkdir */
export const mkdir: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'pm:v', { parents: 'p', mode: 'm' });
  demandOperand(call, rest);
  const { files, isBusybox } = call;
  const mode = values.m === undefined ? 0o755 : (changedMode(values.m, 0o755, true) ?? 0o755);
  const make = (path: string) => {
    if (flags.p) {
      const whole = files.absolute(path);
      const parts = whole.split('/').filter(Boolean);
      parts.forEach((_, index) => {
        const above = `/${parts.slice(0, index + 1).join('/')}`;
        const node = files.look(above);
        if (!node) files.makeFolder(above, index === parts.length - 1 ? mode : 0o755);
        else if (node.kind !== 'folder')
          throw FileError.of(index === parts.length - 1 ? 'EEXIST' : 'ENOTDIR');
      });
    } else files.makeFolder(path, mode);
  };
  return eachOperand(
    call,
    rest,
    make,
    (path, error) => `${isBusybox ? "can't" : 'cannot'} create directory '${path}': ${error.message}`,
  );
});

/** rm */
export const rm: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'rRfidv', {
    recursive: 'r',
    force: 'f',
    'no-preserve-root': 'd',
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
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fail(path, error);
    }
  };
  for (const path of rest) {
    if (['.', '..'].includes(baseOf(path)) || normalPath(path, call.cwd) === '/') {
      call.err(
        isBusybox ? `rm: can't remove '.' or '..'\n` : `rm: it is dangerous to operate recursively on '/'\n`,
      );
      code = 1;
      continue;
    }
    const node = files.look(path, false);
    if (node?.kind === 'folder' && !isDeep) {
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
  const { rest } = readOptions(call, 'p', { 'ignore-fail-on-non-empty': 'p' });
  demandOperand(call, rest);
  const remove = (path: string) => {
    if (call.files.stat(path, false).kind !== 'folder') throw FileError.of('ENOTDIR');
    call.files.remove(path);
  };
  return eachOperand(call, rest, remove, (path, error) =>
    call.isBusybox ? `'${path}': ${error.message}` : `failed to remove '${path}': ${error.message}`,
  );
});

/** touch */
export const touch: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'camr:t:d:h', { 'no-create': 'c' });
  demandOperand(call, rest);
  const act = (path: string) => {
    if (flags.c && !call.files.look(path)) return;
    call.files.touch(path, call.now);
  };
  return eachOperand(call, rest, act, (path, error) =>
    call.isBusybox ? `${path}: ${error.message}` : `cannot touch '${path}': ${error.message}`,
  );
});

/** ln */
export const ln: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'sfnvT', { symbolic: 's', force: 'f' });
  demandOperand(call, rest, 1);
  const { files, isBusybox } = call;
  const [target = '', path = baseOf(target)] = rest;
  const place = files.look(path)?.kind === 'folder' && !flags.n ? join(path, baseOf(target)) : path;
  try {
    if (flags.f && files.look(place, false)) files.remove(place);
    if (flags.s) files.link(target, place);
    else {
      // A second name for a file is a copy here: nobody sees the difference until it is written.
      files.write(place, files.read(target));
    }
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    call.err(
      isBusybox
        ? `ln: ${place}: ${error.message}\n`
        : `ln: failed to create ${flags.s ? 'symbolic' : 'hard'} link '${place}': ${error.message}\n`,
    );
    return 1;
  }
});

/** cp */
export const cp: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'rRafpdvinLPT', { recursive: 'r', archive: 'a', force: 'f' });
  demandOperand(call, rest, 2);
  return toTarget(call, rest, (from, to) =>
    copy(call, from, to, flags.r !== undefined || flags.R !== undefined || flags.a !== undefined),
  );
});

/** mv */
export const mv: Program = tool((call) => {
  const { rest } = readOptions(call, 'finvT', { force: 'f' });
  demandOperand(call, rest, 2);
  return toTarget(call, rest, (from, to) => {
    const { files, isBusybox } = call;
    try {
      files.stat(from, false);
      files.rename(from, to);
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (isBusybox) call.err(`mv: can't rename '${from}': ${error.message}\n`);
      else if (error.code === 'ENOENT' && !files.look(from, false))
        call.err(`mv: cannot stat '${from}': ${error.message}\n`);
      else call.err(`mv: cannot move '${from}' to '${to}': ${error.message}\n`);
      return false;
    }
  });
});

function toTarget(
  call: ProcessCall,
  rest: readonly string[],
  act: (from: string, to: string) => boolean,
): number {
  const target = rest.at(-1) ?? '';
  const sources = rest.slice(0, -1);
  const isFolder = call.files.look(target)?.kind === 'folder';
  if (sources.length > 1 && !isFolder) {
    call.err(
      call.isBusybox
        ? `${nameOf(call)}: target '${target}' is not a directory\n`
        : `${nameOf(call)}: target '${target}': No such file or directory\n`,
    );
    return 1;
  }
  const done = sources.map((from) =>
    act(
      from,
      isFolder ? join(target.replace(/(.)\/$/, '$1'), baseOf(from.replace(/(.)\/+$/, '$1'))) : target,
    ),
  );
  return done.includes(false) ? 1 : 0;
}

function copy(call: ProcessCall, from: string, to: string, isDeep: boolean): boolean {
  const { files, isBusybox } = call;
  const cannot = isBusybox ? "can't" : 'cannot';
  let node: FileNode;
  try {
    node = files.stat(from, !isDeep);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    call.err(`cp: ${cannot} stat '${from}': ${error.message}\n`);
    return false;
  }
  if (node.kind === 'folder' && !isDeep) {
    call.err(
      isBusybox
        ? `cp: omitting directory '${from}'\n`
        : `cp: -r not specified; omitting directory '${from}'\n`,
    );
    return false;
  }
  try {
    if (node.kind === 'link') {
      files.link(node.target, to);
      return true;
    }
    if (node.kind === 'file') {
      files.write(to, files.read(from), { mode: node.mode, zeros: node.zeros ?? 0 });
      return true;
    }
    if (isWithin(files.absolute(to), files.absolute(from))) throw FileError.of('EINVAL');
    if (!files.look(to)) files.makeFolder(to, node.mode);
    const done = files.list(from).map((name) => copy(call, join(from, name), join(to, name), true));
    return !done.includes(false);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const isNew = !files.look(to);
    if (isBusybox) call.err(`cp: can't ${isNew ? 'create' : 'open'} '${to}': ${error.message}\n`);
    else if (error.code === 'ENOENT' && files.look(folderOf(files.absolute(to))) === undefined)
      call.err(`cp: cannot create regular file '${to}': ${error.message}\n`);
    else
      call.err(
        `cp: cannot ${node.kind === 'folder' ? 'create directory' : 'create regular file'} '${to}': ${error.message}\n`,
      );
    return false;
  }
}
