import { complain, now, print, type Steps } from '../../effects.ts';
import type { HostProcess } from './process-entry.ts';

/**
 * `ps` of procps: of one's own terminal, or of all processes with `-e`, `-ef`, `aux`, and as a tree with
 * `--forest` or `f`.
 *
 * @param all that run on the machine, by number
 * @param shell number of the shell that it is typed into
 */
export function* ps(words: readonly string[], all: readonly HostProcess[], shell: number): Steps<number> {
  const at = yield* now();
  const options = words.slice(1);
  const clusters = options.filter((word) => !word.startsWith('--')).map((word) => word.replace(/^-/, ''));
  const letters = clusters.join('');
  const isBsd = options.some((word) => /^[a-z]+$/.test(word));
  const unknown = options.find((word) => !/^(-?[AaefHuxw]+|--forest)$/.test(word));
  if (unknown !== undefined) {
    yield* complain(
      `ps: ${unknown} is not simulated here. Everything that is: ps, ps -e, ps -ef, ps aux, ps -ef --forest\n`,
    );
    return 1;
  }
  const own = all.find(({ pid }) => pid === shell);
  const itself: HostProcess = {
    pid: Math.max(...all.map(({ pid }) => pid)) + 3,
    parent: shell,
    user: own?.user ?? 'root',
    startedAt: at,
    argv: words,
    seconds: 0,
    memoryBytes: 4 * 2 ** 20,
  };
  const everything = /[Ae]/.test(letters) || (isBsd && /[ax]/.test(letters));
  const shown = everything ? [...all, itself] : [...(own ? [own] : []), itself];
  const isTree = options.includes('--forest') || letters.includes('H') || (isBsd && letters.includes('f'));
  const rows = isTree ? inTree(shown) : shown.map((process) => ({ process, indent: '' }));
  const terminals = new Set([shell, itself.pid]);
  const form = isBsd && letters.includes('u') ? user : /f/.test(letters) && !isBsd ? full : short;
  const head = form === user ? userHead : form === full ? fullHead : shortHead;
  yield* print(
    [head, ...rows.map(({ process, indent }) => form(process, indent, terminals.has(process.pid), at))]
      .map((line) => `${line.trimEnd()}\n`)
      .join(''),
  );
  return 0;
}

const shortHead = '    PID TTY          TIME CMD';
const fullHead = 'UID          PID    PPID  C STIME TTY          TIME CMD';
const userHead = 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND';

type Form = (process: HostProcess, indent: string, hasTerminal: boolean, now: number) => string;

const short: Form = ({ pid, argv, seconds }, indent, hasTerminal) => {
  const name = programName(argv);
  return `${`${pid}`.padStart(7)} ${terminal(hasTerminal)}${clock(seconds)} ${indent}${name}`;
};

const full: Form = ({ pid, parent, user: owner, argv, seconds, startedAt }, indent, hasTerminal, now) =>
  `${owner.padEnd(8)} ${`${pid}`.padStart(7)} ${`${parent}`.padStart(7)}  0 ${startText(startedAt, now)} ${terminal(hasTerminal)}${clock(seconds)} ${indent}${argv.join(' ')}`;

const user: Form = (process, indent, hasTerminal, now) => {
  const { pid, user: owner, argv, seconds, startedAt, memoryBytes } = process;
  const share = ((seconds * 100_000) / Math.max(1000, now - startedAt)).toFixed(1);
  const memory = ((memoryBytes * 100) / (8 * 2 ** 30)).toFixed(1);
  const resident = Math.round(memoryBytes / 1024);
  const time = `${Math.floor(seconds / 60)}:${`${Math.floor(seconds % 60)}`.padStart(2, '0')}`;
  const state = hasTerminal ? 'Ss' : 'Ssl';
  return `${owner.padEnd(8)} ${`${pid}`.padStart(7)} ${share.padStart(4)} ${memory.padStart(4)} ${`${resident * 3}`.padStart(6)} ${`${resident}`.padStart(5)} ${(hasTerminal ? 'pts/0' : '?').padEnd(8)} ${state.padEnd(4)} ${startText(startedAt, now)} ${time.padStart(6)} ${indent}${argv.join(' ')}`;
};

/** What the kernel calls a process by: the name of its program, at most fifteen letters of it. */
export function programName(argv: readonly string[]): string {
  const [line = ''] = argv;
  return line.replace(/ .*$/, '').replace(/^.*\//, '').replace(/^-|:$/g, '').slice(0, 15);
}

function terminal(has: boolean): string {
  return `${has ? 'pts/0' : '?'}    `.padEnd(9).slice(0, 9);
}

function clock(seconds: number): string {
  const two = (value: number): string => `${Math.floor(value)}`.padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

/** The time of one of today, and the day of an older one. */
function startText(at: number, now: number): string {
  const date = new Date(at);
  if (now - at < 86_400_000) return date.toISOString().slice(11, 16);
  return `${months[date.getUTCMonth()]}${`${date.getUTCDate()}`.padStart(2, '0')}`;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

interface Row {
  readonly process: HostProcess;
  readonly indent: string;
}

/** Children below their parents, as `--forest` draws them. */
function inTree(all: readonly HostProcess[]): readonly Row[] {
  const pids = new Set(all.map(({ pid }) => pid));
  const rows: Row[] = [];
  const add = (process: HostProcess, before: string, isLast: boolean, depth: number): void => {
    rows.push({ process, indent: depth === 0 ? '' : `${before} \\_ ` });
    // The first process of all is shown as if nothing hung on it.
    const children = process.pid === 1 ? [] : all.filter(({ parent }) => parent === process.pid);
    const under = depth === 0 ? '' : `${before} ${isLast ? ' ' : '|'}  `;
    children.forEach((child, place) => {
      add(child, under, place === children.length - 1, depth + 1);
    });
  };
  const roots = all.filter(({ parent }) => !pids.has(parent) || parent === 1);
  for (const root of roots) add(root, '', true, 0);
  return rows;
}
