import { allCommands, commandGrammar } from '../../docker/grammar.ts';
import { kubectlGrammar } from '../../kubernetes/grammar.ts';
import { type FoundProgram, foundProgram } from './found-line.ts';
import { parseFoundLine } from './parse-found-line.ts';

/** Whether a text is a command that one of the programs would take: no `docker run` without an image, no `docker compose`. */
export function isWholeCommand(text: string): boolean {
  const typed = text.trim().replace(/^sudo\s+/, '');
  const [first = '', second] = typed.split(/\s+/, 2);
  const program = foundProgram(first);
  if (program === undefined || second === undefined || typed.length > 2000) return false;
  const parsed = parseFoundLine({ text: program + typed.slice(first.length), program });
  if (!parsed) return false;
  if (program !== 'kubectl') return commandGrammar(parsed.command)?.runs === true;
  return parsed.flags.length > 0 || kubectlGrammar(parsed.command)?.subcommands.length === 0;
}

let firstWords: ReadonlySet<string> | undefined;

/** Whether a text begins as a command of one of the programs does: `docker run …`, not `docker is …`. */
export function beginsAsCommand(text: string): boolean {
  const [first = '', second = ''] = text
    .trim()
    .split(/\s+/, 3)
    .filter((word) => word !== 'sudo');
  const program = foundProgram(first);
  return program !== undefined && (second.startsWith('-') || commandsOf(program).has(second));
}

function commandsOf(program: FoundProgram): { has(word: string): boolean } {
  if (program === 'kubectl') return new Set(kubectlGrammar('kubectl')?.subcommands);
  if (program === 'docker-compose')
    return { has: (word) => commandGrammar(`docker compose ${word}`) !== undefined };
  firstWords ??= new Set(
    allCommands()
      .flatMap((path) => [path, ...(commandGrammar(path)?.aliases ?? [])])
      .flatMap((path) => path.split(' ')[1] ?? []),
  );
  return firstWords;
}
