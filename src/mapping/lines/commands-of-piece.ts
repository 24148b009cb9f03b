import { kubectlGrammar, subcommandOf } from '../../kubernetes/grammar.ts';
import { type FoundLine, type FoundProgram, foundProgram, type Piece } from './found-line.ts';
import { type RawCommand, ShellScanner } from './shell-scanner.ts';

/** Words of the shell that a command can follow. */
const reserved = new Set(['!', '{', 'do', 'else', 'elif', 'if', 'then', 'until', 'while']);

/** Programs that run another, with those of their options that take a word. */
const wrappers: ReadonlyMap<string, readonly string[]> = new Map([
  ['sudo', ['-u', '-g', '-h', '-p', '-C', '-U', '-r', '-t', '-T', '--user', '--group']],
  ['doas', ['-u', '-C']],
  ['env', ['-u', '-C', '-S', '--unset', '--chdir']],
  ['exec', ['-a']],
  ['time', ['-o', '-f']],
  ['timeout', ['-s', '-k', '--signal', '--kill-after']],
  ['watch', ['-n', '--interval']],
  ['nice', ['-n']],
  ['ionice', ['-c', '-n']],
  ['xargs', ['-n', '-I', '-P', '-L', '-d', '-a', '-E', '-s']],
  ['stdbuf', ['-i', '-o', '-e']],
  ...['builtin', 'caffeinate', 'chronic', 'command', 'eval', 'noglob', 'nohup', 'unbuffer', 'winpty'].map(
    (name): [string, readonly string[]] => [name, []],
  ),
]);

/** The lines of docker and its kin in a piece of shell. */
export function linesOfPiece({ text, lines, shell }: Piece): FoundLine[] {
  if (!/docker|podman|nerdctl|kubectl|\bk\b/i.test(text)) return [];
  const joined = shell === undefined ? text : withBackslashes(text, shell);
  const commands = new ShellScanner(joined, shell === undefined).read();
  let row = 0;
  let end = joined.indexOf('\n');
  return commands.flatMap((command) => {
    while (end >= 0 && end < command.start) {
      row += 1;
      end = joined.indexOf('\n', end + 1);
    }
    const found = programLine(command);
    return found ? [{ ...found, line: lines[Math.min(row, lines.length - 1)] ?? 1 }] : [];
  });
}

/** The same piece with the continuations of a POSIX shell. */
function withBackslashes(text: string, shell: 'powershell' | 'cmd'): string {
  return text.replace(shell === 'powershell' ? /[ \t]`[ \t]*(\r?\n)/g : /[ \t]\^[ \t]*(\r?\n)/g, ' \\$1');
}

/** The program's own words of a command, without what only leads up to it. */
function programLine({ words }: RawCommand): { text: string; program: FoundProgram } | undefined {
  let place = 0;
  let isFed = false;
  for (let word = words[place]; word !== undefined; word = words[place]) {
    const program = foundProgram(word) ?? shortKubectl(words, place);
    if (program !== undefined) return lineOf(words.slice(place), program, isFed);
    const valued = wrappers.get(word);
    if (word === 'function' && words[place + 2] === '{') place += 3;
    else if (reserved.has(word) || /^\w+\+?=/.test(word)) place += 1;
    else if (valued === undefined) return undefined;
    else {
      // Asks where a program is, and does not run it.
      if (word === 'command' && /^-[vV]/.test(words[place + 1] ?? '')) return undefined;
      isFed ||= word === 'xargs';
      place = placeOfWrapped(words, place + 1, valued);
    }
  }
  return undefined;
}

/** The first word that is no option of a wrapper, nor a variable, a number or a duration. */
function placeOfWrapped(words: readonly string[], from: number, valued: readonly string[]): number {
  let place = from;
  for (let word = words[place]; word !== undefined; word = words[place]) {
    if (valued.includes(word)) place += 2;
    else if (/^-|^\w+=|^\d+(?:\.\d+)?[smhd]?$/.test(word)) place += 1;
    else break;
  }
  return place;
}

/** `k get pods`: a usual alias, where a command of kubectl follows. */
function shortKubectl(words: readonly string[], place: number): 'kubectl' | undefined {
  const root = kubectlGrammar('kubectl');
  const next = words[place + 1];
  return words[place] === 'k' && root && next !== undefined && subcommandOf(root, next)
    ? 'kubectl'
    : undefined;
}

function lineOf(
  [, ...rest]: readonly string[],
  program: FoundProgram,
  isFed: boolean,
): { text: string; program: FoundProgram } | undefined {
  if (rest.length === 0) return undefined;
  // What xargs puts at the end is not known here.
  const words = [program, ...rest, ...(isFed ? ['"$@"'] : [])];
  return { text: words.join(' '), program };
}
