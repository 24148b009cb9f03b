import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { cannotOpen, filter } from './applet.ts';
import { AwkMachine } from './awk-machine.ts';
import { AwkExit, AwkJump, type AwkMemory, AwkReturn, type AwkWorld } from './awk-memory.ts';
import { parseAwk } from './awk-parser.ts';
import { AwkProblem, type AwkProgram } from './awk-syntax.ts';
import { misuse, readOptions, UsageError } from './options.ts';

interface AwkState {
  readonly memory: AwkMemory;
  readonly code?: number;
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
      SUBSEP: '\x1c',
    };
    for (const pair of lists.v ?? [])
      variables[pair.slice(0, pair.indexOf('='))] = unescaped(pair.slice(pair.indexOf('=') + 1));
    const own = run(call, { memory: { variables, arrays: {}, line: '' } }, (machine) => machine.begin());
    const onlyBegin = program.rules.every(({ when }) => when === 'begin');
    const files = operandsOf(call).filter((word) => !isAssignment(word));
    return { own, files: onlyBegin || own.code !== undefined ? ['/dev/null'] : files };
  },
  line(call, own, line, file) {
    if (own.code !== undefined) return 'stop';
    return run(call, own, (machine) => {
      for (const word of assignmentsBefore(call, file)) assign(machine, word);
      machine.line(line.replace(/\n$/, ''), file);
    });
  },
  endOfFile: (call, own) => (own.code === undefined ? run(call, own, (machine) => machine.endOfFile()) : own),
  end(call, own) {
    const ended = run(call, own, (machine) => {
      for (const word of assignmentsBefore(call, undefined)) assign(machine, word);
      machine.end();
    });
    return ended.code ?? own.code ?? 0;
  },
  unreadable: (call, file, error: FileError) =>
    call.isBusybox
      ? cannotOpen(call, file, error).replace(/^\w+: can't open '(.*)': (.*)$/s, `awk: $1: $2`)
      : `awk: cannot open "${file}" (${error.message})\n`,
});

function run(call: ProcessCall, own: AwkState, act: (machine: AwkMachine) => void): AwkState {
  const machine = new AwkMachine(programOf(call), own.memory, worldOf(call));
  try {
    act(machine);
    return { ...own, memory: machine.memory };
  } catch (error) {
    if (error instanceof AwkExit) return { memory: machine.memory, code: error.code };
    if (error instanceof AwkJump) throw outOfPlace(call, error.word);
    if (error instanceof AwkReturn) throw outOfPlace(call, 'return');
    if (error instanceof AwkProblem)
      throw new UsageError(
        call.isBusybox ? `awk: cmd. line:1: ${error.message}\n` : `awk: ${error.message}\n`,
        call.isBusybox ? 1 : 2,
      );
    throw error;
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

function outOfPlace(call: ProcessCall, word: string): UsageError {
  return new UsageError(
    `awk: ${call.isBusybox ? 'cmd. line:1' : 'line 1'}: '${word}' is out of place\n`,
    call.isBusybox ? 1 : 2,
  );
}

function worldOf(call: ProcessCall): AwkWorld {
  return {
    env: call.env,
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
          : new UsageError(`awk: couldn't open ${values.f}: ${error.message}\n`, 2);
      throw error;
    }
  }
  if (text === undefined)
    throw call.isBusybox
      ? misuse(call, '')
      : new UsageError('Usage: mawk [Options] [Program] [file ...]\n', 2);
  const known = programs.get(text);
  if (known) return known;
  try {
    const program = parseAwk(text);
    if (programs.size > 100) programs.clear();
    programs.set(text, program);
    return program;
  } catch (error) {
    if (error instanceof AwkProblem)
      throw new UsageError(
        call.isBusybox ? `awk: cmd. line:1: ${error.message}\n` : `awk: line 1: ${error.message}\n`,
        call.isBusybox ? 1 : 2,
      );
    throw error;
  }
}

function unescaped(text: string): string {
  return text.replaceAll('\\t', '\t').replaceAll('\\n', '\n').replaceAll('\\|', '|');
}
