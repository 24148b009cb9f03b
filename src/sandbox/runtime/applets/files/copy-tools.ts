import { caught } from '../../../thrown.ts';
import type { FileNode } from '../../file-tree.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf, folderOf, isWithin, join } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { tool } from '../applet.ts';
import { confirmed, demandOperand } from '../operands.ts';
import { nameOf, type Options, readOptions } from '../options.ts';

/** ln */
export const ln: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, call.isBusybox ? 'sfnvTbS:' : 'sfnvTbt:S:', {
    symbolic: 's',
    force: 'f',
    'no-dereference': 'n',
    verbose: 'v',
    'no-target-directory': 'T',
    'target-directory': 't',
  });
  demandOperand(call, rest, 1);
  const { files, isBusybox } = call;
  const [only = ''] = rest;
  const operands = rest.length === 1 && values.t === undefined ? [only, baseOf(only)] : rest;
  return toTarget(call, operands, { flags, values }, (target, place) => {
    try {
      if (!flags.s) {
        const node = files.stat(target);
        if (node.kind === 'folder') throw FileError.of('EPERM');
      }
      if (files.look(place, false)) {
        if (!flags.f) throw FileError.of('EEXIST');
        files.remove(place);
      }
      if (flags.s) files.link(target, place);
      // A second name for a file is a copy here: nobody sees the difference until it is written.
      else files.write(place, files.read(target));
      if (flags.v)
        call.out(
          isBusybox ? `'${place}' -> '${target}'\n` : `'${place}' ${flags.s ? '->' : '=>'} '${target}'\n`,
        );
      return true;
    } catch (thrown) {
      const error = caught(thrown, FileError);
      const isSource = error.code === 'ENOENT' && !flags.s && !files.look(target);
      if (isBusybox) call.err(`ln: ${isSource ? target : place}: ${error.message}\n`);
      else if (isSource) call.err(`ln: failed to access '${target}': ${error.message}\n`);
      else if (error.code === 'EPERM') call.err(`ln: ${target}: hard link not allowed for directory\n`);
      else {
        const from = flags.s || error.code === 'EEXIST' ? '' : ` => '${target}'`;
        call.err(
          `ln: failed to create ${flags.s ? 'symbolic' : 'hard'} link '${place}'${from}: ${error.message}\n`,
        );
      }
      return false;
    }
  });
});

const longNames = {
  archive: 'a',
  force: 'f',
  interactive: 'i',
  'no-clobber': 'n',
  recursive: 'r',
  'symbolic-link': 's',
  'target-directory': 't',
  'no-target-directory': 'T',
  update: 'u',
  verbose: 'v',
  preserve: 'p',
  'no-dereference': 'P',
  dereference: 'L',
};

/** cp */
export const cp: Program = tool((call) => {
  const options = readOptions(call, 'rRafpdvinLHPTut:sl', longNames);
  demandOperand(call, options.rest, options.values.t === undefined ? 2 : 1);
  return toTarget(call, options.rest, options, (from, to) => copy(call, from, to, options.flags, 0));
});

/** mv */
export const mv: Program = tool((call) => {
  const options = readOptions(call, call.isBusybox ? 'finvTt:' : 'finvTt:u', longNames);
  const { flags } = options;
  demandOperand(call, options.rest, options.values.t === undefined ? 2 : 1);
  return toTarget(call, options.rest, options, (from, to) => {
    const { files, isBusybox } = call;
    try {
      const node = files.stat(from, false);
      const there = files.look(to, false);
      if (!mayReplace(call, flags, node, to)) return true;
      const isSame = files.absolute(from) === files.absolute(to);
      if (isSame) {
        if (isBusybox) return true;
        call.err(`mv: '${from}' and '${to}' are the same file\n`);
        return false;
      }
      if (node.kind === 'folder' && there && there.kind !== 'folder') throw FileError.of('ENOTDIR');
      if (node.kind !== 'folder' && there?.kind === 'folder') {
        call.err(isFolderAlready(call, to));
        return false;
      }
      files.rename(from, to);
      if (flags.v) call.out(isBusybox ? `'${from}' -> '${to}'\n` : `renamed '${from}' -> '${to}'\n`);
      return true;
    } catch (thrown) {
      const error = caught(thrown, FileError);
      if (isBusybox) call.err(`mv: can't rename '${from}': ${error.message}\n`);
      else if (error.code === 'ENOENT' && !files.look(from, false))
        call.err(`mv: cannot stat '${from}': ${error.message}\n`);
      else if (error.code === 'EINVAL')
        call.err(`mv: cannot move '${from}' to a subdirectory of itself, '${to}'\n`);
      else if (error.code === 'ENOTDIR' && files.look(to))
        call.err(`mv: cannot overwrite non-directory '${to}' with directory '${from}'\n`);
      else call.err(`mv: cannot move '${from}' to '${to}': ${error.message}\n`);
      return false;
    }
  });
});

/** Whether a file may take the place of what is there, by `-n`, `-u` and `-i`; nobody answers what `-i` asks. */
function mayReplace(call: ProcessCall, flags: Options['flags'], node: FileNode, to: string): boolean {
  const there = call.files.look(to);
  if (!there || there.kind === 'folder') return true;
  if (flags.n) return false;
  if (flags.u && there.at >= node.at) return false;
  return !flags.i || flags.f !== undefined || confirmed(call, `overwrite '${to}'`);
}

/** What is said where a file is to become a folder that is there. */
function isFolderAlready(call: ProcessCall, to: string): string {
  return call.isBusybox
    ? `${nameOf(call)}: '${to}' is a directory\n`
    : `${nameOf(call)}: cannot overwrite directory '${to}' with non-directory\n`;
}

function toTarget(
  call: ProcessCall,
  rest: readonly string[],
  { flags, values }: Pick<Options, 'flags' | 'values'>,
  act: (from: string, to: string) => boolean,
): number {
  const target = values.t ?? rest.at(-1) ?? '';
  const sources = values.t === undefined ? rest.slice(0, -1) : rest;
  const isLink =
    flags.n !== undefined && nameOf(call) === 'ln' && call.files.look(target, false)?.kind === 'link';
  const isFolder = call.files.look(target)?.kind === 'folder' && !flags.T && !isLink;
  if (sources.length > 1 && !isFolder && (!call.isBusybox || nameOf(call) === 'ln')) {
    const why = call.files.look(target) ? 'Not a directory' : 'No such file or directory';
    call.err(
      call.isBusybox ? `ln: ${target}: File exists\n` : `${nameOf(call)}: target '${target}': ${why}\n`,
    );
    return 1;
  }
  const isInside = isFolder || sources.length > 1;
  const place = (from: string) => join(target.replace(/(.)\/$/, '$1'), baseOf(from.replace(/(.)\/+$/, '$1')));
  const done = sources.map((from) => act(from, isInside ? place(from) : target));
  return done.includes(false) ? 1 : 0;
}

function copy(call: ProcessCall, from: string, to: string, flags: Options['flags'], depth: number): boolean {
  const { files, isBusybox } = call;
  const isDeep = Boolean(flags.r || flags.R || flags.a);
  const keepsLinks = Boolean(
    flags.d || flags.P || flags.a || (isDeep && !flags.L && (depth > 0 || !flags.H)),
  );
  let node: FileNode;
  try {
    node = files.stat(from, !keepsLinks);
  } catch (thrown) {
    const error = caught(thrown, FileError);
    call.err(`cp: ${isBusybox ? "can't" : 'cannot'} stat '${from}': ${error.message}\n`);
    return false;
  }
  if (node.kind === 'folder' && !isDeep) {
    call.err(`cp: ${isBusybox ? '' : '-r not specified; '}omitting directory '${from}'\n`);
    return false;
  }
  if (node.kind === 'folder' && isWithin(files.absolute(to), files.absolute(from))) {
    call.err(
      isBusybox
        ? `cp: recursion detected, omitting directory '${to}'\n`
        : `cp: cannot copy a directory, '${from}', into itself, '${to}'\n`,
    );
    return false;
  }
  if (files.absolute(from) === files.absolute(to)) {
    call.err(`cp: '${from}' and '${to}' are the same file\n`);
    return false;
  }
  if (node.kind !== 'folder' && !mayReplace(call, flags, node, to)) return true;
  const refused = refusedTarget(call, from, to, node);
  if (refused !== undefined) {
    call.err(`cp: ${refused}\n`);
    return false;
  }
  const tell = () => {
    if (flags.v) call.out(`'${from}' -> '${to}'\n`);
  };
  try {
    const keepTime = () => {
      if (flags.p || flags.a) files.touch(to, node.at);
    };
    if (node.kind === 'link') {
      if (files.look(to, false)?.kind !== 'folder' && files.look(to, false)) files.remove(to);
      files.link(node.target, to);
    } else if (node.kind === 'file') {
      files.write(to, files.read(from), { mode: node.mode, zeros: node.zeros ?? 0 });
      keepTime();
    } else {
      const isNew = !files.look(to);
      if (isNew) files.makeFolder(to, node.mode);
      // GNU tells of a folder when it is made, busybox when all is in it.
      if (isNew && !isBusybox) tell();
      const done = files
        .list(from)
        .map((name) => copy(call, join(from, name), join(to, name), flags, depth + 1));
      keepTime();
      if (isBusybox) tell();
      return !done.includes(false);
    }
    tell();
    return true;
  } catch (thrown) {
    const error = caught(thrown, FileError);
    const isNew = !files.look(to);
    const isFolder = node.kind === 'folder';
    if (isBusybox) {
      const what = isFolder ? 'create directory' : isNew ? 'create' : 'open';
      call.err(`cp: can't ${what} '${to}': ${error.message}\n`);
    } else {
      const what = isFolder ? 'directory' : 'regular file';
      const why = to.endsWith('/') && isNew ? 'Not a directory' : error.message;
      call.err(`cp: cannot create ${what} '${to}': ${why}\n`);
    }
    return false;
  }
}

/** Why nothing can be copied to where `to` is, whatever is in the source; undefined where it can. */
function refusedTarget(call: ProcessCall, from: string, to: string, node: FileNode): string | undefined {
  const { files, isBusybox } = call;
  const there = files.look(to);
  const isFolder = node.kind === 'folder';
  if (isBusybox) {
    if (there?.kind === 'folder' && !isFolder) return `'${to}' is a directory`;
    const above = files.look(folderOf(files.absolute(to)));
    return above?.kind === 'file' ? `can't stat '${to}': Not a directory` : undefined;
  }
  if (there?.kind === 'folder' && !isFolder) return `cannot overwrite directory '${to}' with non-directory`;
  if (there && there.kind !== 'folder' && isFolder)
    return `cannot overwrite non-directory '${to}' with directory '${from}'`;
  if (!there && node.kind === 'file' && files.look(to, false)?.kind === 'link')
    return `not writing through dangling symlink '${to}'`;
  return undefined;
}
