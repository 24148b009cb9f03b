import { complain, print, type Steps, terminal } from '../../effects.ts';
import type { Program } from '../shell-context.ts';
import { foldHelp, helpOn, helpText } from './help-text.ts';

/**
 * `help` and `history`.
 *
 * @param lines that were run, the oldest first
 */
export function helpPrograms(
  shell: { commands(): readonly string[] },
  lines: readonly string[],
): Readonly<Record<string, Program>> {
  return {
    help: (words) => help(words, shell),
    history: () => history(lines),
    clear,
    less: page,
    more: page,
  };
}

function* help(words: readonly string[], shell: { commands(): readonly string[] }): Steps<number> {
  const [, word] = words;
  const text = word === undefined ? helpText(shell.commands()) : helpOn(word, shell.commands());
  if (text === undefined) {
    yield* complain(`help: there is no ${word} here\n`);
    return 1;
  }
  const { isTerminal, columns = Number.POSITIVE_INFINITY } = yield* terminal();
  yield* print(isTerminal ? foldHelp(text, columns) : text);
  return 0;
}

function* history(lines: readonly string[]): Steps<number> {
  yield* print(lines.map((line, place) => `${`${place + 1}`.padStart(5)}  ${line}\n`).join(''));
  return 0;
}

/** Empties the screen, where there is one. */
function* clear(): Steps<number> {
  if ((yield* terminal()).isTerminal) yield* print('\x1b[H\x1b[2J\x1b[3J');
  return 0;
}

/** A pager: it shows everything, and the terminal keeps what has gone by. */
function* page(words: readonly string[]): Steps<number> {
  const files = words.slice(1).filter((word) => !word.startsWith('-'));
  if (files.length === 0) yield* print((yield { kind: 'read-input' }) as string);
  for (const path of files) {
    const text = (yield { kind: 'read-file', path }) as string | undefined;
    if (text === undefined) {
      yield* complain(`${words[0]}: ${path}: No such file or directory\n`);
      return 1;
    }
    yield* print(text);
  }
  return 0;
}
