import { complain, type Effect, type Steps } from '../effects.ts';
import { History } from '../history.ts';
import { kubectl } from '../kubectl/kubectl.ts';
import { volumeTable } from '../runtime/volume.ts';
import type { Sandbox } from '../sandbox.ts';
import type { World } from '../world.ts';
import { curl } from './curl.ts';
import { Drive, type DrivenWorld } from './drive.ts';
import { type Program, runScript, type ShellContext } from './evaluate.ts';
import { filePrograms } from './files.ts';
import { filters } from './filters.ts';
import { home, Laptop, laptopFilesKey } from './laptop.ts';
import { parseScript } from './parse.ts';
import { simplePrograms } from './simple-programs.ts';
import { SyntaxFailure } from './syntax.ts';
import { worldPrograms } from './world-programs.ts';

/** A port of the learner's machine that a command keeps open. */
export type OpenPort = Effect & { readonly kind: 'listen' };

/** What a shell writes to while nobody waits for it: commands in the background. */
export type Write = (to: 'stdout' | 'stderr', text: string) => void;

/** The learner's shell on the learner's machine, beside the cluster. Each line that is run is a step that can be undone. */
export class Shell implements ShellContext, DrivenWorld {
  status = 0;
  readonly sandbox: Sandbox;
  readonly laptop: Laptop;
  history: History;
  readonly #write: Write;
  readonly #programs: Readonly<Record<string, Program>>;
  readonly #ports = new Map<number, OpenPort>();
  #jobs: Drive[] = [];
  /** Whether the line that runs has asked for more than to see something. */
  #hasActed = false;

  /**
   * @param history of the steps that were taken before, where they are known
   * @param more commands that are there beside the usual ones, or instead of them
   */
  constructor(
    sandbox: Sandbox,
    write: Write,
    history = new History(),
    more: Readonly<Record<string, Program>> = {},
  ) {
    this.sandbox = sandbox;
    this.laptop = new Laptop(sandbox.cluster.store);
    this.history = history;
    this.#write = write;
    this.#programs = { ...this.#allPrograms(), ...more };
  }

  /**
   * Runs a line or a script; it is one step.
   *
   * @returns the steps of it, whose result is the exit code
   * @throws ShellExit
   */
  *run(text: string): Steps<number> {
    const before = this.sandbox.snapshot();
    this.#hasActed = false;
    try {
      // Half a character can be pasted, but no terminal hands it on.
      const script = parseScript(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
      for (const step of script) {
        if (step.background) this.#startJob([{ ...step, background: false }]);
        else yield* runScript([step], this);
      }
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      yield* complain(`sh: ${error.message}\n`);
      this.status = 2;
    } finally {
      // A line that was ended by Ctrl-C has done something too.
      if (!isTravel(text)) this.#remember(before, text);
    }
    return this.status;
  }

  /** Ends what runs in the background, and closes its ports. */
  close(): void {
    for (const job of this.#jobs) job.interrupt();
    this.#jobs = [];
  }

  get now(): number {
    return this.sandbox.cluster.now;
  }

  request(request: Parameters<Sandbox['request']>[0]): ReturnType<Sandbox['request']> {
    this.#hasActed ||= request.method !== 'GET';
    return this.sandbox.request(request);
  }

  askEngine(request: Parameters<Sandbox['askEngine']>[0]): ReturnType<Sandbox['askEngine']> {
    this.#hasActed ||= request.method !== 'GET' && request.method !== 'HEAD';
    return this.sandbox.askEngine(request);
  }

  /** Lets time pass up to the next moment at which something happens, and at most so long. */
  passTime(atMost: number): void {
    const next = this.sandbox.untilNext() ?? atMost;
    this.advance(Math.min(atMost, Math.max(next, 1)));
  }

  /** Lets time pass, for what runs in the background too. */
  advance(milliseconds: number): void {
    this.sandbox.advance(milliseconds);
    this.#jobs = this.#jobs.filter((job) => isGoingOn(job));
  }

  variables(): Readonly<Record<string, string>> {
    return this.laptop.variables();
  }

  setVariable(name: string, value: string): void {
    this.laptop.setVariable(name, value);
  }

  /** The namespace that kubectl works in, as the kubeconfig says. */
  namespace(): string {
    const text = this.laptop.read(`${home}/.kube/config`) ?? '';
    return /^\s+namespace: (\S+)$/m.exec(text)?.[1] ?? 'default';
  }

  program(name: string): Program | undefined {
    return Object.hasOwn(this.#programs, name) ? this.#programs[name] : undefined;
  }

  /** Names of the commands there are, sorted. */
  commands(): readonly string[] {
    return Object.keys(this.#programs).sort();
  }

  matches(pattern: string): readonly string[] {
    const slash = pattern.lastIndexOf('/') + 1;
    const folder = pattern.slice(0, slash);
    const escaped = pattern
      .slice(slash)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const expression = new RegExp(`^${escaped}$`);
    return (this.laptop.list(folder || '.') ?? [])
      .filter((name) => !name.startsWith('.') && expression.test(name))
      .map((name) => folder + name);
  }

  listen(port: OpenPort): string | undefined {
    if (this.#ports.has(port.port)) return `listen tcp4 127.0.0.1:${port.port}: bind: address already in use`;
    this.#ports.set(port.port, port);
    return undefined;
  }

  unlisten(port: number): void {
    this.#ports.delete(port);
  }

  /** What a command has opened on a port of the learner's machine. */
  openPort(port: number): OpenPort | undefined {
    return this.#ports.get(port);
  }

  /** Takes up another world: an earlier one, or a new one. */
  travel(world: World): void {
    this.close();
    this.sandbox.restore(world);
  }

  /** What only happened while somebody watched is no step: to take it back would take back nothing they did. */
  #remember(before: World, text: string): void {
    const { tables } = this.sandbox.snapshot();
    const changed = Object.keys(tables).filter((name) => tables[name] !== before.tables[name]);
    const isOwn =
      changed.some((name) => name.startsWith('laptop/')) ||
      tables[volumeTable]?.[laptopFilesKey] !== before.tables[volumeTable]?.[laptopFilesKey];
    const hasTurned = turnsWorld.test(text) && this.status === 0;
    if (isOwn || hasTurned || (changed.length > 0 && this.#hasActed)) this.history.record(before);
  }

  #startJob(script: Parameters<typeof runScript>[0]): void {
    const job = new Drive(runScript(script, this), this, this.#write);
    if (isGoingOn(job)) this.#jobs.push(job);
  }

  #allPrograms(): Readonly<Record<string, Program>> {
    const { sandbox } = this;
    const surroundings = (): Parameters<typeof kubectl>[1] => ({
      home: this.variables().HOME ?? '',
      env: this.variables(),
    });
    const runKubectl: Program = (words) => kubectl(['kubectl', ...words.slice(1)], surroundings());
    return {
      ...filters,
      ...filePrograms(this.laptop),
      ...worldPrograms(this, sandbox),
      kubectl: runKubectl,
      k: runKubectl,
      curl: (words) => curl(words, this),
      ...simplePrograms(this, () => this.commands()),
    };
  }
}

/** Commands that turn the world itself, without a request. */
const turnsWorld = /(^|[;&|]\s*)(fast|node|load|sleep)\b/;

/** Going back is no step of its own. */
function isTravel(text: string): boolean {
  return /^\s*(undo|redo|reset|exit|help)\b/.test(text);
}

/** Runs what is in the background up to where it waits. */
function isGoingOn(job: Drive): boolean {
  let answer: unknown;
  for (;;) {
    const waiting = job.resume(answer);
    if (waiting.kind === 'done') return false;
    if (waiting.kind === 'pause') return true;
    // Nobody types into what runs in the background.
    answer =
      waiting.kind === 'terminal'
        ? { isTerminal: false }
        : waiting.kind === 'take-input'
          ? { text: '', ended: true }
          : waiting.kind === 'read-input'
            ? ''
            : undefined;
  }
}
