import { type Command, Option } from 'commander';
import { TutorError } from '../errors.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { completionScripts } from '../terminal/completion-scripts.ts';
import { styleFor } from '../terminal/style.ts';
import { drawCompletionSetups } from '../terminal/views/completion-view.ts';
import { type CommandSummary, completeWords, type ShellName, shells } from './complete-words.ts';
import { openSession } from './session.ts';

interface CompletionOptions extends CommonOptions {
  readonly words?: boolean;
  readonly newWord?: boolean;
}

/**
 * @param commands all the program's
 * @param load gives a command with its options; the program itself for an empty name
 */
export function define(
  command: Command,
  io: Io,
  commands: readonly CommandSummary[],
  load: (name: string) => Promise<Command>,
): void {
  command
    .description(
      'Completion for bash, zsh, fish and PowerShell. Prints a script for the shell to read, and edits nothing.',
    )
    .argument('[shell]', shells.join(', '))
    .argument('[words...]')
    .addOption(new Option('--words', 'print what the last of the words after -- can become').hideHelp())
    .addOption(new Option('--new-word', 'with --words: the last word has not begun').hideHelp())
    .usage('[options] [shell]')
    .action(async (shell: string | undefined, words: string[]) => {
      const options = optionsOf<CompletionOptions>(command);
      if (shell === undefined) {
        const session = openSession(io, options);
        return session.print(drawCompletionSetups(styleFor(session.screen)));
      }
      const known = demandShell(shell);
      if (!options.words) return void io.stdout.write(completionScripts[known]);
      const typed = options.newWord ? [...words, ''] : words;
      const { content } = openSession(io, options);
      const asked = known === 'bash' ? withoutBreaks(typed) : typed;
      const { candidates, files } = await completeWords(asked, commands, load, content);
      const lines = candidates.map(({ word, about }) => `${word}${about ? `\t${oneLine(about)}` : ''}`);
      io.stdout.write([...lines, ...(files ? [':files'] : [])].map((line) => `${line}\n`).join(''));
    });
  showExamples(command, [
    'k8s-docker-tutor completion           how each shell takes it up',
    'source <(k8s-docker-tutor completion bash)',
    '                                      in the shell you are in',
  ]);
}

function demandShell(name: string): ShellName {
  const found = shells.find((each) => each === name || (each === 'powershell' && name === 'pwsh'));
  if (found) return found;
  throw new TutorError(
    `there is no completion for '${name}'`,
    `There is for ${shells.slice(0, -1).join(', ')} and ${shells.at(-1)}.`,
  );
}

/** bash hands on `--as=pod` as three words. */
function withoutBreaks(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const [place, word] of words.entries()) {
    const isBreak = word === '=' && words[place - 1]?.startsWith('--');
    if (!isBreak) joined.push(word);
    else if (place === words.length - 1) joined.push('');
  }
  return joined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
