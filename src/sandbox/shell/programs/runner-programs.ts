import { complain, now, print, type Steps, terminal } from '../../effects.ts';
import { runScriptApart } from '../line/evaluate.ts';
import { letPass } from '../line/let-pass.ts';
import { parseScript, SyntaxFailure } from '../line/parse.ts';
import type { Program, ShellContext } from '../shell-context.ts';

/** Goes to the top of a terminal, and clears it. */
const clear = '\x1b[H\x1b[2J';

/** `watch`, and words that only stand before a command. */
export function runnerPrograms(context: ShellContext): Readonly<Record<string, Program>> {
  return {
    watch: (words) => watch(words, context),
    sudo: (words) => sudo(words, context),
    time: (words) => time(words, context),
  };
}

const watchUsage =
  'usage: watch [-n SECONDS] [-t] COMMAND; a command with | or > stands in quotes: watch "docker ps | grep web"\n';

/** `watch` of procps: runs a line again and again, as a shell would. */
function* watch(words: readonly string[], context: ShellContext): Steps<number> {
  const rest = words.slice(1);
  let seconds = 2;
  let hasTitle = true;
  for (let word = rest[0]; word !== undefined && /^-./.test(word); word = rest[0]) {
    rest.shift();
    const [, joined] = /^(?:-n|--interval=?)(.*)$/.exec(word) ?? [];
    if (joined !== undefined) {
      const value = joined || rest.shift();
      if (value === undefined || !/^\d*[.,]?\d+$/.test(value)) {
        yield* complain(value === undefined ? watchUsage : `watch: failed to parse argument: '${value}'\n`);
        return 1;
      }
      seconds = Math.max(0.1, Number(value.replace(',', '.')));
    } else if (/^(-t|--no-title)$/.test(word)) hasTitle = false;
    // What it marks, and the colours it keeps, are left out.
    else if (!/^(-[dcx]+|--differences|--color|--exec)$/.test(word)) {
      yield* complain(`watch: unrecognized option '${word}'\n${watchUsage}`);
      return 1;
    }
  }
  if (rest.length === 0) {
    yield* complain(watchUsage);
    return 1;
  }
  if (!(yield* terminal()).isTerminal) {
    yield* complain('watch: there is no terminal to watch on; kubectl get has --watch\n');
    return 1;
  }
  const line = rest.join(' ');
  for (;;) {
    const title = hasTitle ? `Every ${seconds.toFixed(1)}s: ${line}   (Ctrl-C ends it)\n\n` : '';
    yield* print(clear + title);
    yield* runLine(line, context);
    yield* letPass(seconds * 1000);
  }
}

function* runLine(line: string, context: ShellContext): Steps<void> {
  try {
    yield* runScriptApart(parseScript(line).command, context);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    yield* complain(`sh: ${error.message}\n`);
  }
}

/** The learner may do everything here: `sudo` changes nothing. */
function* sudo(words: readonly string[], context: ShellContext): Steps<number> {
  const rest = words.slice(1);
  for (let word = rest[0]; word !== undefined && /^-./.test(word); word = rest[0]) {
    rest.shift();
    if (word === '-u' || word === '-g') rest.shift();
    else if (!/^-([EHnS]+|-)$/.test(word)) {
      yield* complain(`sudo: ${word} is not needed here: you may do everything as you are\n`);
      return 1;
    }
  }
  const [name] = rest;
  const program = name === undefined ? undefined : context.program(name);
  if (program) return yield* program(rest);
  yield* complain(name === undefined ? 'usage: sudo COMMAND\n' : `sudo: ${name}: command not found\n`);
  return 1;
}

/** `time` of bash: what a command took, in the world's time. */
function* time(words: readonly string[], context: ShellContext): Steps<number> {
  const rest = words.slice(words[1] === '-p' ? 2 : 1);
  const begun = yield* now();
  const [name] = rest;
  const program = name === undefined ? undefined : context.program(name);
  let status = 0;
  if (program) status = yield* program(rest);
  else if (name !== undefined) {
    yield* complain(`sh: ${name}: command not found\n`);
    status = 127;
  }
  const took = (yield* now()) - begun;
  const [real, none] =
    words[1] === '-p'
      ? [(took / 1000).toFixed(2), '0.00']
      : [`${Math.floor(took / 60_000)}m${((took % 60_000) / 1000).toFixed(3)}s`, '0m0.000s'];
  const gap = words[1] === '-p' ? ' ' : '\t';
  const head = words[1] === '-p' ? '' : '\n';
  yield* complain(`${head}real${gap}${real}\nuser${gap}${none}\nsys${gap}${none}\n`);
  return status;
}
