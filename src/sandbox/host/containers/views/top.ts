import { keyOn, type ProcessRecord, tables } from '../../../runtime/records.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { laptopMemory } from '../../system/laptop-facts.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import type { ContainerRecord } from '../container-record.ts';
import { demandNotRestarting, demandRunning } from '../find-container.ts';

/** A process as `ps` of the laptop sees it. */
interface Seen {
  readonly user: string;
  readonly pid: number;
  readonly parent: number;
  readonly startedAt: number;
  readonly tty: string;
  readonly argv: readonly string[];
  readonly isFirst: boolean;
}

type Column = (process: Seen, now: number) => string;

/** Each process takes about so many bytes. */
const residentKilobytes = 5_200;
const virtualKilobytes = 11_400;

const command: Column = ({ argv }) => argv.join(' ');
// A process that has given itself a title keeps its name: `nginx: worker process` is nginx.
const name: Column = ({ argv: [program = ''] }) =>
  program
    .replace(/:? .*$/, '')
    .replace(/^.*\//, '')
    .replace(/:$/, '')
    .slice(0, 15);
const clock: Column = ({ startedAt }, now) =>
  now - startedAt > 86_400_000
    ? new Date(startedAt).toUTCString().slice(8, 11) + new Date(startedAt).toISOString().slice(8, 10)
    : new Date(startedAt).toISOString().slice(11, 16);

/** What `ps -o` has columns for, with their titles (ps(1) of procps). */
const columns = {
  args: ['COMMAND', command],
  cmd: ['CMD', command],
  command: ['COMMAND', command],
  comm: ['COMMAND', name],
  etime: ['ELAPSED', ({ startedAt }, now) => elapsed(now - startedAt)],
  pcpu: ['%CPU', () => '0.0'],
  '%cpu': ['%CPU', () => '0.0'],
  pid: ['PID', ({ pid }) => `${pid}`],
  pmem: ['%MEM', () => memoryShare],
  '%mem': ['%MEM', () => memoryShare],
  ppid: ['PPID', ({ parent }) => `${parent}`],
  rss: ['RSS', () => `${residentKilobytes}`],
  stat: ['STAT', ({ isFirst, tty }) => `S${isFirst ? 's' : ''}${tty === '?' ? '' : '+'}`],
  stime: ['STIME', clock],
  time: ['TIME', () => '00:00:00'],
  tty: ['TT', ({ tty }) => tty],
  user: ['USER', ({ user }) => user],
  uid: ['UID', ({ user }) => (user === 'root' ? '0' : user)],
  vsz: ['VSZ', () => `${virtualKilobytes}`],
} as const satisfies Readonly<Record<string, readonly [title: string, column: Column]>>;

type ColumnName = keyof typeof columns;

const memoryShare = ((residentKilobytes * 1024 * 100) / laptopMemory).toFixed(1);

type Format = readonly (readonly [title: string, column: Column])[];

const full: Format = [
  ['UID', ({ user }) => user],
  columns.pid,
  columns.ppid,
  ['C', () => '0'],
  ['STIME', clock],
  ['TTY', ({ tty }) => tty],
  ['TIME', () => '00:00:00'],
  ['CMD', command],
];

const ofUsers: Format = [
  columns.user,
  columns.pid,
  columns.pcpu,
  columns.pmem,
  columns.vsz,
  columns.rss,
  ['TTY', ({ tty }) => tty],
  columns.stat,
  ['START', clock],
  ['TIME', () => '0:00'],
  ['COMMAND', command],
];

const short: Format = [columns.pid, ['TTY', ({ tty }) => tty], columns.time, ['CMD', name]];

/** As ps of BSD shows them. */
const plain: Format = [
  columns.pid,
  ['TTY', ({ tty }) => tty],
  columns.stat,
  ['TIME', () => '0:00'],
  ['COMMAND', command],
];

/**
 * The processes of a container as `ps` on the laptop shows them: `GET /containers/{id}/top` (daemon/top_unix.go of
 * github.com/moby/moby).
 *
 * @param options of `ps`; empty for `-ef`
 * @throws EngineError
 */
export function containerTop(
  parts: ContainerParts,
  container: ContainerRecord,
  options: string,
): { readonly Processes: readonly (readonly string[])[]; readonly Titles: readonly string[] } {
  const format = formatOf(options.trim() === '' ? '-ef' : options.trim());
  demandRunning(container);
  demandNotRestarting(container);
  if (!format.some(([title]) => title === 'PID'))
    throw new EngineError(500, "Couldn't find PID field in ps output");
  const { now } = parts.store;
  const rows = processesOf(parts, container).map((process) =>
    // A column has no spaces in it but the last one.
    format.map(([, column]) => column(process, now)),
  );
  tell(parts, container, 'top');
  return { Processes: rows, Titles: format.map(([title]) => title) };
}

function formatOf(options: string): Format {
  const forbidden = [...options.matchAll(/\s+([^\s]*)=\s*(PID[^\s]*)/g)].find(([, key]) => key !== 'pid');
  if (forbidden) throw new EngineError(500, `specifying "${forbidden[1]}=${forbidden[2]}" is not allowed`);
  const [, ...lists] = options.split(/(?:^|\s)-?\w*o\s+/);
  if (lists.length > 0) {
    return lists
      .flatMap((list) => list.split(/[,\s]+/))
      .map((each) => {
        const [key = '', title] = each.split('=');
        if (!isColumn(key))
          throw new EngineError(500, `ps: error: unknown user-defined format specifier "${key}"`);
        const [usual, column] = columns[key];
        return [title || usual, column];
      });
  }
  if (/^-?a?ux/.test(options) || /^u/.test(options)) return ofUsers;
  if (/^-(?=[eaAf]*f)[eaAf]+$/.test(options)) return full;
  if (/^-[eaA]+$/.test(options)) return short;
  if (/^([axf]+|-[eaAx]*x[eaAx]*)$/.test(options)) return plain;
  throw new EngineError(500, 'ps: error: unsupported option (BSD syntax)');
}

function isColumn(key: string): key is ColumnName {
  return Object.hasOwn(columns, key);
}

function processesOf(
  { runtime, store }: ContainerParts,
  { id, config, state }: ContainerRecord,
): readonly Seen[] {
  const views = runtime.processes(laptopHost, id);
  const records = new Map(
    views.map((view) => [
      view.id,
      store.read(tables.processes, keyOn(laptopHost, view.id)) as ProcessRecord | undefined,
    ]),
  );
  const byPid = new Map([...records.values()].flatMap((each) => (each ? [[each.pid, each.hostPid]] : [])));
  // What starts a container on the host is not in it.
  const shim = state.pid - 22;
  return views.map(({ id: process, pid, argv, user, startedAt }) => {
    const record = records.get(process);
    // Workers of a server are its children.
    const [of = ''] = process.split('+');
    const server = records.get(of);
    const parent = record ? (byPid.get(record.parent) ?? shim) : (server?.hostPid ?? shim);
    return {
      user: userOnHost(record ?? server, user),
      pid,
      parent,
      startedAt,
      tty: config.Tty ? 'pts/0' : '?',
      argv,
      isFirst: pid === state.pid,
    };
  });
}

/** The laptop's users are others than those of the container: only root and the learner have names on both. */
function userOnHost(record: ProcessRecord | undefined, user: string): string {
  const uid = record?.owner.split(':')[0];
  if (user === 'root') return 'root';
  if (uid === undefined || uid === '0') return /^\d+$/.test(user) ? user : (hostNames[user] ?? user);
  return uid === '1000' ? 'you' : uid;
}

/** Workers that a server starts as another user: what its image calls them, and the number that the host shows. */
const hostNames: Readonly<Record<string, string>> = { nginx: '101', postgres: '70', redis: '999' };

function elapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number: number) => `${number}`.padStart(2, '0');
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  const short = `${two(minutes)}:${two(seconds % 60)}`;
  if (days > 0) return `${days}-${two(hours)}:${short}`;
  return hours > 0 ? `${two(hours)}:${short}` : short;
}
