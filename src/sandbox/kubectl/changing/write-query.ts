import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { DryRun } from './dry-run.ts';

/** How strictly the server looks at fields that it does not know. */
export type Validation = 'Strict' | 'Warn' | 'Ignore';

/** What `--validate` asks for. @throws CommandFailure for a value that is none */
export function readValidation(options: Options): Validation {
  const value = options.text('--validate', 'strict');
  if (/^(strict|1|t|true)$/i.test(value) && value !== 'STRICT') return 'Strict';
  if (value === 'warn') return 'Warn';
  if (value === 'ignore' || /^(0|f|false)$/i.test(value)) return 'Ignore';
  throw new CommandFailure(
    `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** What is asked of a write beside the object itself. */
export interface WriteManner {
  readonly dryRun?: DryRun;
  /** Who owns the fields that are written, such as `kubectl-create`. */
  readonly manager?: string;
  readonly validation?: Validation;
}

/** The query of a write. */
export function writeQuery({ dryRun, manager, validation }: WriteManner): Record<string, string> {
  return {
    ...(dryRun === 'server' ? { dryRun: 'All' } : {}),
    ...(manager ? { fieldManager: manager } : {}),
    ...(validation ? { fieldValidation: validation } : {}),
  };
}

/** Who `--field-manager` says writes. */
export function fieldManager(options: Options, otherwise: string): string {
  return options.text('--field-manager') || otherwise;
}
