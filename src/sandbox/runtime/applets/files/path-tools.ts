import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf, join } from '../../files/paths.ts';
import { searchPath } from '../../processes/executable.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { sizeOf } from '../../volume.ts';
import { tool } from '../applet.ts';
import { misuse, nameOf, readOptions, UsageError } from '../options.ts';
import { humanSize } from './ls.ts';

/** pwd */
export const pwd: Program = tool((call) => {
  call.out(`${call.files.realPath(call.cwd)}\n`);
  return 0;
});

/** basename */
export const basename: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, call.isBusybox ? '+as:' : '+as:z', {
    multiple: 'a',
    suffix: 's',
    zero: 'z',
  });
  const isMany = flags.a !== undefined || values.s !== undefined;
  if (rest.length === 0) throw misuse(call, 'missing operand');
  if (!isMany && rest.length > 2) throw misuse(call, `extra operand '${rest[2]}'`);
  const suffix = values.s ?? (isMany ? '' : (rest[1] ?? ''));
  for (const path of isMany ? rest : rest.slice(0, 1)) {
    const base = /^\/+$/.test(path) ? '/' : baseOf(path.replace(/\/+$/, ''));
    const hasEnding = suffix !== '' && base !== suffix && base.endsWith(suffix);
    call.out(`${hasEnding ? base.slice(0, -suffix.length) : base}${flags.z ? '\0' : '\n'}`);
  }
  return 0;
});

/** dirname */
export const dirname: Program = tool((call) => {
  const { flags, rest } = call.isBusybox
    ? { flags: {} as Readonly<Record<string, number>>, rest: call.args }
    : readOptions(call, '+z', { zero: 'z' });
  if (rest.length === 0 || (call.isBusybox && rest.length > 1)) throw misuse(call, 'missing operand');
  for (const path of rest) {
    const plain = path.replace(/(.)\/+$/, '$1');
    const folder = plain.includes('/') ? plain.replace(/\/+[^/]*$/, '') || '/' : '.';
    call.out(`${folder}${flags.z ? '\0' : '\n'}`);
  }
  return 0;
});

/** readlink */
export const readlink: Program = tool((call) => {
  const { flags, rest } = readOptions(call, call.isBusybox ? 'fnv' : 'femnqsvz', {
    canonicalize: 'f',
    'canonicalize-existing': 'e',
    'canonicalize-missing': 'm',
    'no-newline': 'n',
    zero: 'z',
  });
  if (rest.length === 0 || (call.isBusybox && rest.length > 1)) throw misuse(call, 'missing operand');
  const end = flags.n && rest.length === 1 ? '' : flags.z ? '\0' : '\n';
  let code = 0;
  for (const path of rest) {
    const isReal = flags.f || flags.e || flags.m;
    const node = call.files.look(path, false);
    // Busybox follows what is there alone.
    const real = isReal ? realPath(call, path, Boolean(flags.e || call.isBusybox)) : undefined;
    const found = isReal ? real : node?.kind === 'link' ? node.target : undefined;
    if (typeof found === 'string') call.out(`${found}${end}`);
    else {
      code = 1;
      if (!flags.v) continue;
      const why = !node ? 'No such file or directory' : call.isBusybox ? 'not a symlink' : 'Invalid argument';
      call.err(
        call.isBusybox ? `readlink: ${path}: cannot read link: ${why}\n` : `readlink: ${path}: ${why}\n`,
      );
    }
  }
  return code;
});

/** realpath */
export const realpath: Program = tool((call) => {
  const { flags, rest } = call.isBusybox
    ? { flags: {} as Readonly<Record<string, number>>, rest: call.args }
    : readOptions(call, 'emqsz', { 'canonicalize-existing': 'e', quiet: 'q', zero: 'z' });
  if (rest.length === 0) throw misuse(call, 'missing operand');
  let code = 0;
  for (const path of rest) {
    const real = realPath(call, path, Boolean(flags.e) || call.isBusybox);
    if (typeof real === 'string') call.out(`${real}${flags.z ? '\0' : '\n'}`);
    else {
      if (!flags.q) call.err(`${nameOf(call)}: ${path}: ${real.message}\n`);
      code = 1;
    }
  }
  return code;
});

/** Where a path leads; what stops it where it leads nowhere. @param demands that the last part is there too */
function realPath(call: ProcessCall, path: string, demands: boolean): string | FileError {
  try {
    const real = call.files.realPath(path);
    if (demands) call.files.stat(real);
    return real;
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

/** which */
export const which: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'a');
  if (rest.length === 0) {
    if (call.isBusybox) throw misuse(call, '');
    return 1;
  }
  let code = 0;
  for (const name of rest) {
    const node = name.includes('/') ? call.files.look(name) : undefined;
    const folders = (call.env.PATH ?? '').split(':');
    const found = name.includes('/')
      ? node?.kind === 'file' && call.files.mayUse(node, 1)
        ? [name]
        : []
      : folders
          .map((folder) => searchPath(call.files, name, folder))
          .filter((path) => path !== undefined)
          .slice(0, flags.a ? undefined : 1);
    if (found.length === 0) code = 1;
    for (const path of found) call.out(`${path}\n`);
  }
  return code;
});

/** mktemp */
export const mktemp: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'dup:tq', {
    directory: 'd',
    'dry-run': 'u',
    quiet: 'q',
  });
  if (rest.length > 1) throw misuse(call, 'too many templates');
  const folder = values.p ?? call.env.TMPDIR ?? '/tmp';
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const [given] = rest;
  const own = `${folder}/tmp.${call.isBusybox ? 'XXXXXX' : 'XXXXXXXXXX'}`;
  const template =
    given === undefined ? own : flags.t || values.p !== undefined ? join(folder, given) : given;
  const refuse = (busybox: string, gnu: string) => {
    if (flags.q) throw new UsageError('');
    throw new UsageError(`mktemp: ${call.isBusybox ? busybox : gnu}\n`);
  };
  if (!(call.isBusybox ? /X{6}$/ : /X{3}/).test(template))
    refuse('Invalid argument', `too few X's in template '${template}'`);
  const path = template.replace(/X+$/, (places) =>
    [...places].map(() => letters.charAt(call.random(letters.length))).join(''),
  );
  try {
    if (flags.d && !flags.u) call.files.makeFolder(path, 0o700);
    else if (!flags.u) call.files.write(path, '', { mode: 0o600 });
  } catch (thrown) {
    const error = caught(thrown, FileError);
    const what = flags.d ? 'directory' : 'file';
    refuse(error.message, `failed to create ${what} via template '${template}': ${error.message}`);
  }
  call.out(`${path}\n`);
  return 0;
});

/** du */
export const du: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'shkmbacd:xlHL', {
    all: 'a',
    total: 'c',
    summarize: 's',
    'human-readable': 'h',
    'max-depth': 'd',
  });
  const most = flags.s ? 0 : Number(values.d ?? 50);
  let code = 0;
  const shown = (bytes: number) => {
    if (flags.b) return `${bytes}`;
    if (flags.m) return `${Math.ceil(bytes / 2 ** 20)}`;
    if (!flags.h) return `${bytes / 1024}`;
    return call.isBusybox && bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)}K` : humanSize(bytes);
  };
  const visit = (path: string, depth: number): number => {
    const node = call.files.look(path, false);
    if (!node) {
      call.err(
        call.isBusybox
          ? `du: ${path}: No such file or directory\n`
          : `du: cannot access '${path}': No such file or directory\n`,
      );
      code = 1;
      return 0;
    }
    const onDisk = node.kind === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4096;
    let bytes = flags.b ? sizeOf(node) : onDisk;
    if (node.kind === 'folder' && call.files.mayUse(node, 4))
      for (const name of call.files.list(path)) bytes += visit(join(path, name), depth + 1);
    const isShown = depth <= most && (node.kind === 'folder' || depth === 0 || flags.a !== undefined);
    if (isShown) call.out(`${shown(bytes)}\t${path}\n`);
    return bytes;
  };
  const sizes = (rest.length > 0 ? rest : ['.']).map((path) => visit(path, 0));
  if (flags.c) call.out(`${shown(sizes.reduce((sum, bytes) => sum + bytes, 0))}\ttotal\n`);
  return code;
});
