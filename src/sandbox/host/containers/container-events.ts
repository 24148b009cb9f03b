import type { EngineParts } from '../engine/engine-parts.ts';
import { recordEvent } from '../events.ts';
import type { ContainerRecord } from './container-record.ts';

/**
 * Tells `docker events` of something that happened to a container: with its image, its name and its labels
 * (daemon/events.go of github.com/moby/moby).
 */
export function tell(
  { store }: Pick<EngineParts, 'store'>,
  { id, name, config }: ContainerRecord,
  action: string,
  attributes: Readonly<Record<string, string>> = {},
): void {
  const all = { ...config.Labels, ...attributes, image: config.Image, name: name.slice(1) };
  const sorted = Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
  recordEvent(store, 'container', action, id, Object.fromEntries(sorted));
}
