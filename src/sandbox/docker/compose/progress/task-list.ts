import type { ProgressEvent } from './progress-event.ts';

/** Something that is worked at, and when. */
export interface Task extends ProgressEvent {
  readonly begin: number;
  readonly end?: number;
}

/** As wide as a terminal is where nothing is known of it. */
const width = 80;

const marks = { working: '⠿', done: '✔', warning: '!', error: '✘' } as const;

/**
 * The list of an operation as it stands at its end (cmd/display/tty.go): a line each, their words below one
 * another, how long each took at the right.
 */
export function renderTasks(operation: string, all: readonly Task[], now: number): string {
  const tops = all.filter(({ parent }) => parent === undefined);
  const isDone = all.filter(({ status }) => status !== 'working');
  const timers = tops.map(({ begin, end }) => `${(((end ?? now) - begin) / 1000).toFixed(1)}s`);
  const timerWidth = Math.max(0, ...timers.map(({ length }) => length));
  const idWidth = Math.max(0, ...tops.map(({ id }) => [...id].length));
  const lines = tops.map(({ id, status, text, details = '' }, place) => {
    const head = ` ${marks[status]} ${id.padEnd(idWidth)} ${text}`;
    const room = width - [...head].length - timerWidth - 1;
    const shown = details === '' || room < 4 ? '' : ` ${shortened(details, room - 1)}`;
    const line = head + shown;
    const gap = Math.max(1, width - [...line].length - timerWidth);
    return `${line}${' '.repeat(gap)}${(timers[place] ?? '').padStart(timerWidth)}`;
  });
  return [`[+] ${operation} ${isDone.length}/${all.length}`, ...lines, ''].join('\n');
}

function shortened(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 3))}...`;
}
