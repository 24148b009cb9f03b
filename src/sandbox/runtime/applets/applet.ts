import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { endless } from '../processes/special-files.ts';
import type { Outcome, Program } from '../program.ts';
import { toolMemory } from '../programs/simple.ts';
import { nameOf, UsageError, usageText } from './options.ts';

/** A tool that does what it does at once, and gives its exit code. */
export function tool(run: (call: ProcessCall) => number): Program {
  return steps((call) => run(call));
}

/** A tool that may have to wait. A wrong command line and what a file does not take ends it with a message. */
export function steps(step: (call: ProcessCall) => Outcome): Program {
  return {
    memory: toolMemory,
    step(call) {
      try {
        if (call.isBusybox && call.args.length === 1 && call.args[0] === '--help') {
          call.err(usageText(call));
          return 0;
        }
        return step(call);
      } catch (error) {
        if (error instanceof UsageError) {
          call.err(error.message);
          return error.code;
        }
        if (error instanceof FileError) {
          const isInput = error.code === 'EISDIR' && !call.isBusybox;
          const what = error.code === 'EISDIR' ? 'read error' : 'write error';
          call.err(`${nameOf(call)}: ${isInput ? '-' : what}: ${error.message}\n`);
          return 1;
        }
        throw error;
      }
    },
  };
}

/** How far a tool that reads lines has come. */
interface FilterState<S> {
  readonly own: S;
  readonly files: readonly string[];
  /** What is left of the file that is read; undefined when it is the input. */
  readonly rest?: string;
  /** The code of the last file that could not be read; 0 without one. */
  readonly failed: number;
}

/** What a tool does with lines. */
export interface Filter<S> {
  /** Reads the command line. @returns what it remembers, and the files to read; none means its input */
  begin(call: ProcessCall): { readonly own: S; readonly files: readonly string[] };
  /** @param line with its end, where it has one. @returns what it remembers, or that it wants no more */
  line(call: ProcessCall, own: S, line: string, file: string): S | 'stop';
  /** Whether it takes its input as it comes, and not in lines. */
  takesPieces?(own: S): boolean;
  /** After a file. */
  endOfFile?(call: ProcessCall, own: S, file: string): S;
  /** @param failed whether a file could not be read */
  end?(call: ProcessCall, own: S, failed: boolean): number;
  /** What it says when a file cannot be read. */
  unreadable?(call: ProcessCall, file: string, error: FileError): string;
  /** Its code when a file could not be read: 1 where it is left out. */
  failureCode?(call: ProcessCall, error: FileError): number;
  /** Whether a folder is a file without anything in it, and not one that cannot be read. */
  takesFolders?(call: ProcessCall): boolean;
}

/** So many lines are handled before others have their turn. */
const linesInTurn = 5_000;

/** A tool that reads lines, of files or of its input. */
export function filter<S>(plan: Filter<S>): Program {
  return steps((call) => {
    let state = call.state as FilterState<S> | undefined;
    if (state === undefined) {
      const { own, files } = plan.begin(call);
      state = { own, files: files.length > 0 ? files : ['-'], failed: 0 };
    }
    let { own, rest, failed } = state;
    let files = state.files;
    const keep = (outcome: Outcome): Outcome => {
      call.state = { own, files, failed, ...(rest === undefined ? {} : { rest }) };
      return outcome;
    };
    const finish = (): number => {
      const code = plan.end?.(call, own, failed > 0) ?? 0;
      return code === 0 ? failed : code;
    };
    for (let lines = 0; lines < linesInTurn; lines++) {
      const [file] = files;
      if (file === undefined) return finish();
      if (!call.hasRoom(1)) return keep('waits');
      const device = file === '-' ? undefined : endlessFile(call, file);
      if (rest === undefined && file !== '-' && !device) {
        try {
          rest = readWhole(call, file);
        } catch (thrown) {
          const error = caught(thrown, FileError);
          if (error.code === 'EISDIR' && plan.takesFolders?.(call)) rest = '';
          else {
            call.err(plan.unreadable?.(call, file, error) ?? cannotOpen(call, file, error));
            failed = plan.failureCode?.(call, error) ?? 1;
            files = files.slice(1);
            continue;
          }
        }
      }
      let line: string | null | undefined;
      if (device) line = endless(device, (limit) => call.random(limit));
      else if (rest === undefined) line = plan.takesPieces?.(own) ? call.read(0) : call.readLine(0);
      else {
        const end = rest.indexOf('\n');
        line = rest === '' ? null : end < 0 ? rest : rest.slice(0, end + 1);
        rest = rest.slice(line?.length ?? 0);
      }
      if (line === undefined) return keep('waits');
      const next = line === null ? 'stop' : plan.line(call, own, line, file);
      if (next === 'stop') {
        if (plan.endOfFile) own = plan.endOfFile(call, own, file);
        files = files.slice(1);
        rest = undefined;
        continue;
      }
      own = next;
    }
    return keep('goes-on');
  });
}

/** What a tool says of a file that it cannot read. */
function cannotOpen(call: ProcessCall, file: string, error: FileError): string {
  const name = nameOf(call);
  if (!call.isBusybox) return `${name}: ${file}: ${error.message}\n`;
  return error.code === 'EISDIR'
    ? `${name}: read error: ${error.message}\n`
    : `${name}: can't open '${file}': ${error.message}\n`;
}

function endlessFile(call: ProcessCall, path: string) {
  if (!path.startsWith('/dev/')) return undefined;
  const from = call.open(path, 'read');
  return from.kind === 'endless' ? from : undefined;
}

/** The text of a file, or of what a device gives. */
function readWhole(call: ProcessCall, path: string): string {
  const from = call.open(path, 'read');
  if (from.kind === 'file') return call.files.read(from.path);
  if (from.kind === 'text') return from.text;
  return '';
}

/** All of a tool's input, once it has come to its end; what came so far is remembered. */
export function gatherInput(
  call: ProcessCall,
  before: string,
): { readonly text: string; readonly isWhole: boolean } {
  let text = before;
  for (;;) {
    const more = call.read(0);
    if (more === undefined) return { text, isWhole: false };
    if (more === null) return { text, isWhole: true };
    text += more;
    if (text.length > 2 ** 24) return { text, isWhole: true };
  }
}
