import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { removeEndpoints } from '../../networks/endpoints.ts';
import { removeAnonymous } from '../../volumes/volume-store.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, containerTable } from '../container-record.ts';
import { forgetMounts } from '../create/mount-sources.ts';
import { forgetExecs } from '../streams/exec-record.ts';

/** Removes a container that does not run, with all that is in it. @param withVolumes its anonymous ones too */
export function removeContainer(
  parts: ContainerParts,
  container: ContainerRecord,
  { withVolumes }: { readonly withVolumes: boolean },
): void {
  const { id, mounts } = container;
  // Its log goes with it: those who follow it get the last of it now.
  parts.readers.drain(id);
  forgetExecs(parts, id);
  removeEndpoints(parts, id);
  parts.runtime.remove(laptopHost, id);
  parts.store.delete(containerTable, id);
  forgetMounts(parts, container);
  const volumes = mounts.filter(({ isAnonymous }) => isAnonymous).map(({ name = '' }) => name);
  if (withVolumes) removeAnonymous(parts, volumes);
  tell(parts, container, 'destroy');
}
