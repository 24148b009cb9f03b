import { caught } from '../../../thrown.ts';
import { nameOfId } from '../../container-start.ts';
import type { FileNode } from '../../file-tree.ts';
import { FileError } from '../../files/file-error.ts';
import { folderOf, join } from '../../files/paths.ts';
import { dateParts } from '../../http/dates.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { sizeOf } from '../../volume.ts';
import { tool } from '../applet.ts';
import { readOptions } from '../options.ts';
import { modeText } from './modes.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly node: FileNode;
}

/** Files that are older are shown with their year instead of the time. */
const halfYear = 182 * 86_400_000;

/** ls */
export const ls: Program = tool((call) => {
  const { flags, rest } = readOptions(
    call,
    call.isBusybox ? 'laA1dhRrtSFinsCxcuLpHgXvT:w:~' : 'laA1dhRrtSFinsCxkcuLpHgoGmQXvUZ~',
    {
      all: 'a',
      'almost-all': 'A',
      recursive: 'R',
      reverse: 'r',
      'human-readable': 'h',
      directory: 'd',
      'full-time': 'f',
      'group-directories-first': 'D',
    },
    (word) => (/^--color(=|$)/.test(word) ? '-~' : word),
  );
  const paths = rest.length > 0 ? rest : ['.'];
  const files: Entry[] = [];
  const folders: string[] = [];
  let code = 0;
  const fail = (path: string, { message }: FileError, doing = 'access') => {
    const busybox = doing === 'access' ? path : `can't open '${path}'`;
    call.err(call.isBusybox ? `ls: ${busybox}: ${message}\n` : `ls: cannot ${doing} '${path}': ${message}\n`);
    code = call.isBusybox ? 1 : 2;
  };
  for (const path of paths) {
    try {
      const isLong = isLongWith(flags) || flags.d !== undefined || flags.F !== undefined;
      const link = call.files.stat(path, false);
      const target = call.files.look(path);
      const follows = flags.L !== undefined || (flags.H !== undefined && !flags.d) || path.endsWith('/');
      if (!target && call.isBusybox && !isLong) throw FileError.of('ENOENT');
      const node = target && (follows || (!isLong && target.kind === 'folder')) ? target : link;
      if (node.kind === 'folder' && !flags.d) folders.push(path);
      else files.push({ name: path, path, node });
    } catch (thrown) {
      fail(path, caught(thrown, FileError));
    }
  }
  files.sort(order(flags));
  if (files.length > 0) call.out(listing(call, files, flags));
  let isFirst = files.length === 0;
  const titled = paths.length > 1 || flags.R !== undefined;
  const queue = [...folders].sort();
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    let entries: readonly Entry[];
    try {
      entries = entriesOf(call, path, flags, (below) => fail(below, FileError.of('ENOENT')));
    } catch (thrown) {
      fail(path, caught(thrown, FileError), 'open directory');
      continue;
    }
    if (titled) call.out(`${isFirst ? '' : '\n'}${path}:\n`);
    isFirst = false;
    if (isLongWith(flags) || flags.s)
      call.out(`total ${entries.reduce((sum, { node }) => sum + blocks(node), 0)}\n`);
    call.out(listing(call, entries, flags));
    if (flags.R)
      queue.unshift(
        ...entries
          .filter(({ node, name }) => node.kind === 'folder' && name !== '.' && name !== '..')
          .map(({ path: below }) => below),
      );
  }
  return code;
});

function entriesOf(
  call: ProcessCall,
  path: string,
  flags: Readonly<Record<string, number>>,
  lacks: (path: string) => void,
): readonly Entry[] {
  const { files } = call;
  const names = files.list(path).filter((name) => flags.a || flags.A || !name.startsWith('.'));
  const entries = names.flatMap((name): Entry[] => {
    const below = join(path, name);
    const target = flags.L ? files.look(below) : undefined;
    // Busybox follows links at once, and says which lead nowhere.
    if (flags.L && !target && call.isBusybox) lacks(below);
    const node = target ?? (flags.L && call.isBusybox ? undefined : files.look(below, false));
    return node ? [{ name, path: below, node }] : [];
  });
  entries.sort(order(flags));
  if (!flags.a) return entries;
  const real = files.absolute(path);
  const dots = [
    { name: '.', path: real, node: files.stat(path) },
    { name: '..', path: folderOf(real), node: files.stat(folderOf(real)) },
  ];
  return [...dots, ...entries];
}

/** Whether letters ask for the long form. */
function isLongWith(flags: Readonly<Record<string, number>>): boolean {
  return [flags.l, flags.g, flags.o, flags.n, flags.f].some((count) => count !== undefined);
}

function order(flags: Readonly<Record<string, number>>): (one: Entry, other: Entry) => number {
  const compare = orderOf(flags);
  if (!flags.D) return compare;
  const rank = ({ node }: Entry) => (node.kind === 'folder' ? 0 : 1);
  return (one, other) => rank(one) - rank(other) || compare(one, other);
}

function orderOf(flags: Readonly<Record<string, number>>): (one: Entry, other: Entry) => number {
  const flip = flags.r ? -1 : 1;
  const byName = (one: Entry, other: Entry) => compared(one.name, other.name);
  if (flags.t) return (one, other) => flip * (other.node.at - one.node.at || byName(one, other));
  if (flags.S) return (one, other) => flip * (sizeOf(other.node) - sizeOf(one.node) || byName(one, other));
  if (flags.X)
    return (one, other) => flip * (compared(ending(one.name), ending(other.name)) || byName(one, other));
  return (one, other) => flip * byName(one, other);
}

function compared(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** What `-X` sorts by: from the last dot on. */
function ending(name: string): string {
  return /\.[^.]*$/.exec(name)?.[0] ?? '';
}

function listing(
  call: ProcessCall,
  entries: readonly Entry[],
  flags: Readonly<Record<string, number>>,
): string {
  if (entries.length === 0) return '';
  if (isLongWith(flags)) return long(call, entries, flags);
  const sizes = entries.map(({ node }) => (flags.s ? `${blocks(node)}` : ''));
  const widest = call.isBusybox ? 6 : Math.max(...sizes.map(({ length }) => length));
  const names = entries.map(
    (entry, index) =>
      (flags.i ? `${call.isBusybox ? '      1' : '1'} ` : '') +
      (flags.s ? `${(sizes[index] ?? '').padStart(widest)} ` : '') +
      nameWith(entry, flags),
  );
  if (flags.m) return `${names.join(', ')}\n`;
  const inColumns = call.isTerminal(1) || flags.C !== undefined || flags.x !== undefined;
  const isOneEach = flags['1'] !== undefined && !flags.C && !flags.x;
  if (!inColumns || isOneEach) return names.map((name) => `${name}\n`).join('');
  // In columns names stand down and then across, with `-x` across and then down.
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const columns = Math.max(1, Math.floor(80 / width));
  const rows = Math.ceil(names.length / columns);
  return Array.from({ length: rows }, (_, row) => {
    const line = names
      .filter((_, index) => (flags.x ? Math.floor(index / columns) : index % rows) === row)
      .map((name) => name.padEnd(width));
    return `${line.join('').trimEnd()}\n`;
  }).join('');
}

function long(call: ProcessCall, entries: readonly Entry[], flags: Readonly<Record<string, number>>): string {
  const container = call.files.container;
  const rows = entries.map(({ name, node, path }) => {
    const [uid = '0', gid = '0'] = node.kind === 'link' ? [] : node.owner.split(':');
    const isDevice = /^\/dev\/[^/]+$/.test(path) && node.kind === 'file';
    const size = isDevice ? 0 : sizeOf(node);
    return {
      mode: isDevice ? modeText(node).replace('-', 'c') : modeText(node),
      links: node.kind === 'folder' ? `${2 + foldersIn(call, path)}` : '1',
      user: flags.n ? uid : (nameOfId(container, '/etc/passwd', uid) ?? uid),
      group: flags.n ? gid : (nameOfId(container, '/etc/group', gid) ?? gid),
      size: flags.h ? humanSize(size) : `${size}`,
      date: flags.f ? fullDate(node.at, call.isBusybox) : dateText(node.at, call.now),
      name:
        node.kind === 'link'
          ? `${flags.Q ? `"${name}"` : name} -> ${node.target}`
          : nameWith({ name, node, path }, flags),
    };
  });
  const widest = (key: 'links' | 'user' | 'group' | 'size') =>
    Math.max(...rows.map((row) => row[key].length));
  const [links, users, groups, sizes] = [widest('links'), widest('user'), widest('group'), widest('size')];
  return rows
    .map((row) =>
      call.isBusybox
        ? `${row.mode} ${row.links.padStart(4)} ${flags.g ? '' : `${row.user.padEnd(8)} `}${row.group.padEnd(8)} ${row.size.padStart(flags.h ? 7 : 9)} ${row.date} ${row.name}\n`
        : `${row.mode} ${row.links.padStart(links)} ${flags.g ? '' : `${row.user.padEnd(users)} `}${flags.o || flags.G ? '' : `${row.group.padEnd(groups)} `}${row.size.padStart(sizes)} ${row.date} ${row.name}\n`,
    )
    .join('');
}

/** A folder has a name in each folder that is in it. */
function foldersIn(call: ProcessCall, path: string): number {
  try {
    return call.files.list(path).filter((name) => call.files.look(join(path, name), false)?.kind === 'folder')
      .length;
  } catch (error) {
    if (error instanceof FileError) return 0;
    throw error;
  }
}

function nameWith({ name, node }: Entry, flags: Readonly<Record<string, number>>): string {
  const sign = flags.F ? mark(node) : flags.p && node.kind === 'folder' ? '/' : '';
  return (flags.Q ? `"${name}"` : name) + sign;
}

function fullDate(at: number, isBusybox: boolean): string {
  const { year, monthNumber, day, hours, minutes, seconds, milliseconds } = dateParts(at);
  const fraction = isBusybox ? '' : `.${milliseconds}000000`;
  return `${year}-${monthNumber}-${day} ${hours}:${minutes}:${seconds}${fraction} +0000`;
}

/** `Nov 20 08:08`, or with the year when it is long ago. */
function dateText(at: number, now: number): string {
  const { month, day, hours, minutes, year } = dateParts(at);
  const short = `${month} ${`${Number(day)}`.padStart(2)}`;
  return Math.abs(now - at) > halfYear ? `${short}  ${year}` : `${short} ${hours}:${minutes}`;
}

/** A number of bytes as `ls -h` and `du -h` show it: `4.0K`. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return `${bytes}`;
  let value = bytes;
  let unit = '';
  for (const next of 'KMGT') {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return value < 10 ? `${value.toFixed(1)}${unit}` : `${Math.round(value)}${unit}`;
}

function mark(node: FileNode): string {
  if (node.kind === 'folder') return '/';
  if (node.kind === 'link') return '@';
  return node.mode & 0o111 ? '*' : '';
}

/** Kilobytes on the disk, in steps of four. */
function blocks(node: FileNode): number {
  return node.kind === 'link' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4;
}
