import { type ContainerRecord, keyOn, type ProcessRecord } from '../records.ts';
import { sizeOf, type Volume, volumeSize, volumeTable } from '../volume.ts';
import type { Kernel } from './kernel.ts';
import { processesIn } from './visible-processes.ts';

/** Bytes that a process takes. */
function memoryOf(kernel: Kernel, record: ProcessRecord): number {
  return record.exitCode === undefined ? kernel.program(record.program).memory + record.memory : 0;
}

/** Bytes that a container takes: its processes, and files that are held in memory. */
export function memoryIn(kernel: Kernel, container: ContainerRecord): number {
  let sum = filesInMemory(kernel, container);
  for (const each of processesIn(kernel.store, keyOn(container.host, container.id))) {
    sum += memoryOf(kernel, each);
  }
  return sum;
}

/** The largest process, when a container takes more memory than it may; undefined as long as it does not. */
export function overLimit(
  kernel: Kernel,
  container: ContainerRecord,
  limit: number,
): ProcessRecord | undefined {
  if (memoryIn(kernel, container) <= limit) return undefined;
  const running = processesIn(kernel.store, keyOn(container.host, container.id)).filter(
    ({ exitCode }) => exitCode === undefined,
  );
  return running.reduce<ProcessRecord | undefined>(
    (largest, each) => (largest && memoryOf(kernel, largest) >= memoryOf(kernel, each) ? largest : each),
    undefined,
  );
}

function filesInMemory(kernel: Kernel, container: ContainerRecord): number {
  const files = kernel.filesOf(container);
  let bytes = 0;
  const { changed } = files;
  for (const path in changed) {
    const node = changed[path];
    if (node?.kind === 'file' && path.startsWith('/dev/shm/')) bytes += sizeOf(node);
  }
  if (!hasVolumesInMemory(kernel)) return bytes;
  for (const { volume } of container.spec.mounts) {
    const found = files.volume(files.volumeKey(volume));
    if (found.memory) bytes += volumeSize(found);
  }
  return bytes;
}

/** Whether any volume is held in memory: few are, and this is asked after every step of every process. */
function hasVolumesInMemory({ store }: Kernel): boolean {
  return store.index(volumeTable, 'memory', placeInMemory).count('memory') > 0;
}

function placeInMemory({ memory }: Volume): readonly string[] {
  return memory ? inMemory : none;
}

const inMemory: readonly string[] = ['memory'];
const none: readonly string[] = [];
