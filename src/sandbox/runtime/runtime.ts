import { resolvePull } from '../images/registry.ts';
import type { Simulation } from '../simulation.ts';
import type {
  Container,
  ContainerRuntime,
  ContainerSpec,
  Credentials,
  ExecSpec,
  HostImage,
  HttpRequest,
  HttpResponse,
  Image,
  LogLine,
  LogPart,
  ProcessView,
  Pull,
  Usage,
} from './container-runtime.ts';
import { Containers } from './containers.ts';
import { ExecProcesses } from './exec-processes.ts';
import type { FileChange } from './file-tree.ts';
import type { ContainerFiles } from './files/container-files.ts';
import type { HostFacts } from './files/virtual-container.ts';
import type { NetworkWays } from './network-ways.ts';
import { memoryIn } from './processes/memory.ts';
import { processesIn } from './processes/visible-processes.ts';
import { keyOn, tables } from './records.ts';
import { RuntimeParts } from './runtime-parts.ts';

/** Containers of all hosts, and what runs in them. */
export class Runtime implements ContainerRuntime {
  readonly #parts: RuntimeParts;
  readonly #containers: Containers;
  readonly #processes: ExecProcesses;

  /** Puts its controller to work in the simulation. */
  constructor(simulation: Simulation) {
    this.#parts = new RuntimeParts(simulation);
    this.#containers = new Containers(this.#parts);
    this.#processes = new ExecProcesses(this.#parts);
    simulation.add(this.#parts.kernel);
  }

  /** Says how networks reach one another; before that there is nothing beyond a container's own. */
  connect(ways: NetworkWays): void {
    this.#parts.ways = ways;
  }

  /** Says what hosts are; before that they are all alike. */
  describeHosts(facts: (host: string) => HostFacts): void {
    this.#parts.facts = facts;
  }

  images(host: string): readonly HostImage[] {
    return this.#parts.images.list(host);
  }

  findImage(host: string, reference: string): HostImage | undefined {
    return this.#parts.images.find(host, reference);
  }

  resolvePull(_host: string, reference: string, credentials?: Credentials): Pull {
    return resolvePull(this.#parts.store, reference, credentials);
  }

  keepImage(host: string, reference: string, image: Image): void {
    this.#parts.images.keep(host, reference, image);
  }

  removeImage(host: string, reference: string): void {
    this.#parts.images.remove(host, reference);
  }

  create(host: string, spec: ContainerSpec): string {
    return this.#containers.create(host, spec);
  }

  revise(host: string, id: string, spec: ContainerSpec): void {
    this.#containers.revise(host, id, spec);
  }

  start(host: string, id: string): void {
    this.#containers.start(host, id);
  }

  stop(host: string, id: string, graceMs: number): void {
    this.#containers.stop(host, id, graceMs);
  }

  kill(host: string, id: string, signal: string): void {
    this.#containers.kill(host, id, signal);
  }

  pause(host: string, id: string): void {
    this.#containers.pause(host, id);
  }

  unpause(host: string, id: string): void {
    this.#containers.unpause(host, id);
  }

  remove(host: string, id: string): void {
    this.#containers.remove(host, id);
  }

  container(host: string, id: string): Container | undefined {
    return this.#parts.kernel.container(host, id);
  }

  containers(host: string): readonly Container[] {
    const hostOf = (container: Container) => [container.host];
    return this.#parts.store.index(tables.containers, 'host', hostOf).entries(host) as readonly Container[];
  }

  exec(host: string, id: string, spec: ExecSpec): string {
    return this.#processes.exec(host, id, spec);
  }

  process(host: string, processId: string): ProcessView | undefined {
    return this.#processes.process(host, processId);
  }

  processes(host: string, id: string): readonly ProcessView[] {
    return this.#processes.processes(host, id);
  }

  write(host: string, processId: string, text: string): void {
    this.#processes.write(host, processId, text);
  }

  closeInput(host: string, processId: string): void {
    this.#processes.closeInput(host, processId);
  }

  signal(host: string, processId: string, signal: string): void {
    this.#processes.signal(host, processId, signal);
  }

  forget(host: string, processId: string): void {
    this.#parts.forget(host, processId);
  }

  logs(host: string, id: string): readonly LogLine[] {
    return this.#parts.logs.read(keyOn(host, id));
  }

  logsAfter(host: string, id: string, place: number): LogPart {
    const key = keyOn(host, id);
    return { pieces: this.#parts.logs.pieces(key, place), place: this.#parts.logs.end(key) };
  }

  usage(host: string, id: string): Usage {
    const container = this.#parts.kernel.container(host, id);
    if (!container || container.state === 'exited' || container.state === 'created')
      return { cpuMilli: 0, memoryBytes: 0 };
    const busy = processesIn(this.#parts.store, keyOn(host, id)).filter((each) => each.busy > 0).length;
    const wanted = busy * 1000 + this.#parts.load.rate(host, id);
    const cpuMilli =
      container.state === 'paused' ? 0 : Math.min(wanted, container.spec.cpuLimitMilli ?? wanted);
    return {
      cpuMilli: Math.round(cpuMilli * 1000) / 1000,
      memoryBytes: memoryIn(this.#parts.kernel, container),
    };
  }

  files(host: string, id: string): ContainerFiles {
    return this.#parts.filesOf(this.#parts.demand(host, id));
  }

  writeFile(host: string, id: string, path: string, content: string): void {
    this.#parts.processFiles(this.#parts.demand(host, id), '0:0', '/').write(path, content);
  }

  changes(host: string, id: string): readonly FileChange[] {
    const files = this.#parts.filesOf(this.#parts.demand(host, id));
    return Object.entries(files.changed)
      .map(([path, node]): FileChange => {
        const kind = node === null ? 'deleted' : files.imageNode(path) ? 'changed' : 'added';
        return { kind, path };
      })
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  listens(network: string, port: number, loopback = false): boolean {
    return this.#parts.kernel.servers.listens({ network, port, loopback });
  }

  /** Whether whoever listens there is paused: connections are taken, and nothing answers. */
  isFrozen(network: string, port: number, loopback = false): boolean {
    return this.#parts.kernel.servers.isFrozen({ network, port, loopback });
  }

  ask(
    network: string,
    port: number,
    request: HttpRequest,
    from: string,
    loopback = false,
  ): HttpResponse | undefined {
    return this.#parts.kernel.servers.ask({ network, port, loopback }, request, from);
  }
}
