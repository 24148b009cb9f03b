import { complain, now, type Steps } from '../../effects.ts';
import { CommandFailure } from '../failures.ts';
import { logLine } from '../log-line.ts';
import type { Options } from '../options.ts';

/** Whether a change is made, shown only, or tried by the server without keeping it. */
export type DryRun = 'none' | 'client' | 'server';

/**
 * What `--dry-run` asks for; the spellings of old are warned of.
 *
 * @throws CommandFailure for a value that is none
 */
export function* readDryRun(options: Options): Steps<DryRun> {
  const value = options.text('--dry-run', 'none');
  if (value === 'none' || value === 'client' || value === 'server') return value;
  if (value === 'unchanged') {
    yield* logWarning('helpers.go:719', '--dry-run is deprecated and can be replaced with --dry-run=client.');
    return 'client';
  }
  const isOn = /^(1|t|true)$/i.test(value);
  if (!isOn && !/^(0|f|false)$/i.test(value)) {
    throw new CommandFailure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }
  const instead = isOn ? 'client' : 'none';
  yield* logWarning(
    isOn ? 'helpers.go:733' : 'helpers.go:736',
    `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=${instead}.`,
  );
  return instead;
}

function* logWarning(place: string, text: string): Steps<void> {
  yield* complain(logLine('W', yield* now(), place, text));
}

/** What stands behind an operation in messages: ` (dry run)`. */
export function dryRunNote(dryRun: DryRun): string {
  return { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
}
