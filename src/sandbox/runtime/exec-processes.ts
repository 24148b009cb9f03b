import { type ExecSpec, type ProcessView, RuntimeError } from './container-runtime.ts';
import { demandFolder, environmentOf, findProgram, ownerOf } from './container-start.ts';
import { nextPid } from './processes/process-ids.ts';
import { viewsOf } from './processes/process-views.ts';
import { processesIn } from './processes/visible-processes.ts';
import { signalName } from './program.ts';
import { keyOn, type ProcessRecord } from './records.ts';
import { descriptors, type RuntimeParts } from './runtime-parts.ts';

/** Processes in containers, as those outside start them, see them and type into them. */
export class ExecProcesses {
  readonly #parts: RuntimeParts;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  exec(host: string, id: string, spec: ExecSpec): string {
    const container = this.#parts.demand(host, id);
    if (container.state === 'paused')
      throw new RuntimeError('conflict', `container ${id} is paused, unpause the container before exec`);
    const first = this.#parts.first(container);
    if (!first) throw new RuntimeError('not-running', `container ${id} is not running`);
    const files = this.#parts.filesOf(container);
    const owner = spec.user === undefined ? container.owner : ownerOf(files, spec.user);
    const cwd = spec.workingDir ?? (container.spec.workingDir || '/');
    demandFolder(files, cwd);
    const wanted = { hostname: container.spec.hostname, env: [...container.spec.env, ...(spec.env ?? [])] };
    const env = environmentOf(files, wanted, owner, spec.tty);
    const executable = findProgram(
      this.#parts.processFiles(container, owner, cwd),
      spec.argv,
      env.PATH,
      'exec',
    );
    const { pid, hostPid } = nextPid(this.#parts.store, container);
    const processId = `${id}.${pid}`;
    const log = keyOn(host, processId);
    const input = spec.stdin ? this.#parts.input(container, spec.tty, log) : undefined;
    this.#parts.kernel.start({
      ...first,
      id: processId,
      pid,
      parent: 0,
      hostPid,
      argv: executable.argv,
      env,
      cwd,
      owner,
      program: executable.program,
      title: undefined,
      state: undefined,
      fds: descriptors(input, log, spec.tty),
      startedAt: this.#parts.store.now,
      signals: [],
      isExec: true,
      memory: 0,
      busy: 0,
    });
    return processId;
  }

  process(host: string, processId: string): ProcessView | undefined {
    const record = this.#parts.process(host, processId);
    return record && viewsOf(this.#parts.kernel, record, true)[0];
  }

  processes(host: string, id: string): readonly ProcessView[] {
    const records = processesIn(this.#parts.store, keyOn(host, id)).filter(
      ({ exitCode }) => exitCode === undefined,
    );
    return records.flatMap((record) => viewsOf(this.#parts.kernel, record, false));
  }

  write(host: string, processId: string, text: string): void {
    const record = this.#parts.process(host, processId);
    const input = record?.fds[0];
    if (!record || input?.kind !== 'pipe') return;
    const typed = this.#parts.pipes.type(input.id, text);
    if (typed === 'interrupt') this.#interrupt(record, input.id);
    this.#stir(record);
  }

  closeInput(host: string, processId: string): void {
    const record = this.#parts.process(host, processId);
    const input = record?.fds[0];
    if (!record || input?.kind !== 'pipe') return;
    this.#parts.pipes.close(input.id);
    this.#stir(record);
  }

  signal(host: string, processId: string, signal: string): void {
    const record = this.#parts.process(host, processId);
    if (record) this.#parts.kernel.signal(record, signalName(signal) ?? signal);
  }

  #stir({ host, container }: ProcessRecord): void {
    const found = this.#parts.kernel.container(host, container);
    if (found) this.#parts.kernel.stir(found);
  }

  /** Ctrl-C goes to what runs in front: the processes at a terminal that have no children there. */
  #interrupt(record: ProcessRecord, terminal: string): void {
    const atTerminal = processesIn(this.#parts.store, keyOn(record.host, record.container)).filter(
      ({ fds, exitCode }) =>
        exitCode === undefined && Object.values(fds).some((fd) => fd.kind === 'pipe' && fd.id === terminal),
    );
    for (const each of atTerminal) this.#parts.kernel.signal(each, 'INT');
  }
}
