import { type Command, Help } from 'commander';

const examples = new WeakMap<Command, readonly string[]>();

/** Lists examples for a command's help; they stand first in it. */
export function showExamples(command: Command, lines: readonly string[]): void {
  examples.set(command, lines);
}

/** Puts what one wants to copy first: examples, then the options. */
export class ExamplesFirst extends Help {
  override formatHelp(command: Command, helper: Help): string {
    const lines = examples.get(command) ?? [];
    const usageAndRest = super.formatHelp(command, helper);
    return lines.length === 0
      ? usageAndRest
      : `Examples:\n${lines.map((line) => `  ${line}`).join('\n')}\n\n${usageAndRest}`;
  }
}

/** The options that the program and every command take. */
export interface CommonOptions {
  readonly plain?: boolean;
  /** False with `--no-color`. */
  readonly color?: boolean;
  readonly debug?: boolean;
}

/** Adds the common options to the program or a command: they may stand before or after the command's name. */
export function takeCommonOptions(command: Command): void {
  command
    .option('--plain', 'linear text for screen readers and logs: ASCII, no boxes, nothing redrawn')
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
    color: all.every(({ color }) => color !== false),
    debug: all.some(({ debug }) => debug === true),
  };
}
