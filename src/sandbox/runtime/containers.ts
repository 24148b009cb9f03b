import { newContainerId } from './container-id.ts';
import { layersOf } from './container-image.ts';
import { type ContainerSpec, RuntimeError } from './container-runtime.ts';
import { environmentOf, findProgram, makeWorkingFolder, ownerOf } from './container-start.ts';
import { nextPid, pidCounter } from './processes/process-ids.ts';
import { processesIn } from './processes/visible-processes.ts';
import { signalName } from './program.ts';
import { type ContainerRecord, keyOn, tables } from './records.ts';
import { descriptors, type RuntimeParts } from './runtime-parts.ts';

/** What `--init` puts before a command: the engine mounts it, the image does not have it. */
const dockerInit = '/sbin/docker-init';

/** Makes, starts, stops and removes containers. */
export class Containers {
  readonly #parts: RuntimeParts;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  create(host: string, spec: ContainerSpec): string {
    const image = this.#parts.images.find(host, spec.image);
    if (!image) throw new RuntimeError('no-image', `No such image: ${spec.image}`);
    const id = newContainerId(this.#parts.store);
    const draft: ContainerRecord = {
      id,
      host,
      spec,
      imageId: image.image.id,
      layers: layersOf(image.image),
      state: 'created',
      createdAt: this.#parts.store.now,
      oomKilled: false,
      pid: 0,
      owner: '0:0',
      // A field that comes later makes the copy slow that brings it.
      startedAt: undefined,
    };
    const owner = ownerOf(this.#parts.filesOf(draft), spec.user);
    this.#parts.store.write(tables.containers, keyOn(host, id), { ...draft, owner });
    return id;
  }

  /** Describes a container anew; its files stay. @throws RuntimeError when there is no such user */
  revise(host: string, id: string, spec: ContainerSpec): void {
    const container = this.#parts.demand(host, id);
    const next = { ...container, spec };
    const owner = ownerOf(this.#parts.filesOf(next), spec.user);
    this.#parts.store.write(tables.containers, keyOn(host, id), { ...next, owner });
  }

  start(host: string, id: string): void {
    const container = this.#parts.demand(host, id);
    if (container.state === 'running' || container.state === 'paused') return;
    const { spec, owner } = container;
    if (container.startedAt !== undefined) this.#forgetProcesses(container);
    const files = this.#parts.filesOf(container);
    makeWorkingFolder(files, this.#parts.store, spec.workingDir || '/');
    const env = environmentOf(files, spec, owner, spec.tty);
    const rest = container.finishedAt === undefined ? container : withoutEnd(container);
    let executable: ReturnType<typeof findProgram>;
    try {
      executable =
        spec.argv[0] === dockerInit
          ? { program: 'docker-init', argv: spec.argv }
          : findProgram(this.#parts.processFiles(container, owner, '/'), spec.argv, env.PATH, 'start');
    } catch (error) {
      const isMissing = error instanceof RuntimeError && !error.message.endsWith('permission denied');
      const failed = {
        state: 'exited',
        exitCode: isMissing ? 127 : 126,
        finishedAt: this.#parts.store.now,
      } as const;
      this.#parts.store.write(tables.containers, keyOn(host, id), { ...rest, ...failed });
      throw error;
    }
    const { pid, hostPid } = nextPid(this.#parts.store, container);
    const startedAt = this.#parts.store.now;
    this.#parts.store.write(tables.containers, keyOn(host, id), {
      ...rest,
      state: 'running',
      startedAt,
      oomKilled: false,
      pid: hostPid,
    });
    const input = spec.stdin ? this.#parts.input(container, spec.tty, keyOn(host, id)) : undefined;
    this.#parts.kernel.start({
      id: `${id}.${pid}`,
      host,
      container: id,
      pid,
      parent: 0,
      hostPid,
      argv: executable.argv,
      env,
      cwd: spec.workingDir || '/',
      owner,
      program: executable.program,
      state: undefined,
      fds: descriptors(input, keyOn(host, id), spec.tty),
      startedAt,
      signals: [],
      isExec: false,
      memory: 0,
      busy: 0,
      // As `startedAt` of a container.
      title: undefined,
    });
  }

  /** One that starts again counts its processes from the first. */
  #forgetProcesses(container: ContainerRecord): void {
    const { host, id, spec } = container;
    for (const process of processesIn(this.#parts.store, keyOn(host, id)))
      this.#parts.forget(host, process.id);
    if (countsAlone(spec)) this.#parts.store.delete(tables.counters, pidCounter(container));
  }

  stop(host: string, id: string, graceMs: number): void {
    const container = this.#parts.demand(host, id);
    const first = this.#parts.first(container);
    if (!first) return;
    if (container.state === 'paused') this.unpause(host, id);
    if (graceMs > 0) {
      this.#parts.kernel.killAt(this.#parts.demand(host, id), this.#parts.store.now + graceMs);
      this.#parts.kernel.signal(first, signalName(container.spec.stopSignal) ?? 'TERM');
    } else this.#parts.kernel.signal(first, 'KILL');
  }

  kill(host: string, id: string, signal: string): void {
    const container = this.#parts.demand(host, id);
    const first = this.#parts.first(container);
    if (!first) throw new RuntimeError('not-running', `container ${id} is not running`);
    const name = signalName(signal);
    if (name === undefined) throw new RuntimeError('conflict', `invalid signal: ${signal}`);
    this.#parts.kernel.signal(first, name);
  }

  pause(host: string, id: string): void {
    const container = this.#parts.demand(host, id);
    if (container.state === 'paused') throw new RuntimeError('conflict', `container ${id} is already paused`);
    if (container.state !== 'running')
      throw new RuntimeError('not-running', `container ${id} is not running`);
    this.#parts.store.write(tables.containers, keyOn(host, id), { ...container, state: 'paused' });
  }

  unpause(host: string, id: string): void {
    const container = this.#parts.demand(host, id);
    if (container.state !== 'paused') throw new RuntimeError('conflict', `container ${id} is not paused`);
    this.#parts.store.write(tables.containers, keyOn(host, id), { ...container, state: 'running' });
    this.#parts.kernel.stir(container);
  }

  remove(host: string, id: string): void {
    const container = this.#parts.demand(host, id);
    if (container.state === 'running' || container.state === 'paused') {
      throw new RuntimeError(
        'conflict',
        `container ${id} is running: stop the container before removing or force remove`,
      );
    }
    const key = keyOn(host, id);
    for (const process of processesIn(this.#parts.store, key)) this.#parts.forget(host, process.id);
    this.#parts.logs.remove(key);
    for (const table of [tables.changes, tables.load, tables.containers])
      this.#parts.store.delete(table, key);
    this.#parts.store.delete(tables.counters, `pipe ${key}`);
    if (countsAlone(container.spec)) this.#parts.store.delete(tables.counters, pidCounter(container));
  }
}

/** A container as it was before it ended. */
function withoutEnd({ exitCode: _, finishedAt: __, ...rest }: ContainerRecord): ContainerRecord {
  return rest;
}

/** Whether nobody else's processes are counted with those of a container. */
function countsAlone({ sharePids, joinsPidsOf }: ContainerSpec): boolean {
  return !sharePids && joinsPidsOf === undefined;
}
