import { Command } from 'commander';
import * as glossary from './commands/glossary.ts';
import * as learn from './commands/learn.ts';
import * as map from './commands/map.ts';
import { ExamplesFirst, showExamples, takeCommonOptions } from './help.ts';
import type { Io } from './io.ts';
import { nearest } from './nearest.ts';
import { describeScreen } from './terminal/screen.ts';
import { programVersion } from './version.ts';

/** Gives a command its arguments, options, examples and action. */
export type Define = (command: Command, io: Io) => void;

interface Entry {
  readonly name: string;
  /** Arguments, as they stand in the list of commands. */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => { define: Define } | Promise<{ define: Define }>;
}

/**
 * The command tree. Only the command that was typed is loaded, of the others their line here is enough;
 * the three quickest are at hand, since finding a file more would take a tenth of their time.
 */
const entries: readonly Entry[] = [
  {
    name: 'learn',
    usage: '[lesson]',
    summary: 'take the course, one step at a time',
    load: () => ({ define: learn.define }),
  },
  {
    name: 'map',
    usage: '[words...]',
    summary: 'any docker command line in the terms of Kubernetes, and back',
    load: () => ({ define: map.define }),
  },
  {
    name: 'quiz',
    usage: '[topic...]',
    summary: 'find out what you believe, and be asked again in time',
    load: () => import('./commands/quiz.ts'),
  },
  {
    name: 'sandbox',
    usage: '',
    summary: 'a Docker host and a Kubernetes cluster in memory to practise in',
    load: () => import('./commands/sandbox.ts'),
  },
  {
    name: 'lab',
    usage: '[name]',
    summary: 'tasks in that world, some of which begin broken',
    load: () => import('./commands/lab.ts'),
  },
  {
    name: 'glossary',
    usage: '[term...]',
    summary: 'look up a term and its counterpart in Docker',
    load: () => ({ define: glossary.define }),
  },
  {
    name: 'choose',
    usage: '',
    summary: 'Docker, Compose, Swarm or Kubernetes: which, and why',
    load: () => import('./commands/choose.ts'),
  },
  {
    name: 'progress',
    usage: '',
    summary: 'what you have done and which misconceptions are left',
    load: () => import('./commands/progress.ts'),
  },
  {
    name: 'doctor',
    usage: '',
    summary: 'what is installed here and where files live',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'completion',
    usage: '[shell]',
    summary: 'have your shell complete commands, names and docker lines',
    load: async () => {
      const { define } = await import('./commands/completion.ts');
      const load = async (io: Io, name: string): Promise<Command> => {
        const program = await createProgram([name], io);
        return program.commands.find((each) => each.name() === name) ?? program;
      };
      return { define: (command, io) => define(command, io, entries, (name) => load(io, name)) };
    },
  },
];

/**
 * Builds the program for what was typed. Parsing errors are thrown as commander's own.
 *
 * @param argv what was typed after the program's name
 */
export async function createProgram(argv: readonly string[], io: Io): Promise<Command> {
  const program = new Command('k8s-docker-tutor');
  prepare(program, io);
  program
    .description('Kubernetes for people who know Docker: lessons in your terminal.')
    .version(programVersion(), '-V, --version', 'print the version')
    .helpCommand(false)
    // What follows a command's name is that command's: in `map docker run --debug …` it is docker's.
    .enablePositionalOptions()
    .usage('[options] <command>')
    .argument('[command]')
    .action(async (word?: string) => {
      if (word !== undefined) return refuseCommand(program, word);
      const { showMenu } = await import('./commands/menu.ts');
      const runWords = async (words: string[]): Promise<unknown> =>
        (await createProgram(words, io)).parseAsync(words, { from: 'user' });
      await showMenu(io, program.opts(), runWords, () => program.outputHelp());
    });
  showExamples(program, [
    'k8s-docker-tutor learn              take the course, or go on with it',
    'k8s-docker-tutor learn pods         one lesson',
    'k8s-docker-tutor map docker run -d -p 8080:80 nginx',
    '                                    any docker line, translated flag by flag',
    'k8s-docker-tutor glossary service   one term and its Docker counterpart',
  ]);

  const typed = argv.find((word) => !word.startsWith('-'));
  const isKnown = entries.some((entry) => entry.name === typed);
  for (const entry of entries) {
    if (isKnown && entry.name !== typed) continue;
    const command = new Command(entry.name);
    prepare(command, io);
    command.summary(entry.summary).description(sentence(entry.summary));
    if (entry.name === typed) (await entry.load()).define(command, io);
    else if (entry.usage) command.usage(entry.usage);
    program.addCommand(command);
  }
  return program;
}

function prepare(command: Command, io: Io): void {
  takeCommonOptions(command);
  command.exitOverride().showSuggestionAfterError(true);
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    // Errors are thrown, and become text in one place: main.ts.
    writeErr: () => {},
    getOutHelpWidth: () => Math.min(80, describeScreen(io).columns),
    getOutHasColors: () => false,
  });
  command.createHelp = () => Object.assign(new ExamplesFirst(), command.configureHelp());
  command.configureHelp({
    subcommandTerm: (each) => {
      const usage = entries.find((entry) => entry.name === each.name())?.usage;
      return usage ? `${each.name()} ${usage}` : each.name();
    },
  });
}

function refuseCommand(program: Command, word: string): never {
  const near = nearest(
    word,
    entries.map((entry) => entry.name),
  );
  const suggestion = near.length === 0 ? '' : `\n(Did you mean ${near.join(' or ')}?)`;
  program.error(`error: unknown command '${word}'${suggestion}`, { code: 'commander.unknownCommand' });
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
