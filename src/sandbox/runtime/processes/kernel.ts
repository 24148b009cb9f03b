import type { Controller } from '../../simulation.ts';
import type { Store } from '../../store.ts';
import type { ContainerFiles } from '../files/container-files.ts';
import { FileError } from '../files/file-error.ts';
import { ProcessFiles } from '../files/process-files.ts';
import type { LogStore } from '../log-store.ts';
import { codeOf, harmlessSignals, type Outcome, type Program } from '../program.ts';
import { type ContainerRecord, keyOn, type ProcessRecord, tables } from '../records.ts';
import { findExecutable } from './executable.ts';
import type { KernelParts } from './kernel-parts.ts';
import type { LoadMeter } from './load.ts';
import { overLimit } from './memory.ts';
import type { NetworkView } from './network-view.ts';
import type { Pipes } from './pipes.ts';
import { type Child, ProcessCall } from './process-call.ts';
import { ProcessEnd } from './process-end.ts';
import { nextPid } from './process-ids.ts';
import { keyOf } from './process-key.ts';
import { Servers } from './servers.ts';
import { turnAfter } from './turns.ts';
import { userOf } from './user.ts';
import { processesIn, visibleFrom } from './visible-processes.ts';

/** Runs the processes of all containers: steps them, hands them signals, and cleans up behind them. */
export class Kernel implements Controller {
  readonly name = 'process';
  /** Processes are told by those who do something that concerns them, so that a change costs nothing. */
  readonly tables = [];
  readonly store: Store;
  readonly logs: LogStore;
  readonly pipes: Pipes;
  readonly load: LoadMeter;
  readonly network: NetworkView;
  readonly #parts: KernelParts;
  readonly servers: Servers;

  constructor(parts: KernelParts) {
    this.#parts = parts;
    this.store = parts.simulation.store;
    this.logs = parts.logs;
    this.pipes = parts.pipes;
    this.load = parts.load;
    this.network = parts.network;
    this.servers = new Servers(this);
  }

  concerns(): readonly string[] {
    return [];
  }

  /** @param key of a process, or behind `kill ` that of a container whose time to stop may be over */
  reconcile(key: string): void {
    if (key.startsWith('kill ')) return this.#killLate(key.slice('kill '.length));
    const record = this.#process(key);
    if (!record || record.exitCode !== undefined) return;
    const container = this.container(record.host, record.container);
    if (container?.state !== 'running') return;
    const rests = record.runsAt !== undefined && record.runsAt > this.store.now;
    if (rests && record.signals.length === 0) {
      return this.#parts.simulation.wake(this.name, key, record.runsAt);
    }
    const program = this.#parts.program(record.program);
    const call = new ProcessCall(this, container, record);
    try {
      if (this.#deliver(call, program)) return;
      if (rests) return call.save();
      this.#settle(call, program.step(call));
    } catch (error) {
      if (error instanceof ProcessEnd) return this.#end(call.record, error.code);
      if (!(error instanceof FileError)) throw error;
      // What a program does not expect of a file it does not survive.
      call.err(`${call.argv[0]}: ${error.message}\n`);
      this.#end(call.record, 1);
    }
  }

  container(host: string, id: string): ContainerRecord | undefined {
    return this.store.read(tables.containers, keyOn(host, id)) as ContainerRecord | undefined;
  }

  filesOf(container: ContainerRecord): ContainerFiles {
    return this.#parts.filesOf(container);
  }

  program(name: string): Program {
    return this.#parts.program(name);
  }

  /** Puts a process into the table and lets it run. @param delay milliseconds before it does */
  start(record: ProcessRecord, delay = 0): void {
    const runsAt = this.store.now + delay;
    this.store.write(tables.processes, keyOf(record), delay > 0 ? { ...record, runsAt } : record);
    this.wake(record);
  }

  /** Has a process stepped. */
  wake(record: ProcessRecord): void {
    this.#parts.simulation.enqueue(this.name, keyOf(record));
  }

  /** Has all processes of a container look again, as when a pipe was closed. */
  stir({ host, id }: ContainerRecord): void {
    for (const each of processesIn(this.store, keyOn(host, id)))
      if (each.exitCode === undefined) this.wake(each);
  }

  /** Has those look again who have an end of a pipe open: readers at once, writers when there is room again. */
  stirPipe(container: ContainerRecord, id: string, end: 'read' | 'write'): void {
    const at = this.store.now + (end === 'write' ? this.load.pace(container) : 0);
    for (const each of processesIn(this.store, keyOn(container.host, container.id))) {
      const isTold = Object.values(each.fds).some(
        (fd) => fd.kind === 'pipe' && fd.id === id && fd.end === end,
      );
      if (isTold && end === 'write') this.#parts.simulation.wake(this.name, keyOf(each), at);
      else if (isTold) this.wake(each);
    }
  }

  keep(record: ProcessRecord): ProcessRecord {
    const key = keyOf(record);
    const known = this.#process(key);
    // A process that was killed in the middle of its step stays dead.
    if (known && known.exitCode === undefined) this.store.write(tables.processes, key, record);
    return record;
  }

  /** @throws ExecutableError */
  spawnChild({ container, record, cwd }: ProcessCall, child: Child): ProcessRecord {
    const env = child.env ?? record.env;
    const files = new ProcessFiles(this.filesOf(container), userOf(record.owner, container), cwd);
    const { program, argv } = child.program
      ? { program: child.program, argv: child.argv }
      : findExecutable(files, child.argv, env.PATH);
    const { pid, hostPid } = nextPid(this.store, container);
    const made: ProcessRecord = {
      ...record,
      id: `${container.id}.${pid}`,
      pid,
      parent: record.pid,
      hostPid,
      argv,
      env,
      cwd,
      program,
      state: child.state,
      fds: child.fds ?? record.fds,
      startedAt: this.store.now,
      signals: [],
      isExec: false,
      memory: 0,
      busy: 0,
    };
    const delay = this.load.pace(container);
    this.load.add(container, delay);
    this.start(made, delay);
    this.#demandMemory(container);
    return made;
  }

  /** @throws ExecutableError */
  replaceProgram(
    { files, record, cwd }: ProcessCall,
    line: readonly string[],
    env: Readonly<Record<string, string>>,
    owner: string,
  ): ProcessRecord {
    const { program, argv } = findExecutable(files, line, env.PATH);
    this.wake(record);
    const next = { ...record, title: undefined, state: undefined, memory: 0, program, argv, env, cwd, owner };
    return this.keep(next);
  }

  /** The code of a child that has ended; it is forgotten then. */
  reap({ host, container }: ProcessRecord, pid: number): number | undefined {
    const child = this.#process(keyOn(host, `${container}.${pid}`));
    if (!child) return 127;
    if (child.exitCode !== undefined) this.store.delete(tables.processes, keyOf(child));
    return child.exitCode;
  }

  /** A process that another sees, by its number. */
  processByPid({ host, container }: ProcessRecord, pid: number): ProcessRecord | undefined {
    const from = this.container(host, container);
    return from && visibleFrom(this.store, from).find((each) => each.pid === pid);
  }

  signalPid(from: ProcessRecord, pid: number, signal: string): boolean | undefined {
    const to = this.processByPid(from, pid);
    if (!to) return false;
    if (from.owner !== to.owner && !from.owner.startsWith('0:')) return undefined;
    // The first process of a namespace cannot be killed from within.
    if (!(signal === 'KILL' && pid === 1)) this.signal(to, signal);
    return true;
  }

  /** Sends a signal from outside. */
  signal(record: ProcessRecord, signal: string): void {
    const container = this.container(record.host, record.container);
    if (signal === '0' || record.exitCode !== undefined || !container) return;
    if (signal === 'KILL') return this.#end(record, codeOf('KILL'));
    this.wake(this.keep({ ...record, signals: [...record.signals, signal] }));
  }

  /** Has a container killed when its time to stop is over. */
  killAt(container: ContainerRecord, at: number): void {
    this.store.write(tables.containers, keyOn(container.host, container.id), { ...container, killAt: at });
    this.#parts.simulation.wake(this.name, `kill ${keyOn(container.host, container.id)}`, at);
  }

  #process(key: string): ProcessRecord | undefined {
    return this.store.read(tables.processes, key) as ProcessRecord | undefined;
  }

  /** @returns whether the process ended of a signal */
  #deliver(call: ProcessCall, program: Program): boolean {
    const { signals, pid } = call.record;
    if (signals.length === 0) return false;
    call.save({ signals: [] });
    for (const signal of signals) {
      if (program.onSignal?.(call, signal) || harmlessSignals.has(signal) || pid === 1) continue;
      this.#end(call.record, codeOf(signal));
      return true;
    }
    return false;
  }

  #settle(call: ProcessCall, outcome: Outcome): void {
    if (typeof outcome === 'number') return this.#end(call.record, outcome & 0xff);
    const before = call.record;
    const busy = outcome === 'goes-on' ? before.busy + 1 : 0;
    // What used up its turn rests, whoever wants it to look at something.
    const runsAt = outcome === 'goes-on' ? this.store.now + turnAfter(busy, call.container) : undefined;
    const isChanged = call.state !== before.state || call.cwd !== before.cwd || busy !== before.busy;
    if (isChanged || runsAt !== undefined) call.save(runsAt === undefined ? { busy } : { busy, runsAt });
    this.#demandMemory(call.container);
    if (outcome === 'waits' || !this.#process(keyOf(before))) return;
    const at =
      typeof outcome === 'object'
        ? this.load.notTooSoon(call.container, outcome.until)
        : (runsAt ?? this.store.now);
    this.#parts.simulation.wake(this.name, keyOf(before), at);
  }

  #end(record: ProcessRecord, code: number): void {
    const current = this.#process(keyOf(record));
    const container = this.container(record.host, record.container);
    if (!current || current.exitCode !== undefined || !container) return;
    const pipes = new Set(Object.values(current.fds).flatMap((fd) => (fd.kind === 'pipe' ? [fd.id] : [])));
    const ended = this.keep({ ...current, exitCode: code, fds: {}, state: undefined, memory: 0, busy: 0 });
    this.servers.unlisten(container, ended);
    this.pipes.sweep(container, pipes);
    if (ended.hostPid === container.pid) return this.#endContainer(container, code);
    const siblings = processesIn(this.store, keyOn(record.host, record.container));
    for (const child of siblings) if (child.parent === ended.pid) orphan(this, child);
    const parent = siblings.find(({ pid, exitCode }) => pid === ended.parent && exitCode === undefined);
    if (!ended.isExec && !parent) this.store.delete(tables.processes, keyOf(ended));
    this.stir(container);
  }

  /** When its first process ends, a container does, and every other process in it. */
  #endContainer(container: ContainerRecord, code: number): void {
    const key = keyOn(container.host, container.id);
    for (const each of processesIn(this.store, key)) {
      if (!each.isExec) this.store.delete(tables.processes, keyOf(each));
      else if (each.exitCode === undefined)
        this.keep({ ...each, exitCode: codeOf('KILL'), fds: {}, state: undefined });
      this.servers.unlisten(container, each);
      for (const fd of Object.values(each.fds))
        if (fd.kind === 'pipe') this.store.delete(tables.pipes, fd.id);
    }
    const { killAt: _, ...rest } = this.container(container.host, container.id) ?? container;
    const finishedAt = this.store.now;
    this.store.write(tables.containers, key, { ...rest, state: 'exited', exitCode: code, finishedAt });
    this.load.remove(container.host, container.id);
  }

  #killLate(key: string): void {
    const container = this.store.read(tables.containers, key) as ContainerRecord | undefined;
    if (!container || container.killAt === undefined || container.killAt > this.store.now) return;
    const first = processesIn(this.store, key).find(({ hostPid }) => hostPid === container.pid);
    if (first) this.#end(first, codeOf('KILL'));
  }

  /** Kills what takes too much memory: the largest process, or all (cgroup v2, memory.oom.group). */
  #demandMemory(container: ContainerRecord): void {
    const victim = overLimit(this, container, this.#parts.memoryLimit(container));
    if (!victim) return;
    const key = keyOn(container.host, container.id);
    const known = this.container(container.host, container.id) ?? container;
    this.store.write(tables.containers, key, { ...known, oomKilled: true });
    const first = processesIn(this.store, key).find(({ hostPid }) => hostPid === container.pid);
    this.#end(container.spec.oomKillsAll && first ? first : victim, codeOf('KILL'));
  }
}

/** A child whose parent ended: nobody will ask for its code. */
function orphan(kernel: Kernel, child: ProcessRecord): void {
  if (child.exitCode === undefined) kernel.keep({ ...child, parent: 1 });
  else if (!child.isExec) kernel.store.delete(tables.processes, keyOf(child));
}
