import type { Store } from '../../store.ts';
import type { ContainerSpec } from '../container-runtime.ts';
import type { FileTree } from '../file-tree.ts';
import type { ContainerRecord, FileChanges } from '../records.ts';
import type { Volume } from '../volume.ts';

/** Whose view of the kernel it is. */
export interface VirtualContainer {
  readonly store: Store;
  readonly key: string;
  readonly spec: ContainerSpec;
  readonly facts: HostFacts;
  readonly changed: FileChanges;
  volume(key: string): Volume;
  volumeKey(name: string): string;
  /** The path without links on the way, or what is wrong with it. */
  resolve(path: string, follow: boolean): string;
  /** The files of another container of the same runtime. */
  filesElsewhere(container: ContainerRecord): FileTree | undefined;
}

/** What of a host shows inside its containers. */
export interface HostFacts {
  readonly memoryBytes: number;
  readonly cpus: number;
  /** Milliseconds since 1970. */
  readonly bootedAt: number;
  /** What is on its disk, where it has one that can be full. */
  readonly disk?: HostDisk;
}

/** The disk of a host. */
export interface HostDisk {
  /** Bytes. */
  readonly size: number;
  used(store: Store): number;
}
