import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { misuse, readOptions, UsageError } from '../options.ts';
import { AwkMachine } from './awk-machine.ts';
import { AwkExit, type AwkMemory, type AwkWorld } from './awk-memory.ts';
import { parseAwk } from './awk-parser.ts';
import { AwkProblem, type AwkProgram } from './awk-syntax.ts';

interface AwkState {
  readonly memory: AwkMemory;
  readonly code?: number;
  /** What came of a record that is not whole yet, where lines are none. */
  readonly begun?: string;
}

/** awk: patterns and actions, fields, variables, arrays, `if`, `for`, `while`, `print`, `printf` and the usual functions. */
export const awk: Program = filter<AwkState>({
  begin(call) {
    const { values, lists } = optionsOf(call);
    const program = programOf(call);
    const variables: Record<string, string | number> = {
      FS: unescaped(values.F ?? ' '),
      OFS: ' ',
      ORS: '\n',
      NR: 0,
      NF: 0,
      RS: '\n',
      SUBSEP: '\x1c',
      CONVFMT: '%.6g',
      OFMT: '%.6g',
    };
    for (const pair of lists.v ?? []) {
      if (!isAssignment(pair))
        throw call.isBusybox ? misuse(call, '') : new UsageError(`awk: improper assignment: -v ${pair}\n`, 2);
      variables[pair.slice(0, pair.indexOf('='))] = unescaped(pair.slice(pair.indexOf('=') + 1));
    }
    const operands = operandsOf(call);
    variables.ARGC = operands.length + 1;
    const arrays = { ARGV: Object.fromEntries(['awk', ...operands].entries()) };
    const own = run(call, { memory: { variables, arrays, line: '' } }, (machine) => {
      machine.begin();
      return '';
    });
    const onlyBegin = program.rules.every(({ when }) => when === 'begin');
    const files = operands.filter((word) => !isAssignment(word));
    return { own, files: onlyBegin || own.code !== undefined ? ['/dev/null'] : files };
  },
  line(call, own, line, file) {
    if (own.code !== undefined) return 'stop';
    return run(call, own, (machine) => {
      for (const word of assignmentsBefore(call, file)) assign(machine, word);
      return machine.take(`${own.begun ?? ''}${line}`, file, false);
    });
  },
  endOfFile(call, own, file) {
    if (own.code !== undefined) return own;
    return run(call, own, (machine) => {
      machine.take(own.begun ?? '', file, true);
      machine.endOfFile();
      return '';
    });
  },
  end(call, own) {
    const ended = run(call, own, (machine) => {
      for (const word of assignmentsBefore(call, undefined)) assign(machine, word);
      machine.end();
      return '';
    });
    return ended.code ?? own.code ?? 0;
  },
  // A file that is not there ends it.
  unreadable(call, file, error: FileError) {
    if (call.isBusybox) {
      const where = error.code === 'EISDIR' ? 'cmd. line:1' : file;
      throw new UsageError(`awk: ${where}: ${error.message}\n`);
    }
    const what = error.code === 'EISDIR' ? 'read error' : `cannot open ${file}`;
    throw new UsageError(`awk: ${what} (${error.message})\n`, 2);
  },
});

/** @param act what is done; it gives what came of a record that is not whole yet */
function run(call: ProcessCall, own: AwkState, act: (machine: AwkMachine) => string): AwkState {
  const machine = new AwkMachine(programOf(call), own.memory, worldOf(call));
  try {
    const begun = act(machine);
    return { memory: machine.memory, ...(begun === '' ? {} : { begun }) };
  } catch (thrown) {
    if (thrown instanceof AwkExit) return { memory: machine.memory, code: thrown.code };
    const { message } = caught(thrown, AwkProblem);
    throw new UsageError(
      call.isBusybox && !message.startsWith('bad regex')
        ? `awk: cmd. line:1: ${message}\n`
        : `awk: ${message}\n`,
      call.isBusybox ? 1 : 2,
    );
  }
}

/** What stands behind the program: files, and `name=value`. */
function operandsOf(call: ProcessCall): readonly string[] {
  const { values, rest } = optionsOf(call);
  return values.f === undefined ? rest.slice(1) : rest;
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

/** The assignments before a file, or all of them. */
function assignmentsBefore(call: ProcessCall, file: string | undefined): readonly string[] {
  const operands = operandsOf(call);
  const end = file === undefined ? -1 : operands.indexOf(file);
  return (end < 0 ? operands : operands.slice(0, end)).filter(isAssignment);
}

function assign(machine: AwkMachine, word: string): void {
  const equals = word.indexOf('=');
  machine.set(word.slice(0, equals), unescaped(word.slice(equals + 1)));
}

function worldOf(call: ProcessCall): AwkWorld {
  return {
    env: call.env,
    isBusybox: call.isBusybox,
    now: call.now,
    print: (text) => call.out(text),
    write(file, text, isFirst) {
      if (file === '/dev/stdout' || file === '-') call.out(text);
      else if (file === '/dev/stderr') call.err(text);
      else {
        const to = call.open(file, isFirst ? 'write' : 'append');
        if (to.kind === 'file') call.files.append(to.path, text);
      }
    },
    read(file) {
      try {
        return call.files.read(file);
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    },
  };
}

function optionsOf(call: ProcessCall) {
  return readOptions(call, '+F:v:f:');
}

const programs = new Map<string, AwkProgram>();

/** @throws UsageError */
function programOf(call: ProcessCall): AwkProgram {
  const { values, rest } = optionsOf(call);
  let text = rest[0];
  if (values.f !== undefined) {
    try {
      text = call.files.read(values.f);
    } catch (error) {
      if (error instanceof FileError)
        throw call.isBusybox
          ? new UsageError(`awk: can't open '${values.f}': ${error.message}\n`)
          : new UsageError(`awk: cannot open ${values.f} (${error.message})\n`, 2);
      throw error;
    }
  }
  if (text === undefined)
    throw call.isBusybox
      ? misuse(call, '')
      : new UsageError('Usage: mawk [Options] [Program] [file ...]\n', 2);
  const key = `${call.isBusybox} ${text}`;
  const known = programs.get(key);
  if (known) return known;
  try {
    const program = parseAwk(text, call.isBusybox);
    if (programs.size > 100) programs.clear();
    programs.set(key, program);
    return program;
  } catch (thrown) {
    const { message } = caught(thrown, AwkProblem);
    const where = call.isBusybox ? 'cmd. line:1: ' : message.startsWith('line ') ? '' : 'line 1: ';
    throw new UsageError(`awk: ${where}${message}\n`, call.isBusybox ? 1 : 2);
  }
}

function unescaped(text: string): string {
  return text.replaceAll('\\t', '\t').replaceAll('\\n', '\n').replaceAll('\\|', '|');
}
