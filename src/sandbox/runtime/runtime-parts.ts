import type { Simulation } from '../simulation.ts';
import type { Store } from '../store.ts';
import { containerFiles } from './container-image.ts';
import { RuntimeError } from './container-runtime.ts';
import type { ContainerFiles } from './files/container-files.ts';
import { ProcessFiles } from './files/process-files.ts';
import type { HostFacts } from './files/virtual-container.ts';
import { usualHost } from './files/virtual-files.ts';
import { HostImages } from './host-images.ts';
import { LogStore } from './log-store.ts';
import type { NetworkWays } from './network-ways.ts';
import { Kernel } from './processes/kernel.ts';
import { LoadMeter } from './processes/load.ts';
import { NetworkView } from './processes/network-view.ts';
import { Pipes } from './processes/pipes.ts';
import { keyOf } from './processes/process-key.ts';
import { userOf } from './processes/user.ts';
import { processesIn } from './processes/visible-processes.ts';
import { programNamed } from './programs/all-programs.ts';
import { type ContainerRecord, type Descriptors, keyOn, type ProcessRecord, tables } from './records.ts';

/** What the runtime is made of, and what its parts ask of one another. */
export class RuntimeParts {
  readonly store: Store;
  readonly images: HostImages;
  readonly logs: LogStore;
  readonly pipes: Pipes;
  readonly load: LoadMeter;
  readonly kernel: Kernel;
  /** How networks reach one another; without it there is nothing beyond a container's own. */
  ways: NetworkWays | undefined;
  facts: (host: string) => HostFacts = () => usualHost;

  constructor(simulation: Simulation) {
    this.store = simulation.store;
    this.images = new HostImages(this.store);
    this.logs = new LogStore(this.store);
    this.pipes = new Pipes(this.store, this.logs);
    this.load = new LoadMeter(this.store);
    const hostsFile = (container: ContainerRecord) => {
      const node = this.filesOf(container).get('/etc/hosts');
      return node?.kind === 'file' ? node.content : '';
    };
    this.kernel = new Kernel({
      simulation,
      logs: this.logs,
      pipes: this.pipes,
      load: this.load,
      network: new NetworkView(() => this.ways, hostsFile),
      filesOf: (container) => this.filesOf(container),
      program: programNamed,
      memoryLimit: ({ host, spec }) => spec.memoryLimit ?? this.facts(host).memoryBytes,
    });
  }

  filesOf(container: ContainerRecord): ContainerFiles {
    return containerFiles(this.store, container, this.facts);
  }

  processFiles(container: ContainerRecord, owner: string, cwd: string): ProcessFiles {
    return new ProcessFiles(this.filesOf(container), userOf(owner, container), cwd);
  }

  /** @throws RuntimeError when there is no such container */
  demand(host: string, id: string): ContainerRecord {
    const container = this.kernel.container(host, id);
    if (!container) throw new RuntimeError('not-found', `No such container: ${id}`);
    return container;
  }

  process(host: string, processId: string): ProcessRecord | undefined {
    return this.store.read(tables.processes, keyOn(host, processId)) as ProcessRecord | undefined;
  }

  first(container: ContainerRecord): ProcessRecord | undefined {
    const processes = processesIn(this.store, keyOn(container.host, container.id));
    return processes.find(({ hostPid, exitCode }) => hostPid === container.pid && exitCode === undefined);
  }

  input(container: ContainerRecord, tty: boolean, log: string): string {
    const terminal = tty ? { terminal: { line: '', log } } : {};
    return this.pipes.make(container, { text: '', isTyped: true, ...terminal });
  }

  /** Forgets a process; one that runs is killed. */
  forget(host: string, processId: string): void {
    const record = this.process(host, processId);
    if (!record) return;
    if (record.exitCode === undefined) this.kernel.signal(record, 'KILL');
    this.store.delete(tables.processes, keyOf(record));
    this.logs.remove(keyOf(record));
  }
}

/** The first descriptors of a process: what is typed, and its log. */
export function descriptors(input: string | undefined, key: string, tty: boolean): Descriptors {
  return {
    0: input === undefined ? { kind: 'null' } : { kind: 'pipe', id: input, end: 'read' },
    1: { kind: 'log', key, stream: 'stdout', tty },
    2: { kind: 'log', key, stream: tty ? 'stdout' : 'stderr', tty },
  };
}
