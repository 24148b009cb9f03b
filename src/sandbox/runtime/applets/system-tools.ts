import { lineOf, nameOfId } from '../container-start.ts';
import { isWithin } from '../files/paths.ts';
import { kernelRelease } from '../files/virtual-files.ts';
import { dateParts } from '../http/dates.ts';
import { ExecutableError } from '../processes/executable.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { steps, tool } from './applet.ts';
import { humanSize } from './ls.ts';
import { complaint, nameOf, readOptions, UsageError } from './options.ts';

/** env: shows the environment, or becomes a program with another one. */
export const env: Program = steps((call) => {
  let values: Record<string, string> = { ...call.env };
  let place = 0;
  for (; place < call.args.length; place++) {
    const word = call.args[place] ?? '';
    if (word === '-i' || word === '-' || word === '--ignore-environment') values = {};
    else if (word === '-u') delete values[call.args[++place] ?? ''];
    else if (word === '--') {
      place += 1;
      break;
    } else if (/^[^-=][^=]*=/.test(word))
      values[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
    else if (word.startsWith('-'))
      throw new UsageError(complaint(call, `invalid option -- '${word[1] ?? '-'}'`), 125);
    else break;
  }
  const command = call.args.slice(place);
  if (command.length > 0) return become(call, command, values);
  for (const [name, value] of Object.entries(values)) call.out(`${name}=${value}\n`);
  return 0;
});

/** Becomes another program; says so when there is none. */
export function become(
  call: ProcessCall,
  command: readonly string[],
  values: Readonly<Record<string, string>> = call.env,
): number | 'waits' {
  try {
    call.exec(command, values);
    return 'waits';
  } catch (error) {
    if (!(error instanceof ExecutableError)) throw error;
    const isMissing = ['not-found', 'no-such-file', 'interpreter'].includes(error.reason);
    const why = isMissing ? 'No such file or directory' : 'Permission denied';
    call.err(
      call.isBusybox
        ? `${nameOf(call)}: can't execute '${command[0]}': ${why}\n`
        : `${nameOf(call)}: '${command[0]}': ${why}\n`,
    );
    return isMissing ? 127 : 126;
  }
}

/** nohup, nice and others that only run something. */
export const runsCommand: Program = steps((call) => {
  const command = call.args.filter((word, index) => index > 0 || !word.startsWith('-'));
  if (command.length === 0) throw new UsageError(complaint(call, 'missing operand'), 125);
  return become(call, command);
});

/** printenv */
export const printenv: Program = tool((call) => {
  if (call.args.length === 0)
    for (const [name, value] of Object.entries(call.env)) call.out(`${name}=${value}\n`);
  let code = 0;
  for (const name of call.args) {
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
  const line = name === undefined ? undefined : lineOf(container, '/etc/passwd', name);
  if (name !== undefined && !line) {
    call.err(call.isBusybox ? `id: unknown user ${name}\n` : `id: '${name}': no such user\n`);
    return 1;
  }
  const uid = line ? Number(line[2]) : call.user.uid;
  const gids = line ? [Number(line[3])] : [...new Set(call.user.gids)];
  const userName = nameOfId(container, '/etc/passwd', `${uid}`);
  const groupName = (gid: number) => nameOfId(container, '/etc/group', `${gid}`);
  if (flags.u) call.out(`${flags.n ? (userName ?? uid) : uid}\n`);
  else if (flags.g) call.out(`${flags.n ? (groupName(gids[0] ?? 0) ?? gids[0]) : gids[0]}\n`);
  else if (flags.G) call.out(`${gids.map((gid) => (flags.n ? (groupName(gid) ?? gid) : gid)).join(' ')}\n`);
  else {
    const named = (number: number, known: string | undefined) =>
      known === undefined ? `${number}` : `${number}(${known})`;
    call.out(
      `uid=${named(uid, userName)} gid=${named(gids[0] ?? 0, groupName(gids[0] ?? 0))} groups=${gids.map((gid) => named(gid, groupName(gid))).join(',')}\n`,
    );
  }
  return 0;
});

/** whoami */
export const whoami: Program = tool((call) => {
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
  const { flags } = readOptions(call, 'asnrvmpio', { all: 'a' });
  const parts: readonly (readonly [letter: string, text: string])[] = [
    ['s', 'Linux'],
    ['n', call.spec.hostname],
    ['r', kernelRelease],
    ['v', '#1 SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const asked = Object.keys(flags).length === 0 ? ['s'] : Object.keys(flags);
  call.out(
    `${parts
      .filter(([letter]) => asked.includes('a') || asked.includes(letter))
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
  const { store, facts } = call.files.container;
  const bytes = facts.disk?.size ?? 100 * 2 ** 30;
  const share = facts.disk ? facts.disk.used(store) / bytes : 0.25;
  const all: readonly (readonly [name: string, bytes: number, used: number, target: string])[] = [
    ['overlay', bytes, share, '/'],
    ['tmpfs', 64 * 2 ** 20, 0, '/dev'],
    ['shm', 64 * 2 ** 20, 0, '/dev/shm'],
    ...call.spec.mounts.map(({ target }) => ['/dev/vda1', bytes, share, target] as const),
  ];
  const holding = (path: string) =>
    all
      .filter(([, , , target]) => isWithin(call.files.absolute(path), target))
      .sort((one, other) => other[3].length - one[3].length)[0];
  const rows = rest.length === 0 ? all : rest.map(holding).filter((row) => row !== undefined);
  const size = (bytes: number) => {
    if (!flags.h) return `${Math.round(bytes / (flags.m ? 2 ** 20 : 1024))}`;
    if (!call.isBusybox || bytes === 0) return humanSize(bytes);
    const unit = bytes >= 2 ** 30 ? 2 ** 30 : 2 ** 20;
    return `${(bytes / unit).toFixed(1)}${unit === 2 ** 30 ? 'G' : 'M'}`;
  };
  const widths = call.isBusybox ? [20, 9, 9, 9] : flags.h ? [14, 5, 5, 5] : [14, 9, 8, 9];
  const line = (cells: readonly string[], target: string) => {
    const [name = '', ...numbers] = cells;
    const shown = numbers.map((cell, index) => cell.padStart(widths[index + 1] ?? 4));
    return `${name.padEnd(widths[0] ?? 0)} ${shown.join(' ')} ${target}\n`;
  };
  const available = flags.h && !call.isBusybox ? 'Avail' : 'Available';
  call.out(line(['Filesystem', flags.h ? 'Size' : '1K-blocks', 'Used', available, 'Use%'], 'Mounted on'));
  for (const [name, bytes, used, target] of rows) {
    call.out(
      line(
        [name, size(bytes), size(bytes * used), size(bytes * (1 - used)), `${Math.round(used * 100)}%`],
        target,
      ),
    );
  }
  return 0;
});

/** mount: shows what is mounted. */
export const mount: Program = tool((call) => {
  if (call.args.length > 0) {
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
  call.out(`${call.files.container.facts.cpus}\n`);
  return 0;
});

/** tty */
export const tty: Program = tool((call) => {
  const isTerminal = call.isTerminal(0);
  call.out(isTerminal ? '/dev/pts/0\n' : 'not a tty\n');
  return isTerminal ? 0 : 1;
});
