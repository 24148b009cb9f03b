import { complain, pause, print, type Steps, takeInput, terminal } from '../../effects.ts';
import { FileError } from '../../runtime/files/file-error.ts';
import { ProcessEnd } from '../../runtime/processes/process-end.ts';
import { programNamed } from '../../runtime/programs/all-programs.ts';
import type { Simulation } from '../../simulation.ts';
import type { Machine } from '../laptop/laptop.ts';
import { MachineCall } from '../machine-call.ts';
import type { Program } from '../shell-context.ts';

/** Tools that every Linux machine has: they are those of the containers, as GNU has them. */
const names = [
  '[',
  'awk',
  'base64',
  'basename',
  'cat',
  'chmod',
  'cp',
  'cut',
  'date',
  'dd',
  'dirname',
  'du',
  'echo',
  'egrep',
  'expr',
  'fgrep',
  'find',
  'grep',
  'head',
  'ln',
  'ls',
  'mkdir',
  'mktemp',
  'mv',
  'printf',
  'pwd',
  'readlink',
  'realpath',
  'rev',
  'rm',
  'rmdir',
  'sed',
  'seq',
  'sha256sum',
  'sort',
  'stat',
  'tac',
  'tail',
  'tee',
  'test',
  'touch',
  'tr',
  'uniq',
  'wc',
  'yes',
];

/** So long a tool is left alone that waits for something to come in, in milliseconds. */
const patience = 1000;
/** What uses up its turn goes on after so many milliseconds. */
const turn = 50;

/** Where a tool runs. */
export interface ToolPlace {
  readonly simulation: Simulation;
  readonly machine: Machine;
  readonly directory: () => string;
  readonly variables: () => Readonly<Record<string, string>>;
}

/** The tools of a machine, by name. */
export function toolPrograms(place: ToolPlace): Readonly<Record<string, Program>> {
  return Object.fromEntries(names.map((name) => [name, (words: readonly string[]) => runTool(words, place)]));
}

function* runTool(
  words: readonly string[],
  { simulation, machine, directory, variables }: ToolPlace,
): Steps<number> {
  const [name] = words;
  const { isTerminal } = yield* terminal();
  const program = programNamed(`gnu ${name}`);
  const record = { argv: words, env: variables(), cwd: directory(), program: `gnu ${name}` };
  const call = new MachineCall(simulation, machine, record, isTerminal);
  for (;;) {
    const outcome = stepped(() => program.step(call), call);
    for (const { to, text } of call.takeWritten()) yield* to === 'stdout' ? print(text) : complain(text);
    if (typeof outcome === 'number') return outcome & 255;
    if (typeof outcome === 'object') yield* pause(Math.max(1, outcome.until - call.now));
    else if (call.isHungry) {
      const { text, ended } = yield* takeInput();
      call.feed(text, ended);
      if (text === '' && !ended) yield* pause(patience);
    } else yield* pause(turn);
  }
}

function stepped(step: () => ReturnType<ReturnType<typeof programNamed>['step']>, call: MachineCall) {
  try {
    return step();
  } catch (error) {
    if (error instanceof ProcessEnd) return error.code;
    if (!(error instanceof FileError)) throw error;
    call.err(`${call.argv[0]}: ${error.message}\n`);
    return 1;
  }
}
