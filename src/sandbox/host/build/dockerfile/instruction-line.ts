import type { LineRange } from './dockerfile-error.ts';

/** Text that stands below an instruction, up to a line with its word alone. */
export interface Heredoc {
  readonly word: string;
  /** Whether variables in it are replaced: not when its word was quoted. */
  readonly expands: boolean;
  /** `<<-`: tabs at the beginning of its lines are no part of it. */
  readonly chomps: boolean;
  readonly content: string;
}

/** An instruction as it was written, before anybody asks what it means. */
export interface InstructionLine {
  /** Its first word, as it was typed. */
  readonly command: string;
  /** The whole of it, its continued lines joined. */
  readonly original: string;
  /** `--from=build` and the like. */
  readonly flags: readonly string[];
  /** What follows, parted as this instruction parts it. */
  readonly args: readonly string[];
  /** Whether they were given as a list in JSON. */
  readonly isJson: boolean;
  readonly heredocs: readonly Heredoc[];
  readonly location: LineRange;
  /** Comments that stand right above. */
  readonly comments: readonly string[];
}
