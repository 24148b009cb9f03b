import { complain, type Steps } from '../../effects.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';

/** What becomes of what a deleted object owns. */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/**
 * What `--cascade` asks for; the spellings of old are warned of.
 *
 * @throws CommandFailure for a value that is none
 */
export function* readCascade(options: Options): Steps<Propagation> {
  const value = options.text('--cascade', 'background');
  const named = ({ background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const)[value];
  if (named) return named;
  const isOn = /^(1|t|true)$/i.test(value);
  if (!isOn && !/^(0|f|false)$/i.test(value)) {
    throw new CommandFailure(
      `invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`,
    );
  }
  yield* complain(
    `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${isOn ? 'background' : 'orphan'}.\n`,
  );
  return isOn ? 'Background' : 'Orphan';
}
