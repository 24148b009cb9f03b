import { type Argument, type Command, Help } from 'commander';

const examples = new WeakMap<Command, readonly string[]>();

/** Lists examples for a command's help; they stand first in it. */
export function showExamples(command: Command, lines: readonly string[]): void {
  examples.set(command, lines);
}

/** Below this many columns beside what it explains, an explanation stands on lines of its own. */
const leastBeside = 32;
const indent = 2;

/** Puts what one wants to copy first: examples, then the options. It fits the width that it is given. */
export class ExamplesFirst extends Help {
  /** Commander leaves what is narrower than 40 columns to the terminal, which breaks words. */
  override minWidthToWrap = 12;

  override formatHelp(command: Command, helper: Help): string {
    const width = this.helpWidth ?? 80;
    const lines = examples.get(command) ?? [];
    const [usage = '', ...rest] = super.formatHelp(command, helper).split('\n');
    return [
      ...(lines.length === 0 ? [] : ['Examples:', ...fitExamples(lines, width), '']),
      ...wordsInLines(usage, width),
      ...rest,
    ].join('\n');
  }

  /** What has no explanation is for programs. */
  override visibleArguments(command: Command): Argument[] {
    return super.visibleArguments(command).filter(({ description }) => description !== '');
  }

  /** A term with its explanation beside it, or below it where there is little room. */
  override formatItem(term: string, termWidth: number, description: string, helper: Help): string {
    const width = this.helpWidth ?? 80;
    if (width - termWidth - 2 * indent >= leastBeside) {
      return super.formatItem(term, termWidth, description, helper);
    }
    const pad = ' '.repeat(indent);
    const below = this.boxWrap(description, width - 3 * indent).split('\n');
    return [pad + term, ...below.filter(Boolean).map((line) => pad.repeat(3) + line)].join('\n');
  }
}

/** Examples with what they do beside them, where all of them fit; else below each. */
function fitExamples(lines: readonly string[], width: number): string[] {
  const pad = ' '.repeat(indent);
  if (lines.every((line) => line.length + indent <= width)) return lines.map((line) => pad + line);
  return lines.flatMap((line) => {
    const [, command = '', does = ''] = /^(|\S.*?)(?:\s{2,}(.*))?$/.exec(line) ?? [];
    return [
      ...(command === '' ? [] : [pad + command]),
      ...wordsInLines(does, width - 3 * indent).map((each) => pad.repeat(3) + each),
    ];
  });
}

/** A word that is wider than a line stays whole. */
function wordsInLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The options that the program and every command take. */
export interface CommonOptions {
  readonly plain?: boolean;
  readonly ascii?: boolean;
  /** False with `--no-color`. */
  readonly color?: boolean;
  readonly debug?: boolean;
}

/** Adds the common options to the program or a command: they may stand before or after the command's name. */
export function takeCommonOptions(command: Command): void {
  command
    .option('--plain', 'linear text for screen readers and logs: ASCII, no boxes, nothing redrawn')
    .option('--ascii', 'drawings and signs in ASCII, for fonts and consoles without others')
    .option('--no-color', 'no colours (so does NO_COLOR)')
    .option('--debug', 'with a bug, print where it happened')
    .helpOption('-h, --help', 'print help');
}

/** The options of a command together with those given before its name, or before the name of one above it. */
export function optionsOf<T extends CommonOptions>(command: Command): T {
  const own = command.opts<T>();
  const all: CommonOptions[] = [own];
  for (let above = command.parent; above; above = above.parent) all.push(above.opts<CommonOptions>());
  return {
    ...own,
    plain: all.some(({ plain }) => plain === true),
    ascii: all.some(({ ascii }) => ascii === true),
    color: all.every(({ color }) => color !== false),
    debug: all.some(({ debug }) => debug === true),
  };
}
