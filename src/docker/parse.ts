import { nearest } from '../nearest.ts';
import { checkArguments } from './argument-rules.ts';
import { programName } from './base-name.ts';
import { type FlagUse, readFlags } from './flags.ts';
import { type CommandGrammar, commandGrammar, subcommandsOf } from './grammar.ts';
import { atPosition, DockerRefusal } from './refusal.ts';
import type { Word } from './words.ts';

export type { FlagUse } from './flags.ts';

/** What is typed before a docker command; the other three take docker's words. */
export type Program = 'docker' | 'docker-compose' | 'podman' | 'nerdctl';

/** A docker command line, read. */
export interface DockerCommand {
  readonly program: Program;
  /** Canonical, such as `docker container run`. */
  readonly command: string;
  /** Flags before the command, such as `--context` of docker and `--file` of compose. */
  readonly globals: readonly FlagUse[];
  /** In the order given. `--help` is among them where it was asked for, and then nothing else is checked. */
  readonly flags: readonly FlagUse[];
  /** Arguments; for run, create and exec everything after the image or container stays as it is. */
  readonly args: readonly string[];
  /** Every word, from the program on. */
  readonly argv: readonly string[];
}

/** What may stand before the program, and changes nothing of what it is asked. */
const runners = ['sudo', 'doas', 'time', 'command', 'exec', 'nohup', 'env', 'winpty'];

/** Longer words are no slip of a command's name. */
const longestSlip = 40;

/**
 * Reads a line as the docker client does (github.com/spf13/cobra and pflag, cli/required.go of docker/cli).
 *
 * @param words from `splitWords` or `joinWords`; what precedes the program (`sudo`, `NAME=value`) is passed over
 * @throws DockerRefusal for what the client refuses, with the place of the word at fault
 */
export function parseDocker(words: readonly Word[]): DockerCommand {
  const first = words.findIndex((word) => programOf(word) !== undefined);
  const program = words[first] && programOf(words[first]);
  if (program === undefined || !words.slice(0, first).every(precedes)) throw noProgram(words);
  const line = words.slice(first);
  const reader = new CommandReader(line, program);
  const { grammar, globals, rest } = reader.find();
  const argv = line.map(({ text }) => text);
  if (reader.asksForHelp || !grammar.runs) {
    return { program, command: grammar.command, globals, flags: reader.helpFlags, args: [], argv };
  }

  const rules = { command: reader.path, flags: grammar.flags, first: grammar.flagsFirst };
  const { flags, args, rest: verbatim } = readFlags(rest, rules);
  const given = [...args, ...verbatim];
  const help = flags.some(({ name, value }) => name === '--help' && value === 'true');
  if (!help) {
    checkCount(reader.path, grammar, given, line);
    atPosition(given[0]?.start ?? line.at(-1)?.start ?? 0, () =>
      checkArguments(grammar.command, {
        args: given.map(({ text }) => text),
        flag: (name) => flags.findLast((flag) => flag.name === name)?.value,
        flags: flags.map(({ name }) => name),
        all: (name) => flags.filter((flag) => flag.name === name).map(({ value }) => value),
      }),
    );
  }
  return { program, command: grammar.command, globals, flags, args: given.map(({ text }) => text), argv };
}

/** Whether a word is one of the programs, also with a path before it and `.exe` after it. */
function programOf({ text }: Word): Program | undefined {
  const name = programName(text);
  return name === 'docker' || name === 'docker-compose' || name === 'podman' || name === 'nerdctl'
    ? name
    : undefined;
}

function precedes({ text }: Word, place: number, words: readonly Word[]): boolean {
  const isUser = ['-u', '-g', '--user', '--group'].includes(words[place - 1]?.text ?? '');
  return runners.includes(text) || /^\w+=/.test(text) || text.startsWith('-') || isUser;
}

function noProgram(words: readonly Word[]): DockerRefusal {
  const [first] = words;
  if (!first)
    return new DockerRefusal('there is no command', "Give a docker line, such as 'docker run nginx'.");
  return new DockerRefusal(
    `'${shortened(first.text)}' is no docker command`,
    'A docker line begins with docker, docker-compose, podman or nerdctl.',
    first.start,
  );
}

/** Goes down from the program to the command, over the flags in between. */
class CommandReader {
  readonly line: readonly Word[];
  readonly globals: FlagUse[] = [];
  /** `--help` on a group, or the command `help`. */
  readonly helpFlags: FlagUse[] = [];
  asksForHelp = false;
  path: string;

  constructor(line: readonly Word[], program: Program) {
    this.line = line;
    this.path = program === 'docker-compose' ? 'docker compose' : 'docker';
  }

  find(): { grammar: CommandGrammar; globals: readonly FlagUse[]; rest: readonly Word[] } {
    let words = this.line.slice(1);
    let grammar = this.grammarOf(this.path);
    if (words[0]?.text === 'help' && this.path === 'docker') {
      this.ask({ name: '--help', value: 'true', spelled: 'help', position: words[0].start });
      words = words.slice(1);
    }
    while (true) {
      const subcommands = subcommandsOf(this.path);
      if (subcommands.length === 0) break;
      // A group that also runs, such as `docker buildx history inspect`, reads its own flags and arguments.
      if (grammar.runs && !subcommands.includes(words[0]?.text ?? '')) break;
      const rules = { command: this.path, flags: grammar.flags, first: true };
      const { flags, rest } = readFlags(words, rules);
      for (const flag of flags) {
        if (flag.name === '--help') this.ask(flag);
        else this.globals.push(flag);
      }
      const [next] = rest;
      if (!next) {
        words = [];
        break;
      }
      if (!subcommands.includes(next.text)) {
        const help = rest.find(({ text }) => text === '--help' || text === '-h');
        if (help) this.ask({ name: '--help', value: 'true', spelled: help.text, position: help.start });
        if (this.asksForHelp) break;
        throw this.unknown(next, subcommands);
      }
      this.path = `${this.path} ${next.text}`;
      grammar = this.grammarOf(this.path);
      words = rest.slice(1);
    }
    return { grammar, globals: this.globals, rest: words };
  }

  private ask(flag: FlagUse): void {
    this.asksForHelp = true;
    this.helpFlags.push(flag);
  }

  private grammarOf(path: string): CommandGrammar {
    const grammar = commandGrammar(path);
    if (!grammar) throw new DockerRefusal(`unknown command: ${path}`, "'docker --help' lists the commands.");
    return grammar;
  }

  private unknown(word: Word, names: readonly string[]): DockerRefusal {
    const [meant] = word.text.length > longestSlip ? [] : nearest(word.text, names, 1);
    const hint =
      meant === undefined
        ? `'${this.path} --help' lists its commands.`
        : `Did you mean '${this.path} ${meant}'?`;
    return new DockerRefusal(`unknown command: ${this.path} ${shortened(word.text)}`, hint, word.start);
  }
}

/** Refuses too few and too many arguments in the client's words. */
function checkCount(
  command: string,
  grammar: CommandGrammar,
  given: readonly Word[],
  line: readonly Word[],
): void {
  const { least, most } = grammar;
  if (given.length >= least && given.length <= most) return;
  const many = (count: number) => `${count} ${count === 1 ? 'argument' : 'arguments'}`;
  const wanted =
    most === 0
      ? 'accepts no arguments'
      : least === most
        ? `requires ${many(least)}`
        : most === Number.POSITIVE_INFINITY
          ? `requires at least ${many(least)}`
          : least === 0
            ? `requires at most ${many(most)}`
            : `requires at least ${least} and at most ${many(most)}`;
  const fault = given.length > most ? given[most] : line.at(-1);
  const hint = given.length > most ? 'Leave the rest out.' : `'${command} --help' shows what it takes.`;
  throw new DockerRefusal(`'${command}' ${wanted}`, hint, fault?.start ?? 0);
}

function shortened(text: string): string {
  return text.length > longestSlip ? `${text.slice(0, longestSlip)}…` : text;
}
