import type { Content } from '../../content/content.ts';
import { commandGrammar } from '../../docker/grammar.ts';
import { parseDocker } from '../../docker/parse.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import { joinWords, type Word } from '../../docker/words.ts';
import { canonicalKubectl } from '../../kubernetes/grammar.ts';
import { parseKubectl } from '../../kubernetes/parse.ts';
import { KubectlRefusal } from '../../kubernetes/refusal.ts';
import type { CommandRow } from '../../mapping/command-row.ts';
import { translateCommand } from '../../mapping/translate.ts';
import { translateBack } from '../../mapping/way-back/translate-back.ts';
import { shellLine } from '../../terminal/conversation/shell-line.ts';

/** Longer lines are not shown whole. */
const longest = 200;

/**
 * What was meant by a line that was typed to the wrong one of the two: a docker line behind `kubectl`, or a
 * kubectl line behind `docker`.
 *
 * @param words of a line that its program has refused
 * @returns one line without an end; undefined where the other program would not take it either
 */
export function meantBy(words: readonly string[], content: Content): string | undefined {
  const [program = '', ...rest] = words;
  const isKubectl = program === 'kubectl' || program === 'k';
  if (isAccepted(words, isKubectl)) return undefined;
  return isKubectl ? meantForDocker(rest, content) : meantForKubectl(rest, content);
}

/** Whether the line is one of its own program's: then something else went wrong. */
function isAccepted(words: readonly string[], isKubectl: boolean): boolean {
  try {
    const { words: own } = joinWords(words);
    if (isKubectl) parseKubectl(own);
    else parseDocker(own);
    return true;
  } catch (error) {
    if (error instanceof DockerRefusal || error instanceof KubectlRefusal) return false;
    throw error;
  }
}

/** A docker line behind `kubectl`. */
function meantForDocker(rest: readonly string[], content: Content): string | undefined {
  const name = dockerName(rest);
  if (name === undefined) return undefined;
  const { words, line } = joinWords(['docker', ...rest]);
  const row = content.commandRow(name.command);
  const found = counterpartsOf(words, line, content).filter((each) => /^kubectl\b/.test(each));
  const [first = namedIn(row), second] = found;
  if (first === undefined)
    return `${name.typed} has no counterpart in kubectl: ${firstSentence(row.summary)}`;
  // What is run is one thing, and the port that is opened to it another.
  const isTwo = second !== undefined && /^kubectl create\b/.test(first);
  return `${name.typed} in Kubernetes: ${isTwo ? `${first} and ${second}` : first}`;
}

/** A kubectl line behind `docker`. */
function meantForKubectl(rest: readonly string[], content: Content): string | undefined {
  const verbs = rest.filter((word) => !word.startsWith('-'));
  const path =
    canonicalKubectl(`kubectl ${verbs.slice(0, 2).join(' ')}`) ?? canonicalKubectl(`kubectl ${verbs[0]}`);
  if (path === undefined || path === 'kubectl') return undefined;
  const asked = shortened(shellLine(['kubectl', ...rest]));
  const [first] = wayBack(rest, content);
  return first === undefined ? `${asked} asks the cluster` : `${asked} asks the cluster; in Docker: ${first}`;
}

/** The command that docker words begin with, as it is typed and by its full name. */
function dockerName(rest: readonly string[]): { typed: string; command: string } | undefined {
  const verbs = rest.filter((word) => !word.startsWith('-'));
  for (let count = Math.min(3, verbs.length); count > 0; count--) {
    const typed = `docker ${verbs.slice(0, count).join(' ')}`;
    const grammar = commandGrammar(typed);
    if (grammar) return { typed, command: grammar.command };
  }
  return undefined;
}

/** The commands that a docker line becomes; none where docker would refuse it. */
function counterpartsOf(words: readonly Word[], line: string, content: Content): readonly string[] {
  try {
    const rowOf = (command: string): CommandRow => content.commandRow(command);
    const { commands } = translateCommand(parseDocker(words), line, { kubernetes: '1.36' }, rowOf);
    return commands.map(({ argv }) => shortened(shellLine(argv)));
  } catch (error) {
    if (error instanceof DockerRefusal) return [];
    throw error;
  }
}

function wayBack(rest: readonly string[], content: Content): readonly string[] {
  try {
    const { words, line } = joinWords(['kubectl', ...rest]);
    const command = parseKubectl(words);
    const { commands } = translateBack(content.kubectlRow(command.command), command, line);
    return commands.map(({ argv }) => shortened(shellLine(argv)));
  } catch (error) {
    if (error instanceof KubectlRefusal || error instanceof DockerRefusal) return [];
    throw error;
  }
}

/** The counterpart as the catalogue names it, where it is one of kubectl's. */
function namedIn({ kubernetes }: CommandRow): string | undefined {
  const name = kubernetes.replaceAll('`', '');
  return name.startsWith('kubectl') ? name : undefined;
}

function firstSentence(text: string): string {
  return (/^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll('`', '');
}

function shortened(line: string): string {
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
