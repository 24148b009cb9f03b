import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { allContainers, type ContainerRecord, containerRecord } from './container-record.ts';

/**
 * A container by its id, its name or the beginning of its id, in this order (`GetContainer` of daemon/container.go
 * in github.com/moby/moby).
 *
 * @throws EngineError when there is none, or more than one
 */
export function findContainer(parts: Pick<EngineParts, 'store'>, term: string): ContainerRecord {
  if (term === '') throw new EngineError(400, 'invalid name or ID supplied: ""');
  const exact = containerRecord(parts, term) ?? containerNamed(parts, term);
  if (exact) return exact;
  const [first, second] = allContainers(parts).filter(({ id }) => id.startsWith(term));
  if (!first) throw new EngineError(404, `No such container: ${term}`);
  if (second) throw new EngineError(400, `multiple IDs found with provided prefix: ${term}`);
  return first;
}

/** A container by its whole name, with or without the slash. */
export function containerNamed(parts: Pick<EngineParts, 'store'>, name: string): ContainerRecord | undefined {
  const whole = name.startsWith('/') ? name : `/${name}`;
  return allContainers(parts).find((each) => each.name === whole);
}

/** @throws EngineError when it does not run */
export function demandRunning(container: ContainerRecord): void {
  if (!container.state.running) throw new EngineError(409, `container ${container.id} is not running`);
}

/** @throws EngineError when it is about to start again */
export function demandNotRestarting({ id, state }: ContainerRecord): void {
  if (!state.restarting) return;
  throw new EngineError(409, `Container ${id} is restarting, wait until the container is running`);
}
