import { caught } from '../../thrown.ts';
import { ExecutableError } from '../processes/executable.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { type Outcome, type Program, signalName } from '../program.ts';
import { durationOf } from '../programs/sleep.ts';
import { gatherInput, steps } from './applet.ts';
import { complaint, misuse, nameOf, readOptions, UsageError } from './options.ts';

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
  } catch (thrown) {
    const { why, isMissing } = caught(thrown, ExecutableError);
    call.err(
      nameOf(call) === 'xargs'
        ? `xargs: ${command[0]}: ${why}\n`
        : call.isBusybox
          ? `${nameOf(call)}: can't execute '${command[0]}': ${why}\n`
          : `${nameOf(call)}: failed to run command '${command[0]}': ${why}\n`,
    );
    return isMissing ? 127 : 126;
  }
}

/** timeout */
export const timeout: Program = steps((call) => {
  const { values, rest } = readOptions(call, '+s:k:v', { signal: 's', 'kill-after': 'k' });
  let state = call.state as ChildState | undefined;
  const [time = '', ...command] = rest;
  const seconds = durationOf(time);
  const signal = signalName(values.s ?? 'TERM');
  if (state === undefined) {
    const code = call.isBusybox ? 1 : 125;
    if (command.length === 0)
      throw call.isBusybox
        ? misuse(call, '')
        : new UsageError("Try 'timeout --help' for more information.\n", code);
    if (seconds === undefined)
      throw new UsageError(
        complaint(call, `invalid time interval '${time}'`, `invalid number '${time}'`),
        code,
      );
    if (signal === undefined)
      throw new UsageError(
        complaint(call, `'${values.s}': invalid signal`, `unknown signal '${values.s}'`),
        code,
      );
    const started = startChild(call, command);
    if (typeof started === 'number') return started;
    // No time is all the time there is.
    state = seconds === 0 ? started : { ...started, until: call.now + Math.round(seconds * 1000) };
    call.state = state;
  }
  const code = call.reap(state.pid);
  if (code !== undefined) return state.killed ? (call.isBusybox ? code : 124) : code;
  if (!state.killed && state.until !== undefined && state.until <= call.now) {
    call.kill(state.pid, `${signal}`);
    call.state = { ...state, killed: true };
    return 'waits';
  }
  return state.killed || state.until === undefined ? 'waits' : { until: state.until };
});

/** time */
export const time: Program = steps((call) => {
  let state = call.state as ChildState | undefined;
  const { flags, rest } = readOptions(call, '+p');
  if (rest.length === 0) throw misuse(call, '');
  const tell = (seconds: number) => {
    const times = [seconds, 0, 0].map((each) =>
      flags.p ? ` ${each.toFixed(2)}` : `\t${Math.floor(each / 60)}m ${(each % 60).toFixed(2)}s`,
    );
    call.err(`real${times[0]}\nuser${times[1]}\nsys${times[2]}\n`);
  };
  if (state === undefined) {
    const started = startChild(call, rest);
    if (typeof started === 'number') {
      call.err(`Command exited with non-zero status ${started}\n`);
      tell(0);
      return started;
    }
    state = started;
    call.state = state;
  }
  const code = call.reap(state.pid);
  if (code === undefined) return 'waits';
  if (code !== 0) call.err(`Command exited with non-zero status ${code}\n`);
  tell((call.now - state.startedAt) / 1000);
  return code;
});

interface XargsState {
  readonly text: string;
  readonly lines?: readonly (readonly string[])[];
  readonly child?: { readonly pid: number; readonly name: string };
  readonly code: number;
}

/** xargs */
export const xargs: Program = steps((call) => {
  const { flags, values, rest } = readOptions(
    call,
    call.isBusybox ? '+0n:I:P:rtpE:e:s:x' : '+0n:I:L:P:d:rtpE:s:x',
    {
      null: '0',
      'no-run-if-empty': 'r',
      'max-args': 'n',
      delimiter: 'd',
      'max-lines': 'L',
      'max-procs': 'P',
      verbose: 't',
    },
  );
  demandCount(call, values.n);
  let state = (call.state ?? { text: '', code: 0 }) as XargsState;
  const keep = (next: XargsState, outcome: Outcome): Outcome => {
    call.state = next;
    return outcome;
  };
  if (state.lines === undefined) {
    const { text, isWhole } = gatherInput(call, state.text);
    if (!isWhole) return keep({ ...state, text }, 'waits');
    const command = rest.length > 0 ? rest : ['echo'];
    const separator = flags['0'] !== undefined ? '\0' : values.d;
    const end = values.E ?? values.e;
    const all = itemsOf(call, text, separator, values.I !== undefined);
    const last = end === undefined ? -1 : all.indexOf(end);
    const items = last < 0 ? all : all.slice(0, last);
    const groups =
      values.L === undefined
        ? inGroups(items, Number(values.n ?? 5000))
        : inGroups(text.split('\n').filter(Boolean), Number(values.L) || 1).map((lines) =>
            itemsOf(call, lines.join('\n'), separator, false),
          );
    const { I: mark } = values;
    const lines =
      mark !== undefined
        ? items.map((item) => command.map((word) => word.replaceAll(mark, item)))
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
    if (state.child) {
      const { child, ...others } = state;
      const { name } = child;
      const code = call.reap(child.pid);
      if (code === undefined) return keep(state, 'waits');
      if (code === 255) {
        call.err(`xargs: ${name}: exited with status 255; aborting\n`);
        return 124;
      }
      if (code > 128) {
        call.err(
          call.isBusybox
            ? `xargs: '${name}' terminated by signal ${code - 128}\n`
            : `xargs: ${name}: terminated by signal ${code - 128}\n`,
        );
        return 125;
      }
      state = { ...others, code: code === 0 ? state.code : 123 };
    }
    const [line, ...lines] = state.lines ?? [];
    if (!line) return state.code;
    if (flags.p) {
      // Nobody is there to say yes.
      const why = call.isBusybox ? "can't open '/dev/tty'" : 'failed to open /dev/tty for reading';
      call.err(`${line.join(' ')}xargs: ${why}: No such device or address\n`);
      return 1;
    }
    if (flags.t) call.err(`${line.join(' ')}\n`);
    const started = startChild(call, line);
    if (typeof started === 'number') return started;
    state = { ...state, lines, child: { pid: started.pid, name: `${line[0]}` } };
  }
});

function demandCount(call: ProcessCall, value: string | undefined): void {
  if (value === undefined || /^[1-9]\d*$/.test(value)) return;
  const isNumber = /^\d+$/.test(value);
  throw new UsageError(
    call.isBusybox
      ? `xargs: ${isNumber ? `number ${value} is not in 1..2147483647 range` : `invalid number '${value}'`}\n`
      : complaint(
          call,
          isNumber
            ? `value ${value} for -n option should be >= 1`
            : `invalid number "${value}" for -n option`,
        ),
  );
}

function inGroups(items: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function itemsOf(
  call: ProcessCall,
  text: string,
  separator: string | undefined,
  isWholeLines: boolean,
): readonly string[] {
  if (separator !== undefined)
    return text
      .split(separator.replace('\\n', '\n'))
      .filter((item, index, all) => item !== '' || index < all.length - 1);
  if (isWholeLines)
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  const open = /["']/.exec(text.replace(/\\[\s\S]|"[^"\n]*"|'[^'\n]*'/g, ''))?.[0];
  if (open !== undefined) {
    const kind = open === '"' ? 'double' : 'single';
    const more = '; by default quotes are special to xargs unless you use the -0 option';
    throw new UsageError(`xargs: unmatched ${kind} quote${call.isBusybox ? '' : more}\n`);
  }
  return [...text.matchAll(/(?:"([^"]*)"|'([^']*)'|\\([\s\S])|([^\s"'\\]))+/g)].map(([whole]) =>
    whole.replace(/"([^"]*)"|'([^']*)'|\\([\s\S])/g, '$1$2$3'),
  );
}
