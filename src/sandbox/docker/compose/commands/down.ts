import type { Steps } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { composeOf } from '../compose.ts';
import { numberFlag, saysYes } from '../flags.ts';
import { projectOrName } from '../project/load-project.ts';
import { downProject } from '../running/down.ts';

/** `docker compose down` (cmd/compose/down.go). */
export function* runDown(context: DockerContext): Steps<number> {
  const { flags, args: services, surroundings } = context;
  const compose = composeOf(context);
  const images = flags.text('--rmi');
  if (images !== '' && images !== 'all' && images !== 'local')
    throw new CommandFailure(`invalid value for --rmi: ${JSON.stringify(images)}`);
  const { project, name } = yield* projectOrName(context, services);
  const removeOrphans = flags.has('--remove-orphans')
    ? flags.on('--remove-orphans')
    : saysYes(surroundings.env.COMPOSE_REMOVE_ORPHANS);
  const options = {
    services,
    removeOrphans,
    volumes: flags.on('--volumes'),
    images,
    timeout: numberFlag(context, '--timeout'),
  } as const;
  yield* compose.progress.during('down', downProject(compose, name, project, options));
  return 0;
}
