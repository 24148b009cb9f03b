import { baseOf } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';

/** What the flags of a command line say. */
export interface Options {
  /** How often each letter was given. */
  readonly flags: Readonly<Record<string, number>>;
  /** The last value of each letter that takes one. */
  readonly values: Readonly<Record<string, string>>;
  /** All values of each letter, in order. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly rest: readonly string[];
}

/** Thrown when a command line is wrong: the message has been made ready, and the code. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads flags as getopt does: letters together, values behind them or in the next word, up to `--`.
 *
 * @param letters as getopt has them: `n:` takes a value; with `+` before them the first operand ends them
 * @param long names behind `--`, and the letter that each stands for
 * @param seen what a word is read as, where it only looks like a flag
 * @throws UsageError in the words of busybox or GNU
 */
export function readOptions(
  call: ProcessCall,
  letters: string,
  long: Readonly<Record<string, string>> = {},
  seen: (word: string) => string = (word) => word,
): Options {
  const flags: Record<string, number> = {};
  const lists: Record<string, string[]> = {};
  const rest: string[] = [];
  const args = call.args.map(seen);
  const take = (letter: string, value: string | undefined, name: string) => {
    if (value === undefined)
      throw new UsageError(complaint(call, `option requires an argument -- '${name}'`));
    lists[letter] = [...(lists[letter] ?? []), value];
  };
  for (let place = 0; place < args.length; place++) {
    const word = args[place] ?? '';
    if (word === '--') {
      rest.push(...args.slice(place + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', value] = splitAt(word.slice(2), '=');
      const letter = long[name];
      if (letter === undefined)
        throw new UsageError(
          complaint(call, `unrecognized option '${word}'`, `unrecognized option '--${name}'`),
        );
      if (letters.includes(`${letter}:`)) take(letter, value ?? args[++place], name);
      else flags[letter] = (flags[letter] ?? 0) + 1;
      continue;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      if (!letters.startsWith('+')) continue;
      rest.push(...args.slice(place + 1));
      break;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? '';
      const known = letters.indexOf(letter);
      if (known < 0 || letter === ':' || letter === '+')
        throw new UsageError(complaint(call, `invalid option -- '${letter}'`));
      if (letters[known + 1] !== ':') {
        flags[letter] = (flags[letter] ?? 0) + 1;
        continue;
      }
      const behind = word.slice(at + 1);
      take(letter, behind === '' ? args[++place] : behind, letter);
      break;
    }
  }
  const values = Object.fromEntries(
    Object.entries(lists).map(([letter, list]) => [letter, list.at(-1) ?? '']),
  );
  return { flags, values, lists, rest };
}

/** The name a tool goes by in its messages. */
export function nameOf(call: ProcessCall): string {
  return baseOf(call.argv[0] ?? '');
}

/** A complaint about a command line, as the tool of the family says it. */
export function complaint(call: ProcessCall, gnu: string, busybox = gnu): string {
  const name = nameOf(call);
  return call.isBusybox
    ? `${name}: ${busybox}\n`
    : `${name}: ${gnu}\nTry '${name} --help' for more information.\n`;
}

function splitAt(text: string, separator: string): readonly [string, string?] {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}
