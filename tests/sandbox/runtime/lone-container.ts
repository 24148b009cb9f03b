import type { ContainerSpec, LogLine } from '../../../src/sandbox/runtime/container-runtime.ts';
import type { Way } from '../../../src/sandbox/runtime/network-ways.ts';
import { Runtime } from '../../../src/sandbox/runtime/runtime.ts';
import { Simulation } from '../../../src/sandbox/simulation.ts';
import { Store } from '../../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../../src/sandbox/world.ts';

/** The host that all containers of these tests are on. */
export const host = 'worker-1';
/** When the worlds of these tests begin. */
export const begin = Date.parse('2026-11-20T08:00:00Z');

/** A host with a runtime, and nothing else. */
export class Lab {
  readonly simulation: Simulation;
  readonly runtime: Runtime;

  constructor(world: World = emptyWorld(begin, 7)) {
    this.simulation = new Simulation(new Store(world));
    this.runtime = new Runtime(this.simulation);
    this.runtime.connect({
      resolve: (_, name) => this.names[name] ?? [],
      reach: (_, address, port) => this.ways[`${address}:${port}`] ?? { failure: 'no-route' },
      addressOf: (network) => `10.244.1.${network.length}`,
    });
  }

  /** What the network knows. */
  readonly names: Record<string, readonly string[]> = {};
  readonly ways: Record<string, Way> = {};

  /** Pulls an image at once. */
  pull(reference: string): void {
    const pull = this.runtime.resolvePull(host, reference);
    if (!('image' in pull)) throw new Error(pull.message);
    this.runtime.keepImage(host, reference, pull.image);
  }

  /** A container that is made but not started. */
  create(image: string, argv: readonly string[] | undefined, more: Partial<ContainerSpec> = {}): string {
    this.pull(image);
    const config = this.runtime.findImage(host, image)?.image.config ?? {};
    return this.runtime.create(host, {
      name: 'web',
      image,
      argv: argv ?? [...(config.entrypoint ?? []), ...(config.cmd ?? [])],
      env: config.env ?? [],
      workingDir: config.workingDir ?? '',
      user: config.user ?? '',
      hostname: 'web',
      network: 'web',
      mounts: [],
      readOnlyRoot: false,
      tty: false,
      stdin: false,
      stopSignal: config.stopSignal ?? 'SIGTERM',
      sharePids: false,
      labels: {},
      hostFiles: {
        '/etc/hostname': 'web\n',
        '/etc/hosts': '127.0.0.1\tlocalhost\n',
        '/etc/resolv.conf': 'search shop.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\n',
      },
      ...more,
    });
  }

  /** A container that runs. */
  start(image: string, argv?: readonly string[], more: Partial<ContainerSpec> = {}): string {
    const id = this.create(image, argv, more);
    this.runtime.start(host, id);
    this.simulation.settle();
    return id;
  }

  /** A container that runs `sh -c`. */
  script(text: string, more: Partial<ContainerSpec> = {}, image = 'busybox:1.36'): string {
    return this.start(image, ['sh', '-c', text], more);
  }

  advance(milliseconds: number): void {
    this.simulation.advance(milliseconds);
  }

  log(id: string): string {
    return textOf(this.runtime.logs(host, id));
  }

  exitCode(id: string): number | undefined {
    return this.runtime.container(host, id)?.exitCode;
  }

  /** Runs a command in a container to its end: what it wrote, and its code where that is not 0. */
  exec(id: string, argv: readonly string[]): string {
    const process = this.runtime.exec(host, id, { argv, tty: false, stdin: false });
    const ended = () => this.runtime.process(host, process)?.state === 'exited';
    if (!this.simulation.advance(60_000, ended)) throw new Error(`${argv.join(' ')} does not end`);
    const view = this.runtime.process(host, process);
    this.runtime.forget(host, process);
    return `${textOf(view?.output ?? [])}${view?.exitCode === 0 ? '' : `[${view?.exitCode}]\n`}`;
  }
}

/** The text of some lines. */
export function textOf(lines: readonly LogLine[]): string {
  return lines.map(({ text }) => text).join('');
}
