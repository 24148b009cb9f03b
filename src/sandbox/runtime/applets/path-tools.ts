import { nameOfId } from '../container-start.ts';
import { FileError } from '../files/file-error.ts';
import { baseOf, folderOf, join } from '../files/paths.ts';
import { isoDate } from '../http/dates.ts';
import { searchPath } from '../processes/executable.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { globPattern } from '../text/glob.ts';
import { sizeOf } from '../volume.ts';
import { tool } from './applet.ts';
import { humanSize } from './ls.ts';
import { modeText } from './modes.ts';
import { complaint, nameOf, readOptions, UsageError } from './options.ts';

/** pwd */
export const pwd: Program = tool((call) => {
  call.out(`${call.cwd}\n`);
  return 0;
});

/** basename */
export const basename: Program = tool((call) => {
  const [path, suffix = ''] = call.args;
  if (path === undefined) throw new UsageError(complaint(call, 'missing operand'));
  const base = path === '/' ? '/' : baseOf(path.replace(/\/+$/, '')) || path;
  call.out(
    `${base !== suffix && suffix !== '' && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base}\n`,
  );
  return 0;
});

/** dirname */
export const dirname: Program = tool((call) => {
  const [path] = call.args;
  if (path === undefined) throw new UsageError(complaint(call, 'missing operand'));
  const plain = path.replace(/(.)\/+$/, '$1');
  call.out(`${plain.includes('/') ? folderOf(plain) : '.'}\n`);
  return 0;
});

/** readlink */
export const readlink: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'fenv');
  let code = 0;
  for (const path of rest) {
    const node = call.files.look(path, false);
    if (flags.f || flags.e) code = printReal(call, path, true) || code;
    else if (node?.kind === 'link') call.out(`${node.target}${flags.n ? '' : '\n'}`);
    else code = 1;
  }
  return code;
});

/** realpath */
export const realpath: Program = tool((call) => {
  const { rest } = readOptions(call, 'emqsz');
  return rest.map((path) => printReal(call, path, false)).reduce((code, each) => code || each, 0);
});

function printReal(call: ProcessCall, path: string, isSilent: boolean): number {
  try {
    call.out(`${call.files.realPath(path)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (!isSilent) call.err(`${nameOf(call)}: ${path}: ${error.message}\n`);
    return 1;
  }
}

/** which */
export const which: Program = tool((call) => {
  let code = 0;
  for (const name of call.args) {
    const path = name.includes('/')
      ? call.files.look(name)?.kind === 'file'
        ? name
        : undefined
      : searchPath(call.files, name, call.env.PATH);
    if (path === undefined) code = 1;
    else call.out(`${path}\n`);
  }
  return code;
});

/** mktemp */
export const mktemp: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'dup:tq', { directory: 'd', tmpdir: 'p' });
  const template = rest[0] ?? `${values.p ?? call.env.TMPDIR ?? '/tmp'}/tmp.XXXXXXXXXX`;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const path = template.replace(/X{3,}$/, (places) =>
    [...places].map(() => letters[call.random(letters.length)] ?? 'a').join(''),
  );
  if (flags.d) call.files.makeFolder(path, 0o700);
  else call.files.write(path, '', { mode: 0o600 });
  call.out(`${path}\n`);
  return 0;
});

/** stat */
export const stat: Program = tool((call) => {
  const { values, flags, rest } = readOptions(call, 'c:Ltf', { format: 'c', dereference: 'L' });
  let code = 0;
  for (const path of rest) {
    const node = call.files.look(path, flags.L !== undefined);
    if (!node) {
      call.err(
        call.isBusybox
          ? `stat: can't stat '${path}': No such file or directory\n`
          : `stat: cannot statx '${path}': No such file or directory\n`,
      );
      code = 1;
      continue;
    }
    const [uid = '0', gid = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
    const container = call.files.container;
    const user = nameOfId(container, '/etc/passwd', uid) ?? 'UNKNOWN';
    const group = nameOfId(container, '/etc/group', gid) ?? 'UNKNOWN';
    const mode = (node.kind === 'link' ? 0o777 : node.mode).toString(8);
    const kind = {
      file: sizeOf(node) === 0 ? 'regular empty file' : 'regular file',
      folder: 'directory',
      link: 'symbolic link',
    }[node.kind];
    const known: Readonly<Record<string, string>> = {
      n: path,
      s: `${sizeOf(node)}`,
      a: mode,
      A: modeText(node),
      u: uid,
      g: gid,
      U: user,
      G: group,
      F: kind,
      Y: `${Math.floor(node.at / 1000)}`,
      y: isoDate(node.at),
      h: '1',
      i: '1',
      '%': '%',
    };
    if (values.c !== undefined) {
      call.out(`${values.c.replace(/%(.)/g, (whole, letter: string) => known[letter] ?? whole)}\n`);
      continue;
    }
    const date = `${isoDate(node.at)}000000 +0000`;
    const shown =
      node.kind === 'link'
        ? `${call.isBusybox ? `'${path}'` : path} -> ${call.isBusybox ? `'${node.target}'` : node.target}`
        : path;
    call.out(
      `  File: ${shown}\n  Size: ${`${sizeOf(node)}`.padEnd(10)}\tBlocks: ${`${Math.ceil(sizeOf(node) / 4096) * 8}`.padEnd(10)} IO Block: 4096   ${kind}\n` +
        `Device: 0,50\tInode: 1           Links: 1\nAccess: (${mode.padStart(4, '0')}/${modeText(node)})  Uid: (${uid.padStart(5)}/${user.padStart(8)})   Gid: (${gid.padStart(5)}/${group.padStart(8)})\n` +
        `Access: ${date}\nModify: ${date}\nChange: ${date}\n`,
    );
  }
  return code;
});

/** find: `-name`, `-iname`, `-path`, `-type`, `-maxdepth`, `-mindepth`, `-size`, `-empty`, `-delete`, `-print` and `!`. */
export const find: Program = tool((call) => {
  const firstTest = call.args.findIndex((word) => word.startsWith('-') || word === '!' || word === '(');
  const paths = firstTest < 0 ? call.args : call.args.slice(0, firstTest);
  const tests = firstTest < 0 ? [] : call.args.slice(firstTest);
  const plan = planOf(call, tests);
  let code = 0;
  const visit = (path: string, depth: number): void => {
    const node = call.files.look(path, depth === 0);
    if (!node) {
      call.err(
        call.isBusybox
          ? `find: ${path}: No such file or directory\n`
          : `find: '${path}': No such file or directory\n`,
      );
      code = 1;
      return;
    }
    const fits = depth >= plan.least && plan.tests.every((test) => test(path, node));
    if (fits && !plan.deletes) call.out(`${path}${plan.zero ? '\0' : '\n'}`);
    if (node.kind === 'folder' && depth < plan.most) {
      try {
        for (const name of call.files.list(path)) visit(join(path, name), depth + 1);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        call.err(
          call.isBusybox ? `find: ${path}: ${error.message}\n` : `find: '${path}': ${error.message}\n`,
        );
        code = 1;
      }
    }
    if (fits && plan.deletes) call.files.remove(path);
  };
  for (const path of paths.length > 0 ? paths : ['.']) visit(path, 0);
  return code;
});

type FindTest = (path: string, node: NonNullable<ReturnType<ProcessCall['files']['look']>>) => boolean;

function planOf(call: ProcessCall, words: readonly string[]) {
  const tests: FindTest[] = [];
  const plan = { tests, most: 50, least: 0, deletes: false, zero: false };
  let isNot = false;
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const value = words[place + 1] ?? '';
    const add = (test: FindTest, takes = true) => {
      const negated = isNot;
      tests.push((path, node) => test(path, node) !== negated);
      isNot = false;
      if (takes) place += 1;
    };
    if (word === '!' || word === '-not') isNot = true;
    else if (word === '-name' || word === '-iname') {
      const flags = word === '-iname' ? 'i' : '';
      const pattern = new RegExp(globPattern(value, { crossesSlash: true }).source, `s${flags}`);
      add((path) => pattern.test(baseOf(path) || path));
    } else if (word === '-path' || word === '-wholename') {
      const pattern = globPattern(value, { crossesSlash: true });
      add((path) => pattern.test(path));
    } else if (word === '-type') add((_, node) => node.kind === { f: 'file', d: 'folder', l: 'link' }[value]);
    else if (word === '-empty')
      add(
        (path, node) => (node.kind === 'folder' ? call.files.list(path).length === 0 : sizeOf(node) === 0),
        false,
      );
    else if (word === '-size') {
      const [, sign = '', number = '0', unit = 'b'] = /^([-+]?)(\d+)([ckMGb]?)$/.exec(value) ?? [];
      const bytes = { c: 1, k: 1024, M: 2 ** 20, G: 2 ** 30 }[unit] ?? 512;
      add((_, node) => {
        const units = Math.ceil(sizeOf(node) / bytes);
        return sign === '+'
          ? units > Number(number)
          : sign === '-'
            ? units < Number(number)
            : units === Number(number);
      });
    } else if (word === '-maxdepth' || word === '-mindepth') {
      plan[word === '-maxdepth' ? 'most' : 'least'] = Number(value) || 0;
      place += 1;
    } else if (word === '-delete') plan.deletes = true;
    else if (word === '-print0') plan.zero = true;
    else if (word !== '-print' && word !== '-a' && word !== '-xdev') {
      throw new UsageError(
        call.isBusybox ? `find: unrecognized: ${word}\n` : `find: unknown predicate \`${word}'\n`,
      );
    }
  }
  return plan;
}

/** du */
export const du: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, 'shkmacd:x', {
    summarize: 's',
    'human-readable': 'h',
    'max-depth': 'd',
  });
  const most = flags.s ? 0 : Number(values.d ?? 50);
  let code = 0;
  const visit = (path: string, depth: number): number => {
    const node = call.files.look(path, depth === 0);
    if (!node) {
      call.err(
        call.isBusybox
          ? `du: ${path}: No such file or directory\n`
          : `du: cannot access '${path}': No such file or directory\n`,
      );
      code = 1;
      return 0;
    }
    let bytes = node.kind === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4096;
    if (node.kind === 'folder' && call.files.mayUse(node, 4))
      for (const name of call.files.list(path)) bytes += visit(join(path, name), depth + 1);
    const isShown = depth <= most && (node.kind === 'folder' || depth === 0 || flags.a !== undefined);
    const human = call.isBusybox ? `${(bytes / 1024).toFixed(1)}K` : humanSize(bytes);
    if (isShown)
      call.out(
        `${flags.h ? (bytes >= 2 ** 20 ? humanSize(bytes) : human) : flags.m ? Math.ceil(bytes / 2 ** 20) : bytes / 1024}\t${path}\n`,
      );
    return bytes;
  };
  for (const path of rest.length > 0 ? rest : ['.']) visit(path, 0);
  return code;
});
