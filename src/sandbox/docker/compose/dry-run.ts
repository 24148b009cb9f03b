import type { DockerContext, RunCommand } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { globalText } from './flags.ts';

/** Commands that say so where they are only to be tried: nothing would be told of that truly. */
export function refusingDryRun(
  commands: Readonly<Record<string, RunCommand>>,
): Readonly<Record<string, RunCommand>> {
  return Object.fromEntries(
    Object.entries(commands).map(([name, run]): [string, RunCommand] => [
      name,
      (context) => {
        if (context.flags.on('--dry-run') || globalText(context, '--dry-run') === 'true')
          throw new CommandFailure(`docker ${name} --dry-run is not simulated here`);
        if (globalText(context, '--compatibility') === 'true')
          throw new CommandFailure('docker compose --compatibility is not simulated here');
        demandLimit(context);
        return run(context);
      },
    ]),
  );
}

/** How much happens at once changes nothing here but how long it takes; still it has to be a number. */
function demandLimit(context: DockerContext): void {
  const limit = context.surroundings.env.COMPOSE_PARALLEL_LIMIT;
  if (limit === undefined || globalText(context, '--parallel') !== undefined) return;
  if (!/^[+-]?\d+$/.test(limit))
    throw new CommandFailure(`COMPOSE_PARALLEL_LIMIT must be an integer (found: ${JSON.stringify(limit)})`);
}
