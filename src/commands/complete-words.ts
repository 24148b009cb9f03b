import type { Command, Option } from 'commander';
import type { Content } from '../content/content.ts';
import { dockerCandidates } from '../docker/completion.ts';
import { kubectlCandidates } from '../kubernetes/completion.ts';

/** One thing that the word being typed can become. */
export interface Candidate {
  readonly word: string;
  /** Shown beside it by shells that show anything. */
  readonly about?: string;
}

/** What can come next; `files` says that names of files can, too. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly files: boolean;
}

/** The program's commands, as they are known before one is loaded. */
export interface CommandSummary {
  readonly name: string;
  readonly summary: string;
}

/** Programs whose lines `map` takes. */
const dockers = /^(docker|docker-compose|podman|nerdctl)$/;
const kubectls = /^(kubectl|k)$/;

/** Options that take a file. */
const takesFile = /<(file|folder)>|\[file\]|dir=/;

/**
 * What the word that is being typed can become.
 *
 * @param words everything after the program's name, the word being typed last (empty when it has not begun)
 * @param commands all there are
 * @param load gives a command with its options
 */
export async function completeWords(
  words: readonly string[],
  commands: readonly CommandSummary[],
  load: (name: string) => Promise<Command>,
  content: Content,
): Promise<Candidates> {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const at = before.findIndex((word) => !word.startsWith('-'));
  if (at === -1) {
    const root = await load('');
    const named = commands.map(({ name, summary }) => ({ word: name, about: summary }));
    return only(last.startsWith('-') ? optionsOf(root) : named, last);
  }
  const name = before[at] ?? '';
  if (!commands.some((each) => each.name === name)) return { candidates: [], files: false };
  const given = before.slice(at + 1);
  if (name === 'map') {
    const line = given.findIndex((word) => dockers.test(word) || kubectls.test(word));
    if (line !== -1) return only(afterProgram(given.slice(line), last), last);
  }
  const command = deepest(await load(name), given);
  const asked = optionBefore(command, given.at(-1) ?? '');
  if (asked) return only(valuesOf(asked), last, takesFile.test(asked.flags));
  const [, flag = '', value = ''] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
  const joined = flag === '' ? undefined : command.options.find(({ long }) => long === flag);
  if (joined) {
    const values = valuesOf(joined).map((each) => ({ ...each, word: `${flag}=${each.word}` }));
    return only(values, `${flag}=${value}`, takesFile.test(joined.flags));
  }
  if (last.startsWith('-')) return only(optionsOf(command), last);
  const taken = argumentsOf(command, name, content);
  const subcommands = given.length === 0 ? command.commands : [];
  const verbs = subcommands.map((each) => ({ word: each.name(), about: each.summary() }));
  return only([...verbs, ...taken.candidates], last, taken.files);
}

function afterProgram(line: readonly string[], last: string): readonly Candidate[] {
  const words = dockers.test(line[0] ?? '') ? dockerCandidates(line, last) : kubectlCandidates(line, last);
  return words.map((word) => ({ word }));
}

/** What a command takes besides options. */
function argumentsOf(command: Command, name: string, content: Content): Candidates {
  const none = { candidates: [], files: false };
  switch (name) {
    case 'learn':
      return { ...none, candidates: lessons(content) };
    case 'lab':
      return { ...none, candidates: content.labs().map(({ id, title }) => ({ word: id, about: title })) };
    case 'quiz':
      return { ...none, candidates: command.name() === 'quiz' ? topics(content) : [] };
    case 'glossary':
      return {
        ...none,
        candidates: content.glossary().map(({ id, term }) => ({ word: id, about: term })),
      };
    case 'map':
      return { candidates: [{ word: 'docker' }, { word: 'kubectl' }], files: true };
    case 'completion':
      return { ...none, candidates: shells.map((word) => ({ word })) };
    default:
      return none;
  }
}

/** The shells that there is completion for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type ShellName = (typeof shells)[number];

function lessons(content: Content): Candidate[] {
  return content.course().lessons.map(({ id, title }) => ({ word: id, about: title }));
}

function topics(content: Content): Candidate[] {
  const { units } = content.course();
  return [
    ...units.map(({ id, title }) => ({ word: id, about: title })),
    ...lessons(content),
    ...content.misconceptions().map(({ id, belief }) => ({ word: id, about: belief })),
  ];
}

function optionsOf(command: Command): Candidate[] {
  const help = command.createHelp().visibleOptions(command);
  return help.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description }));
}

function valuesOf({ argChoices }: Option): Candidate[] {
  return (argChoices ?? []).map((word) => ({ word }));
}

/** The option whose value comes next. */
function optionBefore(command: Command, word: string): Option | undefined {
  return command.options.find((each) => each.required && (each.long === word || each.short === word));
}

/** The command below, where its name was typed: `quiz show`. */
function deepest(command: Command, given: readonly string[]): Command {
  const word = given.find((each) => !each.startsWith('-'));
  return command.commands.find((each) => each.name() === word) ?? command;
}

function only(all: readonly Candidate[], last: string, files = false): Candidates {
  const seen = new Set<string>();
  const candidates = all.filter(({ word }) => {
    if (!word.startsWith(last) || seen.has(word)) return false;
    seen.add(word);
    return true;
  });
  return { candidates, files };
}
