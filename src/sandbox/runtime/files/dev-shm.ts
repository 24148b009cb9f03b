import type { ContainerSpec } from '../container-runtime.ts';
import type { FileChanges } from '../records.ts';
import { sizeOf } from '../volume.ts';
import { isWithin } from './paths.ts';

const usualBytes = 64 * 2 ** 20;

/** How much fits into a container's own `/dev/shm`; 0 where it has none. */
export function sharedMemorySize({ confinement }: ContainerSpec): number {
  return confinement?.shmBytes ?? usualBytes;
}

/** Bytes of the files in it. @param except one that is about to be replaced */
export function sharedMemoryUsed(changed: FileChanges, except?: string): number {
  const files = Object.entries(changed).filter(([path]) => isWithin(path, '/dev/shm') && path !== except);
  return files.reduce((sum, [, each]) => sum + (each?.kind === 'file' ? sizeOf(each) : 0), 0);
}
