import { complain, print, type Steps } from '../../effects.ts';
import type { LintResult } from '../../host/build/progress.ts';
import { sourceListing } from './error-source.ts';

/**
 * What `docker build --check` found (frontend/subrequests/lint of moby/buildkit).
 *
 * @returns the exit code: 1 when there is anything
 */
export function* lintReport(result: LintResult | undefined, filename: string): Steps<number> {
  if (!result) return 1;
  const { warnings, text, failure } = result;
  if (warnings.length === 0 && !failure) {
    yield* print('Check complete, no warnings found.\n');
    return 0;
  }
  const count =
    warnings.length === 1 ? '1 warning has been found!' : `${warnings.length} warnings have been found!`;
  if (warnings.length > 0) yield* print(`Check complete, ${count}\n`);
  const sorted = [...warnings].sort((one, other) => one.location.start - other.location.start);
  for (const { rule, url, message, location } of sorted) {
    yield* print(`\nWARNING: ${rule}${url ? ` - ${url}` : ''}\n${message}\n`);
    yield* print(sourceListing({ filename, text, location }));
  }
  if (!failure) return 1;
  if (warnings.length > 0) yield* print('\n');
  const [location] = failure.locations;
  if (location)
    yield* complain(`ERROR: ${failure.message}\n${sourceListing({ filename, text, location })}\n`);
  else yield* complain(`ERROR: failed to build: failed to solve: ${failure.message}\n`);
  return 1;
}
