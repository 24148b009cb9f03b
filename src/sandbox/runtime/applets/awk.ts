import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { cannotOpen, filter } from './applet.ts';
import { AwkMachine } from './awk-machine.ts';
import { AwkExit, type AwkMemory } from './awk-memory.ts';
import { parseAwk } from './awk-parser.ts';
import { AwkProblem, type AwkProgram } from './awk-syntax.ts';
import { nameOf, readOptions, UsageError } from './options.ts';

interface AwkState {
  readonly memory: AwkMemory;
  readonly code?: number;
}

/** awk: patterns and actions, fields, variables, arrays, `if`, `for`, `while`, `print`, `printf` and the usual functions. */
export const awk: Program = filter<AwkState>({
  begin(call) {
    const { values, lists, rest } = optionsOf(call);
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
    const files = values.f === undefined ? rest.slice(1) : rest;
    return { own, files: onlyBegin || own.code !== undefined ? ['/dev/null'] : files };
  },
  line(call, own, line) {
    if (own.code !== undefined) return 'stop';
    return run(call, own, (machine) => machine.line(line.replace(/\n$/, '')));
  },
  end(call, own) {
    const ended = run(call, own, (machine) => machine.end());
    return ended.code ?? own.code ?? 0;
  },
  unreadable: (call, file, error: FileError) =>
    call.isBusybox
      ? cannotOpen(call, file, error).replace(/^\w+: can't open '(.*)': (.*)$/s, `awk: $1: $2`)
      : `awk: cannot open "${file}" (${error.message})\n`,
});

function run(call: ProcessCall, own: AwkState, act: (machine: AwkMachine) => void): AwkState {
  const machine = new AwkMachine(programOf(call), own.memory, call.env, (text) => call.out(text));
  try {
    act(machine);
    return { ...own, memory: machine.memory };
  } catch (error) {
    if (error instanceof AwkExit) return { memory: machine.memory, code: error.code };
    if (error instanceof AwkProblem) throw new UsageError(`${nameOf(call)}: ${error.message}\n`, 2);
    throw error;
  }
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
      if (error instanceof FileError) throw new UsageError(`awk: can't open file ${values.f}\n`, 2);
      throw error;
    }
  }
  if (text === undefined)
    throw new UsageError(
      call.isBusybox
        ? 'BusyBox v1.36.1 multi-call binary.\n\nUsage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...\n'
        : 'Usage: mawk [Options] [Program] [file ...]\n',
      2,
    );
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
