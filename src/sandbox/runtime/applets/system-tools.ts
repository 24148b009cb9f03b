import { caught } from '../../thrown.ts';
import { lineOf, nameOfId } from '../container-start.ts';
import { fileSystemsOf } from '../files/file-systems.ts';
import { isWithin } from '../files/paths.ts';
import { kernelRelease } from '../files/virtual-files.ts';
import { dateParts } from '../http/dates.ts';
import { ExecutableError } from '../processes/executable.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { steps, tool } from './applet.ts';
import { humanSize } from './files/ls.ts';
import { misuse, nameOf, readOptions, UsageError } from './options.ts';

/** env: shows the environment, or becomes a program with another one. */
export const env: Program = steps((call) => {
  const { flags, lists, rest } = readOptions(call, '+i0u:', {
    'ignore-environment': 'i',
    null: '0',
    unset: 'u',
  });
  const isEmpty = flags.i !== undefined || rest[0] === '-';
  const words = rest[0] === '-' ? rest.slice(1) : rest;
  const values: Record<string, string> = isEmpty ? {} : { ...call.env };
  for (const name of lists.u ?? []) delete values[name];
  const end = words.findIndex((word) => !/^[^=]+=/.test(word));
  for (const word of end < 0 ? words : words.slice(0, end))
    values[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  if (end >= 0) return become(call, words.slice(end), values);
  for (const [name, value] of Object.entries(values)) call.out(`${name}=${value}${flags[0] ? '\0' : '\n'}`);
  return 0;
});

/** Becomes another program; says so when there is none. */
function become(
  call: ProcessCall,
  command: readonly string[],
  values: Readonly<Record<string, string>> = call.env,
): number | 'waits' {
  try {
    call.exec(command, values);
    return 'waits';
  } catch (thrown) {
    const { why, isMissing } = caught(thrown, ExecutableError);
    call.err(
      call.isBusybox
        ? `${nameOf(call)}: can't execute '${command[0]}': ${why}\n`
        : `${nameOf(call)}: ${nameOf(call) === 'env' ? '' : 'failed to run command '}'${command[0]}': ${why}\n`,
    );
    return isMissing ? 127 : 126;
  }
}

/** nohup, nice and others that only run something. */
export const runsCommand: Program = steps((call) => {
  const command = call.args.filter((word, index) => index > 0 || !word.startsWith('-'));
  if (command.length === 0) throw misuse(call, 'missing operand');
  return become(call, command);
});

/** printenv */
export const printenv: Program = tool((call) => {
  const names = call.isBusybox ? call.args : readOptions(call, '0').rest;
  if (names.length === 0)
    for (const [name, value] of Object.entries(call.env)) call.out(`${name}=${value}\n`);
  let code = 0;
  for (const name of names) {
    const value = Object.hasOwn(call.env, name) ? call.env[name] : undefined;
    if (value === undefined) code = 1;
    else call.out(`${value}\n`);
  }
  return code;
});

/** id */
export const id: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'ugGnr', { user: 'u', group: 'g', groups: 'G', name: 'n' });
  const container = call.files.container;
  const [name] = rest;
  if (call.isBusybox && rest.length > 1) throw misuse(call, '');
  const kinds = [flags.u, flags.g, flags.G].filter((count) => count !== undefined);
  if (kinds.length === 0 && (flags.r || flags.n))
    throw call.isBusybox
      ? misuse(call, '')
      : new UsageError('id: cannot print only names or real IDs in default format\n');
  const line = name === undefined ? undefined : lineOf(container, '/etc/passwd', name);
  if (name !== undefined && !line) {
    call.err(call.isBusybox ? `id: unknown user ${name}\n` : `id: '${name}': no such user\n`);
    return 1;
  }
  const uid = line ? Number(line[2]) : call.user.uid;
  const gids = line ? [Number(line[3])] : [...new Set(call.user.gids)];
  const userName = nameOfId(container, '/etc/passwd', `${uid}`);
  const groupName = (gid: number) => nameOfId(container, '/etc/group', `${gid}`);
  const [gid = 0] = gids;
  if (kinds.length > 0) {
    const kind = flags.u ? 'user' : 'group';
    const numbers = flags.u ? [uid] : flags.g ? [gid] : gids;
    const names = numbers.map((number) => (kind === 'user' ? userName : groupName(number)));
    call.out(`${numbers.map((number, index) => (flags.n ? (names[index] ?? number) : number)).join(' ')}\n`);
    const nameless = flags.n ? numbers.find((_, index) => names[index] === undefined) : undefined;
    if (nameless === undefined) return 0;
    call.err(
      call.isBusybox ? `id: unknown ID ${nameless}\n` : `id: cannot find name for ${kind} ID ${nameless}\n`,
    );
    return 1;
  }
  const named = (number: number, known: string | undefined) =>
    known === undefined ? `${number}` : `${number}(${known})`;
  call.out(
    `uid=${named(uid, userName)} gid=${named(gid, groupName(gid))} groups=${gids.map((each) => named(each, groupName(each))).join(',')}\n`,
  );
  return 0;
});

/** whoami */
export const whoami: Program = tool((call) => {
  demandNothing(call);
  const { uid } = call.user;
  const name = nameOfId(call.files.container, '/etc/passwd', `${uid}`);
  if (name !== undefined) call.out(`${name}\n`);
  else
    call.err(
      call.isBusybox ? `whoami: unknown uid ${uid}\n` : `whoami: cannot find name for user ID ${uid}\n`,
    );
  return name === undefined ? 1 : 0;
});

/** hostname */
export const hostname: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'ifsdIF:');
  if (rest.length > 0) {
    call.err(
      call.isBusybox
        ? 'hostname: sethostname: Operation not permitted\n'
        : 'hostname: you must be root to change the host name\n',
    );
    return 1;
  }
  call.out(`${flags.i || flags.I ? call.address : call.spec.hostname}\n`);
  return 0;
});

/** uname */
export const uname: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'asnrvmpio', { all: 'a' });
  if (rest.length > 0) throw misuse(call, `extra operand '${rest[0]}'`);
  const parts: readonly (readonly [letter: string, text: string])[] = [
    ['s', 'Linux'],
    ['n', call.spec.hostname],
    ['r', kernelRelease],
    ['v', '#1 SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['p', 'unknown'],
    ['i', 'unknown'],
    ['o', 'GNU/Linux'],
  ];
  const asked = Object.keys(flags).length === 0 ? ['s'] : Object.keys(flags);
  call.out(
    `${parts
      .filter(
        ([letter]) => asked.includes(letter) || (asked.includes('a') && letter !== 'p' && letter !== 'i'),
      )
      .map(([, text]) => text)
      .join(' ')}\n`,
  );
  return 0;
});

/** uptime */
export const uptime: Program = tool((call) => {
  const { bootedAt } = call.files.container.facts;
  const minutes = Math.floor((call.now - (bootedAt || call.now - 3_600_000)) / 60_000);
  const { hours, minutes: now, seconds } = dateParts(call.now);
  const span =
    minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)}:${`${minutes % 60}`.padStart(2, '0')}`;
  call.out(` ${hours}:${now}:${seconds} up ${span},  0 users,  load average: 0.10, 0.08, 0.05\n`);
  return 0;
});

/** free */
export const free: Program = tool((call) => {
  const { flags } = readOptions(call, 'bkmgh');
  const unit = flags.b ? 1 : flags.m ? 2 ** 20 : flags.g ? 2 ** 30 : 1024;
  const total = call.files.container.facts.memoryBytes;
  const shown = (bytes: number) => (flags.h ? humanSize(bytes) : `${Math.round(bytes / unit)}`).padStart(12);
  const row = (share: number) => shown(total * share);
  call.out('              total        used        free      shared  buff/cache   available\n');
  call.out(
    `Mem:    ${[1, 0.2, 0.5, 0.001, 0.3, 0.75].map((share, index) => (index === 0 ? row(share).slice(1) : row(share))).join('')}\n`,
  );
  call.out(
    `Swap:   ${['0', '0', '0'].map((text, index) => text.padStart(index === 0 ? 11 : 12)).join('')}\n`,
  );
  return 0;
});

/** df: of the file systems that `/proc/mounts` lists. */
export const df: Program = tool((call) => {
  const { flags, rest } = readOptions(call, 'hkmTPai', { 'human-readable': 'h' });
  const all = fileSystemsOf(call.files.container).flatMap(({ device, target, room }) =>
    room ? [{ device, target, ...room }] : [],
  );
  // GNU's shows a device once, where it is mounted nearest to the root.
  const isNearest = ({ device, target }: (typeof all)[number]) =>
    !device.startsWith('/') ||
    all.find((each) => each.device === device && each.target.length < target.length) === undefined;
  const holding = (path: string) =>
    all
      .filter(({ target }) => isWithin(call.files.realPath(path), target))
      .sort((one, other) => other.target.length - one.target.length)[0];
  const shown = call.isBusybox ? all : all.filter(isNearest);
  const rows = rest.length === 0 ? shown : rest.map(holding).filter((row) => row !== undefined);
  const size = (bytes: number) => {
    if (!flags.h) return `${Math.round(bytes / (flags.m ? 2 ** 20 : 1024))}`;
    if (!call.isBusybox || bytes === 0) return humanSize(bytes);
    const [unit, letter] =
      bytes >= 2 ** 30 ? [2 ** 30, 'G'] : bytes >= 2 ** 20 ? [2 ** 20, 'M'] : [1024, 'K'];
    return `${(bytes / unit).toFixed(1)}${letter}`;
  };
  const widths = call.isBusybox ? [20, 9, 9, 9] : flags.h ? [14, 5, 5, 5] : [14, 9, 8, 9];
  const line = (cells: readonly string[], target: string) => {
    const [name = '', ...numbers] = cells;
    const shown = numbers.map((cell, index) => cell.padStart(widths[index + 1] ?? 4));
    return `${name.padEnd(call.isBusybox ? 20 : 14)} ${shown.join(' ')} ${target}\n`;
  };
  const available = flags.h && !call.isBusybox ? 'Avail' : 'Available';
  const unit = flags.m ? '1M-blocks' : '1K-blocks';
  call.out(line(['Filesystem', flags.h ? 'Size' : unit, 'Used', available, 'Use%'], 'Mounted on'));
  for (const { device, size: bytes, used, target } of rows) {
    const share = `${Math.ceil((used / bytes) * 100)}%`;
    call.out(line([device, size(bytes), size(used), size(bytes - used), share], target));
  }
  return 0;
});

/** mount: shows what is mounted. */
export const mount: Program = tool((call) => {
  if (readOptions(call, 'aflnrwvt:o:O:s').rest.length > 0) {
    call.err(
      call.isBusybox ? 'mount: permission denied (are you root?)\n' : 'mount: only root can do that\n',
    );
    return 1;
  }
  for (const line of call.files.read('/proc/mounts').split('\n').filter(Boolean)) {
    const [device, target, type, options] = line.split(' ');
    call.out(`${device} on ${target} type ${type} (${options})\n`);
  }
  return 0;
});

/** nproc */
export const nproc: Program = tool((call) => {
  const { rest } = readOptions(call, '', { all: 'a' });
  if (rest.length > 0 && !call.isBusybox) throw misuse(call, `extra operand '${rest[0]}'`);
  call.out(`${call.files.container.facts.cpus}\n`);
  return 0;
});

/** tty */
export const tty: Program = tool((call) => {
  const isTerminal = call.isTerminal(0);
  if (!readOptions(call, 's', { silent: 's', quiet: 's' }).flags.s)
    call.out(isTerminal ? '/dev/pts/0\n' : 'not a tty\n');
  return isTerminal ? 0 : 1;
});

/** @throws UsageError where there are words that nobody wants */
function demandNothing(call: ProcessCall): void {
  const { rest } = readOptions(call, '');
  if (rest.length > 0) throw misuse(call, `extra operand '${rest[0]}'`);
}
