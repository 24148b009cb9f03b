import type { Simulation } from '../../simulation.ts';
import type { ContainerFiles } from '../files/container-files.ts';
import type { LogStore } from '../log-store.ts';
import type { Program } from '../program.ts';
import type { ContainerRecord } from '../records.ts';
import type { LoadMeter } from './load.ts';
import type { NetworkView } from './network-view.ts';
import type { Pipes } from './pipes.ts';

/** What the kernel needs of the rest of the runtime. */
export interface KernelParts {
  readonly simulation: Simulation;
  readonly logs: LogStore;
  readonly pipes: Pipes;
  readonly load: LoadMeter;
  readonly network: NetworkView;
  filesOf(container: ContainerRecord): ContainerFiles;
  /** @param name as an executable says it, such as `nginx` or `busybox ls` */
  program(name: string): Program;
  /** Bytes that a container may take. */
  memoryLimit(container: ContainerRecord): number;
}
