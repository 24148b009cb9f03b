import type { ContainerSpec, HttpRequest, HttpResponse } from '../container-runtime.ts';
import { FileError } from '../files/file-error.ts';
import { normalPath } from '../files/paths.ts';
import { ProcessFiles } from '../files/process-files.ts';
import type { Way } from '../network-ways.ts';
import type { ContainerRecord, Descriptor, Descriptors, ProcessRecord } from '../records.ts';
import type { Kernel } from './kernel.ts';
import { ProcessEnd } from './process-end.ts';
import { endless, specialDescriptor } from './special-files.ts';
import { type User, userOf } from './user.ts';

/** What a child is to be. */
export interface Child {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly fds?: Descriptors;
  /** Without it the command line says which. */
  readonly program?: string;
  readonly state?: unknown;
}

/** A line may be as long as what a pipe holds. */
const longestLine = 64 * 1024;
/** Of a file of zeros so much is read at once. */
const mostZeros = 64 * 1024;

/** What the kernel does for a process while it runs: its system calls. */
export class ProcessCall {
  readonly kernel: Kernel;
  readonly container: ContainerRecord;
  /** What the program remembers; undefined at first. Plain data, to be replaced, never changed. */
  state: unknown;
  cwd: string;
  #record: ProcessRecord;

  constructor(kernel: Kernel, container: ContainerRecord, record: ProcessRecord) {
    this.kernel = kernel;
    this.container = container;
    this.#record = record;
    this.cwd = record.cwd;
    this.state = record.state;
  }

  get record(): ProcessRecord {
    return this.#record;
  }

  get pid(): number {
    return this.#record.pid;
  }

  get argv(): readonly string[] {
    return this.#record.argv;
  }

  /** Without the name it was called by. */
  get args(): readonly string[] {
    return this.#record.argv.slice(1);
  }

  get env(): Readonly<Record<string, string>> {
    return this.#record.env;
  }

  get spec(): ContainerSpec {
    return this.container.spec;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.kernel.store.now;
  }

  get user(): User {
    return userOf(this.#record.owner, this.container, this.#record.pid);
  }

  /** Whether its tools are those of busybox or those of GNU, as they say some things differently. */
  get isBusybox(): boolean {
    return this.#record.program.startsWith('busybox ');
  }

  get files(): ProcessFiles {
    return new ProcessFiles(this.kernel.filesOf(this.container), this.user, this.cwd);
  }

  /** A whole number that is at least 0 and below `limit`. */
  random(limit: number): number {
    return this.kernel.store.random(limit);
  }

  out(text: string): void {
    this.write(1, text);
  }

  err(text: string): void {
    this.write(2, text);
  }

  /**
   * @throws ProcessEnd when nobody reads any more, as the signal PIPE ends it
   * @throws FileError when a file does not take it
   */
  write(fd: number, text: string): void {
    const to = this.fd(fd);
    if (!to || text === '') return;
    if (to.kind === 'log')
      this.kernel.logs.write(to.key, to.stream, to.tty ? text.replaceAll('\n', '\r\n') : text);
    else if (to.kind === 'file') this.files.append(to.path, text);
    else if (to.kind === 'pipe') {
      if (!this.kernel.pipes.write(this.container, to.id, text)) throw new ProcessEnd(141);
      this.kernel.stirPipe(this.container, to.id, 'read');
    }
  }

  /** Whether a pipe has room; everything else always has. */
  hasRoom(fd: number): boolean {
    const to = this.fd(fd);
    return to?.kind !== 'pipe' || this.kernel.pipes.hasRoom(to.id);
  }

  /**
   * Everything that can be read at once.
   *
   * @returns null at the end, undefined when nothing has come so far
   */
  read(fd = 0): string | null | undefined {
    return this.#take(fd, (text) => text.length);
  }

  /** The next line, with its end; what is behind stays. Returns as `read` does. */
  readLine(fd = 0): string | null | undefined {
    const from = this.fd(fd);
    const isOpen = from?.kind === 'pipe' && !this.kernel.pipes.isAtEnd(this.container, from.id);
    return this.#take(fd, (text) => {
      const end = text.indexOf('\n');
      // What fills the pipe is taken as it is: its writer waits for room.
      return end >= 0 ? end + 1 : isOpen && text.length < longestLine ? 0 : text.length;
    });
  }

  /** Where a descriptor leads; undefined when it is closed. */
  fd(number: number): Descriptor | undefined {
    return this.#record.fds[number];
  }

  get fds(): Descriptors {
    return this.#record.fds;
  }

  /** Replaces all descriptors. */
  setFds(fds: Descriptors): void {
    this.#update({ fds });
    this.kernel.stir(this.container);
  }

  /** Whether a descriptor is a terminal. */
  isTerminal(fd: number): boolean {
    const to = this.fd(fd);
    if (to?.kind === 'log') return to.tty;
    return to?.kind === 'pipe' && this.kernel.pipes.isTerminal(to.id);
  }

  /**
   * Opens a file.
   *
   * @throws FileError
   */
  open(path: string, how: 'read' | 'write' | 'append'): Descriptor {
    const special = specialDescriptor(this, normalPath(path, this.cwd));
    if (special) return special;
    if (path === '' || (how === 'read' && path.endsWith('/'))) this.files.stat(path);
    const real = this.files.realPath(path);
    const again = specialDescriptor(this, real);
    if (again) return again;
    if (how === 'read') {
      const node = this.files.stat(real);
      if (node.kind === 'file') this.files.read(real);
      return { kind: 'file', path: real, at: 0, writes: false };
    }
    const node = this.files.look(real);
    if (node?.kind === 'folder') throw FileError.of('EISDIR');
    if (how === 'write' || !node) this.files.write(real, '');
    else this.files.append(real, '');
    return { kind: 'file', path: real, at: 0, writes: true };
  }

  /** @throws ExecutableError */
  spawn(child: Child): number {
    return this.kernel.spawnChild(this, child).pid;
  }

  /** Becomes another program. @throws ExecutableError */
  exec(argv: readonly string[], env = this.env, owner = this.#record.owner): void {
    this.#record = this.kernel.replaceProgram(this, argv, env, owner);
    this.state = undefined;
  }

  /** Calls itself something else where processes are listed; what it remembers by then is kept with it. */
  set title(title: string) {
    this.save({ title });
  }

  /** The code of a child that has ended, which is forgotten then; undefined while it runs. */
  reap(pid: number): number | undefined {
    return this.kernel.reap(this.#record, pid);
  }

  /** Sends a signal. @returns false when there is no such process, undefined when it may not */
  kill(pid: number, signal: string): boolean | undefined {
    return this.kernel.signalPid(this.#record, pid, signal);
  }

  /** Ends the process when the step or the signal is done. */
  end(code: number): never {
    throw new ProcessEnd(code);
  }

  /** Bytes it takes beyond what its program always does. */
  setMemory(bytes: number): void {
    if (bytes !== this.#record.memory) this.#update({ memory: bytes });
  }

  /** Milliseconds of a processor that it used. */
  spend(milliseconds: number): void {
    this.kernel.load.add(this.container, milliseconds);
  }

  /** @param isLocal whether on the loopback address alone @returns false when something listens there already */
  listen(port: number, isLocal = false): boolean {
    return this.kernel.servers.listen(this.container, this.#record, port, isLocal);
  }

  /** Stops listening. */
  unlisten(): void {
    this.kernel.servers.unlisten(this.container, this.#record);
  }

  resolve(name: string): readonly string[] {
    return this.kernel.network.resolve(this.container, name);
  }

  /** Where a connection ends. */
  reach(address: string, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): Way {
    return this.kernel.network.reach(this.container, address, port, protocol);
  }

  ask(way: Way, request: HttpRequest): HttpResponse | undefined {
    if (!('network' in way)) return undefined;
    return this.kernel.servers.ask(way, request, this.#addressOn(way));
  }

  talk(way: Way, text: string): string | undefined {
    if (!('network' in way)) return undefined;
    return this.kernel.servers.talk(way, text, this.#addressOn(way));
  }

  #addressOn({ loopback, from }: { readonly loopback?: boolean; readonly from?: string }): string {
    return loopback ? '127.0.0.1' : (from ?? this.address);
  }

  get address(): string {
    return this.kernel.network.addressOf(this.container);
  }

  /** Keeps what the step changed; the kernel calls it. */
  save(changes: Partial<ProcessRecord> = {}): void {
    const { state, cwd } = this;
    this.#record = this.kernel.keep({ ...this.#record, state, cwd, ...changes });
  }

  #update(changes: Partial<ProcessRecord>): void {
    this.#record = this.kernel.keep({ ...this.#record, ...changes });
  }

  #take(fd: number, length: (text: string) => number): string | null | undefined {
    const from = this.fd(fd);
    if (!from || from.kind === 'null' || from.kind === 'log') return null;
    if (from.kind === 'endless') return endless(from, (limit) => this.random(limit));
    if (from.kind === 'pipe') {
      const wasFull = !this.kernel.pipes.hasRoom(from.id);
      const text = this.kernel.pipes.read(this.container, from.id, length);
      if (wasFull) this.kernel.stirPipe(this.container, from.id, 'write');
      return text;
    }
    const whole = from.kind === 'text' ? from.text : this.#content(from.path);
    const text = whole.slice(from.at, from.at + length(whole.slice(from.at)));
    if (text === '') return null;
    this.#update({ fds: { ...this.fds, [fd]: { ...from, at: from.at + text.length } } });
    return text;
  }

  #content(path: string): string {
    const node = this.files.look(path);
    if (node?.kind === 'folder') throw FileError.of('EISDIR');
    if (node?.kind !== 'file') return '';
    const zeros = Math.min(node.zeros ?? 0, mostZeros);
    return node.zeros ? node.content + '\0'.repeat(zeros) : node.content;
  }
}
