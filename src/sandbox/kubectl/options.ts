import { parseDurationText } from '../../kubernetes/duration.ts';
import type { KubectlCommand } from '../../kubernetes/parse.ts';

/** The flags of a line, as commands ask for them. */
export class Options {
  readonly command: KubectlCommand;

  constructor(command: KubectlCommand) {
    this.command = command;
  }

  /** Words that are no flags; what stands behind `--` is not among them. */
  get args(): readonly string[] {
    return this.command.args;
  }

  /** @param flag such as `--output`. @returns the last value that was given, or `otherwise` */
  text(flag: string): string | undefined;
  text(flag: string, otherwise: string): string;
  text(flag: string, otherwise?: string): string | undefined {
    return this.all(flag).at(-1) ?? otherwise;
  }

  /** Every value that was given, in order. */
  all(flag: string): readonly string[] {
    const { globals, flags } = this.command;
    return [...globals, ...flags].filter(({ name }) => name === flag).map(({ value }) => value);
  }

  /** The parts of a list: the flag may be given several times, and hold several parts, with commas between. */
  list(flag: string): readonly string[] {
    return this.all(flag)
      .flatMap((value) => value.split(','))
      .filter((part) => part !== '');
  }

  has(flag: string): boolean {
    return this.text(flag) !== undefined;
  }

  /** Whether a switch is on. */
  on(flag: string, otherwise = false): boolean {
    const value = this.text(flag);
    return value === undefined ? otherwise : /^(1|t|true)$/i.test(value);
  }

  number(flag: string): number | undefined;
  number(flag: string, otherwise: number): number;
  number(flag: string, otherwise?: number): number | undefined {
    const value = this.text(flag);
    return value === undefined ? otherwise : Number(value.replaceAll('_', ''));
  }

  /** A duration such as `30s` in milliseconds. */
  duration(flag: string): number | undefined;
  duration(flag: string, otherwise: number): number;
  duration(flag: string, otherwise?: number): number | undefined {
    const value = this.text(flag);
    return value === undefined ? otherwise : parseDurationText(value);
  }
}
