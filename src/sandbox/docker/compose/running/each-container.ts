import type { Steps } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { containersOf, type Listed, type OneOff, serviceOf } from '../containers.ts';
import { projectOrName } from '../project/load-project.ts';

/** The containers that a line means, and the name of their project. */
export interface Chosen {
  readonly name: string;
  readonly containers: readonly Listed[];
}

/**
 * The containers of the services that a line names, or of all.
 *
 * @throws CommandFailure
 */
export function* chosenContainers(
  context: DockerContext,
  oneOff: OneOff,
  isAll: boolean,
  services: readonly string[] = context.args,
): Steps<Chosen> {
  const { project, name: given } = yield* projectOrName(context, services);
  const name = given.toLowerCase();
  const found = yield* containersOf(name, oneOff, isAll, services);
  const containers = project ? found.filter((each) => project.services.has(serviceOf(each))) : found;
  return { name, containers };
}
