import type { LineRange } from '../dockerfile/dockerfile-error.ts';
import { CopyError } from '../files/copy-files.ts';
import type { Vertex } from '../plan/plan.ts';
import { CommandError } from './run-command.ts';

/** A step that failed. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  /** What stands before it where the build as a whole has failed. */
  readonly prefix: string;

  /** The lines of the Dockerfile that it is about. */
  readonly location: LineRange | undefined;

  constructor(message: string, prefix = '', location?: LineRange) {
    super(message);
    this.prefix = prefix;
    this.location = location;
  }

  /** The same of a step. */
  at({ location }: Vertex): StepFailure {
    return new StepFailure(this.message, this.prefix, location);
  }
}

/** What a step that throws this failed of; undefined for what is no failure of a step. */
export function failureOf(error: unknown): StepFailure | undefined {
  if (error instanceof StepFailure) return error;
  if (error instanceof CopyError || error instanceof CommandError) return new StepFailure(error.message);
  return undefined;
}
