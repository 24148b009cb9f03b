import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';

/**
 * The line is not one that the command takes: its help is named below (k8s.io/kubectl/pkg/cmd/util,
 * UsageErrorf).
 */
export function usageFailure({ command }: Options, message: string): CommandFailure {
  return new CommandFailure(`${message}\nSee '${command.command} -h' for help and examples`);
}

/** Demands flags as cobra does. @throws CommandFailure that names those that are missing */
export function demandFlags(options: Options, ...flags: readonly string[]): void {
  const missing = flags.filter((flag) => !options.has(flag));
  if (missing.length === 0) return;
  const names = missing.map((flag) => `"${flag.slice(2)}"`).join(', ');
  throw new CommandFailure(`required flag(s) ${names} not set`);
}

/** The one name that a command takes before `--`. @throws CommandFailure */
export function onlyName({ options }: KubectlContext): string {
  const [name = ''] = options.args;
  if (options.args.length !== 1)
    throw usageFailure(options, `exactly one NAME is required, got ${options.args.length}`);
  return name;
}
