import { type CrictlFlag, flagsOf } from './grammar.ts';

/** A line that crictl does not understand. */
export class CrictlUsage extends Error {
  override readonly name = 'CrictlUsage';
  readonly command: string;

  constructor(command: string, message: string) {
    super(message);
    this.command = command;
  }
}

/** What was typed behind a command of crictl. */
export class CrictlOptions {
  readonly command: string;
  /** What is no flag. */
  readonly args: readonly string[];
  readonly #given: ReadonlyMap<string, readonly string[]>;

  constructor(command: string, args: readonly string[], given: ReadonlyMap<string, readonly string[]>) {
    this.command = command;
    this.args = args;
    this.#given = given;
  }

  /** @param name the long one */
  has(name: string): boolean {
    return this.#given.has(name);
  }

  /** Whether a switch is on. */
  on(name: string): boolean {
    return this.#given.get(name)?.at(-1) === 'true';
  }

  /** The value of a flag, or its default. */
  text(name: string): string {
    const flag = flagsOf(this.command).find(({ names }) => names[0] === name);
    return this.#given.get(name)?.at(-1) ?? flag?.byDefault ?? '';
  }

  /** The value of a number; what is none was refused when it was read. */
  number(name: string): number {
    return Number(this.text(name));
  }

  /** All values of a flag: it may be given several times, and each time several with commas between them. */
  all(name: string): readonly string[] {
    return (this.#given.get(name) ?? []).flatMap((value) => value.split(','));
  }
}

/**
 * Reads words as crictl reads them (github.com/urfave/cli, version 2, over Go's package flag): flags end at the
 * first word that is none, short ones may stand together.
 *
 * @param command the empty name for what stands before the command
 * @throws CrictlUsage
 */
export function readOptions(command: string, words: readonly string[]): CrictlOptions {
  const flags = flagsOf(command);
  const given = new Map<string, string[]>();
  const rest = [...words];
  for (;;) {
    const word = rest[0];
    if (word === undefined || !/^-./.test(word)) break;
    rest.shift();
    if (word === '--') break;
    const [, typed = '', value] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (typed === '' || typed.startsWith('-')) throw new CrictlUsage(command, `bad flag syntax: ${word}`);
    const flag = flagNamed(flags, typed);
    if (flag) {
      take(command, given, flag, typed, value, rest);
      continue;
    }
    const together = /^-\w{2,}$/.test(word) ? [...typed] : [];
    const several = together.map((letter) => flagNamed(flags, letter));
    if (command === '' || together.length === 0 || several.includes(undefined)) {
      throw new CrictlUsage(command, `flag provided but not defined: -${typed}`);
    }
    together.forEach((letter, place) => {
      take(command, given, several[place] as CrictlFlag, letter, undefined, rest);
    });
  }
  return new CrictlOptions(command, rest, given);
}

function flagNamed(flags: readonly CrictlFlag[], name: string): CrictlFlag | undefined {
  return flags.find(({ names }) => names.includes(name));
}

function take(
  command: string,
  given: Map<string, string[]>,
  { names, takes, isList }: CrictlFlag,
  typed: string,
  behind: string | undefined,
  rest: string[],
): void {
  const [name = ''] = names;
  if (takes === 'nothing') {
    const value = booleans[behind ?? 'true'];
    if (value === undefined) {
      const what = `invalid boolean value ${JSON.stringify(behind)} for -${typed}: parse error`;
      throw new CrictlUsage(command, what);
    }
    given.set(name, [value]);
    return;
  }
  const value = behind ?? rest.shift();
  if (value === undefined) throw new CrictlUsage(command, `flag needs an argument: -${typed}`);
  if (takes === 'number' && !/^[-+]?(0x[\da-f]+|\d+)$/i.test(value)) {
    throw new CrictlUsage(command, `invalid value ${JSON.stringify(value)} for flag -${typed}: parse error`);
  }
  given.set(name, isList ? [...(given.get(name) ?? []), value] : [value]);
}

/** What Go reads as true and false (https://pkg.go.dev/strconv#ParseBool). */
const booleans: Readonly<Record<string, string>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, 'true']),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, 'false']),
]);
