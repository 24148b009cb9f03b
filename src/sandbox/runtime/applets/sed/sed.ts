import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { filter } from '../applet.ts';
import { misuse, readOptions, UsageError } from '../options.ts';
import { SedMachine } from './sed-machine.ts';
import { freshMemory, type SedMemory } from './sed-memory.ts';
import { type Edit, readScript, ScriptError } from './sed-script.ts';

interface SedState {
  readonly memory: SedMemory;
  /** The line before: the last one is known only when no more come. */
  readonly held?: string;
  /** What a file is to become. */
  readonly output: string;
}

/** Letters, long names and what `-i` takes: an ending only where it stands right behind. */
function optionsOf(call: ProcessCall) {
  const long = {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    expression: 'e',
    file: 'f',
    'in-place': 'i',
    separate: 's',
  };
  const options = readOptions(call, call.isBusybox ? 'nEre:f:i' : 'nEre:f:isu', long, (word) =>
    word.replace(/^(-[nErsu]*i).+$/, '$1').replace(/^(--in-place)=.*$/, '$1'),
  );
  const ending = call.args
    .map((word) => /^(?:-[nErsu]*i|--in-place=)(.+)$/.exec(word)?.[1])
    .find((found) => found !== undefined);
  return { ...options, ending };
}

/** sed, with all its commands but `e`, `F` and `W`. */
export const sed: Program = filter<SedState>({
  begin(call) {
    if (call.isBusybox && call.args[0] === '--version') {
      call.out('This is not GNU sed version 4.0\n');
      return call.end(0);
    }
    const { lists, rest } = optionsOf(call);
    for (const { command, text, file = command === 'w' ? text : undefined } of scriptOf(call))
      if (file !== undefined && !file.startsWith('/dev/')) call.files.write(file, '');
    return { own: { memory: freshMemory, output: '' }, files: lists.e || lists.f ? rest : rest.slice(1) };
  },
  line(call, own, line) {
    if (own.memory.quits !== undefined) return 'stop';
    const next = own.held === undefined ? own : advance(call, own, own.held, false);
    return next.memory.quits === undefined ? { ...next, held: line } : withoutHeld(next);
  },
  endOfFile(call, own, file) {
    const { flags, ending } = optionsOf(call);
    if (!flags.i && !flags.s) return own;
    const next = own.held === undefined ? own : withoutHeld(advance(call, own, own.held, true));
    if (!flags.i) return next;
    if (ending !== undefined) call.files.write(`${file}${ending}`, call.files.read(file));
    call.files.write(file, next.output);
    return { memory: { ...next.memory, number: 0 }, output: '' };
  },
  end(call, own) {
    const next = own.held === undefined ? own : advance(call, own, own.held, true);
    return next.memory.quits ?? 0;
  },
  failureCode: (call, { code }) => (call.isBusybox ? 1 : code === 'EISDIR' ? 4 : 2),
  takesFolders: (call) => call.isBusybox,
  unreadable(call, file, error) {
    if (error.code === 'EISDIR' && !call.isBusybox) return `sed: read error on ${file}: ${error.message}\n`;
    return call.isBusybox
      ? `sed: ${file}: ${error.message}\n`
      : `sed: can't read ${file}: ${error.message}\n`;
  },
});

function withoutHeld({ memory, output }: SedState): SedState {
  return { memory, output };
}

function advance(call: ProcessCall, own: SedState, line: string, isLast: boolean): SedState {
  const { flags } = optionsOf(call);
  const edits = scriptOf(call);
  let { output } = own;
  const machine = new SedMachine(edits, own.memory, {
    isSilent: flags.n !== undefined || edits === silentScripts.get(edits),
    isBusybox: call.isBusybox,
    print(text) {
      if (flags.i) output += text;
      else call.out(text);
    },
    write(file, text) {
      if (file === '/dev/stdout') call.out(text);
      else if (file === '/dev/stderr') call.err(text);
      else call.files.append(file, text);
    },
    read(file) {
      try {
        return call.files.read(file);
      } catch (error) {
        if (error instanceof FileError) return '';
        throw error;
      }
    },
  });
  try {
    machine.line(line, isLast);
  } catch (thrown) {
    throw refused(call, caught(thrown, ScriptError));
  }
  return { memory: machine.memory, output };
}

const scripts = new Map<string, readonly Edit[]>();
/** Scripts that begin with `#n`. */
const silentScripts = new Map<readonly Edit[], readonly Edit[]>();

/** @throws UsageError */
function scriptOf(call: ProcessCall): readonly Edit[] {
  const { flags } = optionsOf(call);
  const parts = partsOf(call);
  if (parts.length === 0)
    throw call.isBusybox
      ? misuse(call, '')
      : new UsageError('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n', 1);
  const text = parts.join('\n');
  const isExtended = flags.E !== undefined || flags.r !== undefined;
  const key = `${isExtended} ${call.isBusybox} ${text}`;
  const known = scripts.get(key);
  if (known) return known;
  try {
    const edits = readScript(text, isExtended, call.isBusybox);
    if (scripts.size > 100) {
      scripts.clear();
      silentScripts.clear();
    }
    scripts.set(key, edits);
    if (/^#n(\n|$)/.test(text)) silentScripts.set(edits, edits);
    return edits;
  } catch (thrown) {
    throw refused(call, caught(thrown, ScriptError));
  }
}

/** The parts of the script on a command line: what `-e` and `-f` name, or the first word. */
function partsOf(call: ProcessCall): readonly string[] {
  const { lists, rest } = optionsOf(call);
  if (!lists.e && !lists.f) return rest.slice(0, 1);
  return [...(lists.e ?? []), ...(lists.f ?? []).map((file) => scriptFile(call, file))];
}

function refused(call: ProcessCall, error: ScriptError): UsageError {
  return new UsageError(complaint(call, error, partsOf(call)), call.isBusybox ? 1 : error.code);
}

function scriptFile(call: ProcessCall, file: string): string {
  try {
    return call.files.read(file).replace(/\n$/, '');
  } catch (thrown) {
    const error = caught(thrown, FileError);
    throw new UsageError(
      call.isBusybox
        ? `sed: ${file}: ${error.message}\n`
        : `sed: couldn't open file ${file}: ${error.message}\n`,
      call.isBusybox ? 1 : 4,
    );
  }
}

/** GNU says where in which part of the script it stopped reading. */
function complaint(call: ProcessCall, { message, place }: ScriptError, parts: readonly string[]): string {
  if (call.isBusybox || place < 0) return `sed: ${message}\n`;
  let left = place;
  let number = 0;
  for (const part of parts) {
    number += 1;
    if (left <= part.length) break;
    left -= part.length + 1;
  }
  const { lists } = optionsOf(call);
  const file = lists.e ? undefined : lists.f?.[number - 1];
  if (file === undefined) return `sed: -e expression #${number}, char ${left}: ${message}\n`;
  const line = `${parts[number - 1]}`.slice(0, left).split('\n').length;
  return `sed: file ${file} line ${line}: ${message}\n`;
}
