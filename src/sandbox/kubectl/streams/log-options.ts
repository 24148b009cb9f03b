import { CommandFailure, UsageFailure } from '../failures.ts';
import type { Options } from '../options.ts';

const usage = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command`;

/** Refuses too few and too many words behind `kubectl logs`. @throws UsageFailure */
export function demandLogArguments(options: Options): void {
  const { length } = options.args;
  const hasSelector = Boolean(options.text('--selector'));
  if (length > 2 || (length === 0 && !hasSelector)) throw new UsageFailure(usage, 'kubectl logs');
  if (length === 1 && hasSelector) {
    throw new UsageFailure('only a selector (-l) or a POD name is allowed', 'kubectl logs');
  }
}

/**
 * What is asked of a container's log (k8s.io/api/core/v1, PodLogOptions).
 *
 * @throws CommandFailure when `--since-time` is no time
 */
export function logQuery(options: Options): Readonly<Record<string, string>> {
  const container = options.args[1] ?? options.text('--container');
  const sinceTime = options.text('--since-time');
  const since = options.duration('--since', 0);
  const bytes = options.number('--limit-bytes', 0);
  const tail = tailOf(options);
  return {
    ...(container ? { container } : {}),
    ...(options.on('--follow') ? { follow: 'true' } : {}),
    ...(options.on('--previous') ? { previous: 'true' } : {}),
    ...(options.on('--timestamps') ? { timestamps: 'true' } : {}),
    ...(options.on('--insecure-skip-tls-verify-backend') ? { insecureSkipTLSVerifyBackend: 'true' } : {}),
    ...(sinceTime ? { sinceTime: rfc3339(sinceTime) } : {}),
    ...(since === 0 ? {} : { sinceSeconds: String(Math.round(since / 1000)) }),
    ...(bytes === 0 ? {} : { limitBytes: String(bytes) }),
    ...(tail === undefined ? {} : { tailLines: String(tail) }),
  };
}

/** With a selector, the last ten lines are enough where nothing else is said. */
function tailOf(options: Options): number | undefined {
  const tail = options.number('--tail');
  if (tail === undefined) return options.text('--selector') ? 10 : undefined;
  return tail === -1 ? undefined : tail;
}

function rfc3339(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    return `${new Date(Date.parse(text)).toISOString().slice(0, 19)}Z`;
  }
  throw new CommandFailure(timeComplaint(text));
}

const layout: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^\d{2}/],
  [':', /^:/],
  ['04', /^\d{2}/],
  [':', /^:/],
  ['05', /^\d{2}(\.\d+)?/],
  ['Z07:00', /^(Z|[+-]\d{2}:\d{2})/],
];

/** Where a time stops to be one, as Go says it (https://pkg.go.dev/time#ParseError). */
function timeComplaint(text: string): string {
  const start = `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": `;
  let rest = text;
  for (const [name, pattern] of layout) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) return `${start}cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(name)}`;
    rest = rest.slice(found.length);
  }
  return `parsing time ${JSON.stringify(text)}: extra text: ${JSON.stringify(rest)}`;
}

/** Refuses options that do not go together, or make no sense. @throws CommandFailure */
export function refuseUnfitting(options: Options): void {
  const inline = options.args[1];
  const container = inline ?? options.text('--container');
  const since = options.duration('--since', 0);
  if (options.text('--since-time') && since !== 0) {
    throw new CommandFailure('at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  if (options.on('--all-containers') && container) {
    throw new CommandFailure(
      `--all-containers=true should not be specified with container name ${container}`,
    );
  }
  if (options.has('--container') && inline !== undefined) {
    throw new CommandFailure('only one of -c or an inline [CONTAINER] arg is allowed');
  }
  if (options.number('--limit-bytes', 0) < 0) {
    throw new CommandFailure('--limit-bytes must be greater than 0');
  }
  if (since < 0) throw new CommandFailure('--since must be greater than 0');
  if (options.number('--tail', 0) < -1) {
    throw new CommandFailure('--tail must be greater than or equal to -1');
  }
}
