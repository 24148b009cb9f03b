import { ExecutableError } from '../processes/executable.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { type Outcome, type Program, signalName } from '../program.ts';
import { durationOf } from '../programs/sleep.ts';
import { gatherInput, steps } from './applet.ts';
import { complaint, nameOf, readOptions, UsageError } from './options.ts';

interface ChildState {
  readonly pid: number;
  readonly startedAt: number;
  readonly until?: number;
  readonly killed?: boolean;
}

/** Starts the command of a tool that runs one. @returns its exit code when there is none, which has been said */
function startChild(call: ProcessCall, command: readonly string[]): number | ChildState {
  try {
    return { pid: call.spawn({ argv: command }), startedAt: call.now };
  } catch (error) {
    if (!(error instanceof ExecutableError)) throw error;
    const why =
      error.reason === 'denied' || error.reason === 'folder'
        ? 'Permission denied'
        : 'No such file or directory';
    call.err(
      nameOf(call) === 'xargs'
        ? `xargs: ${command[0]}: ${why}
`
        : call.isBusybox
          ? `${nameOf(call)}: can't execute '${command[0]}': ${why}\n`
          : `${nameOf(call)}: failed to run command '${command[0]}': ${why}\n`,
    );
    return why === 'Permission denied' ? 126 : 127;
  }
}

/** timeout */
export const timeout: Program = steps((call) => {
  const { values, rest } = readOptions(call, '+s:k:v', { signal: 's', 'kill-after': 'k' });
  let state = call.state as ChildState | undefined;
  const [time = '', ...command] = rest;
  const seconds = durationOf(time);
  if (state === undefined) {
    if (command.length === 0) throw new UsageError(complaint(call, 'missing operand'), 125);
    if (seconds === undefined)
      throw new UsageError(
        complaint(call, `invalid time interval '${time}'`, `invalid number '${time}'`),
        125,
      );
    const started = startChild(call, command);
    if (typeof started === 'number') return started;
    state = { ...started, until: call.now + Math.round(seconds * 1000) };
    call.state = state;
  }
  const code = call.reap(state.pid);
  if (code !== undefined) return state.killed ? (call.isBusybox ? code : 124) : code;
  if (!state.killed && state.until !== undefined && state.until <= call.now) {
    call.kill(state.pid, signalName(values.s ?? 'TERM') ?? 'TERM');
    call.state = { ...state, killed: true };
    return 'waits';
  }
  return state.killed || state.until === undefined ? 'waits' : { until: state.until };
});

/** time */
export const time: Program = steps((call) => {
  let state = call.state as ChildState | undefined;
  const command = call.args.filter((word, index) => index > 0 || word !== '-p');
  if (state === undefined) {
    const started = startChild(call, command);
    if (typeof started === 'number') return started;
    state = started;
    call.state = state;
  }
  const code = call.reap(state.pid);
  if (code === undefined) return 'waits';
  const seconds = (call.now - state.startedAt) / 1000;
  const minutes = Math.floor(seconds / 60);
  call.err(`real\t${minutes}m ${(seconds % 60).toFixed(2)}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n`);
  return code;
});

interface XargsState {
  readonly text: string;
  readonly lines?: readonly (readonly string[])[];
  readonly pid?: number;
  readonly code: number;
}

/** xargs */
export const xargs: Program = steps((call) => {
  const { flags, values, rest } = readOptions(call, '+0n:I:L:P:d:rtp', {
    null: '0',
    'no-run-if-empty': 'r',
    'max-args': 'n',
  });
  let state = (call.state ?? { text: '', code: 0 }) as XargsState;
  const keep = (next: XargsState, outcome: Outcome): Outcome => {
    call.state = next;
    return outcome;
  };
  if (state.lines === undefined) {
    const { text, isWhole } = gatherInput(call, state.text);
    if (!isWhole) return keep({ ...state, text }, 'waits');
    const command = rest.length > 0 ? rest : ['echo'];
    const items = itemsOf(text, flags['0'] !== undefined ? '\0' : values.d, values.I !== undefined);
    const size = Number(values.n ?? 5000) || 1;
    const groups = Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
      items.slice(index * size, (index + 1) * size),
    );
    const lines =
      values.I !== undefined
        ? items.map((item) => command.map((word) => word.replaceAll(values.I ?? '{}', item)))
        : groups.length === 0 && !flags.r && !call.isBusybox
          ? [command]
          : groups.map((group) => [...command, ...group]);
    state = {
      text: '',
      lines: call.isBusybox && items.length === 0 && !flags.r ? [command] : lines,
      code: 0,
    };
  }
  for (;;) {
    if (state.pid !== undefined) {
      const code = call.reap(state.pid);
      if (code === undefined) return keep(state, 'waits');
      const { pid: _, ...others } = state;
      state = { ...others, code: code === 0 ? state.code : code === 255 ? 124 : code > 128 ? 125 : 123 };
    }
    const [line, ...lines] = state.lines ?? [];
    if (!line) return state.code;
    if (flags.t) call.err(`${line.join(' ')}\n`);
    const started = startChild(call, line);
    if (typeof started === 'number') return started;
    state = { ...state, lines, pid: started.pid };
  }
});

function itemsOf(text: string, separator: string | undefined, isWholeLines: boolean): readonly string[] {
  if (separator !== undefined)
    return text
      .split(separator.replace('\\n', '\n'))
      .filter((item, index, all) => item !== '' || index < all.length - 1);
  if (isWholeLines)
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  return [...text.matchAll(/(?:"([^"]*)"|'([^']*)'|\\([\s\S])|([^\s"'\\]))+/g)].map(([whole]) =>
    whole.replace(/"([^"]*)"|'([^']*)'|\\([\s\S])/g, '$1$2$3'),
  );
}
