import type { Surroundings } from '../docker/context.ts';
import { docker } from '../docker/docker.ts';
import { complain, type Effect, type Steps } from '../effects.ts';
import { History } from '../history.ts';
import { kubectl } from '../kubectl/kubectl.ts';
import { belowDocker } from '../node-shell/laptop-programs.ts';
import { NodeSession } from '../node-shell/node-session.ts';
import { laptopPids } from '../node-shell/processes/laptop-processes.ts';
import { asksForChange, keepLastLine } from '../overview/last-line.ts';
import type { ProcessFiles } from '../runtime/files/process-files.ts';
import type { Command } from '../runtime/shell/syntax.ts';
import { volumeTable } from '../runtime/volume.ts';
import type { Sandbox } from '../sandbox.ts';
import type { World } from '../world.ts';
import { builtinNames } from './builtins/builtins.ts';
import { curl } from './curl/curl.ts';
import { Drive, type DrivenWorld } from './drive.ts';
import { filePrograms } from './files.ts';
import { helpPrograms } from './help/help-programs.ts';
import { Jobs } from './jobs.ts';
import { Laptop, laptopFilesKey } from './laptop/laptop.ts';
import { learner, learnersMachine } from './laptop/learners-machine.ts';
import type { Aliases } from './line/aliases.ts';
import { LineGivenUp } from './line/control-flow.ts';
import { runScript } from './line/evaluate.ts';
import { parseScript, SyntaxFailure } from './line/parse.ts';
import { syntaxAdvice } from './line/syntax-advice.ts';
import { filesOf } from './machine-call.ts';
import { comparePrograms } from './programs/compare-programs.ts';
import { editPrograms } from './programs/edit-program.ts';
import { identityPrograms } from './programs/identity-programs.ts';
import { kubeContext } from './programs/kube-context.ts';
import { runnerPrograms } from './programs/runner-programs.ts';
import { runFile, scriptPrograms } from './programs/script-programs.ts';
import { simplePrograms } from './programs/simple-programs.ts';
import { toolPrograms } from './programs/tools.ts';
import { worldPrograms } from './programs/world-programs.ts';
import type { OwnState, Program, ShellContext } from './shell-context.ts';
import { isTravel, onlyTime, turnsWorld } from './turning-lines.ts';

/** A port of the learner's machine that a command keeps open. */
export type OpenPort = Effect & { readonly kind: 'listen' };

/** What a shell writes to while nobody waits for it: commands in the background. */
export type Write = (to: 'stdout' | 'stderr', text: string) => void;

/** The learner's shell on the learner's machine, beside the cluster. Each line that is run is a step that can be undone. */
export class Shell implements ShellContext, DrivenWorld {
  readonly pid = laptopPids.shell;
  background: number | undefined;
  status = 0;
  substituted = 0;
  options: ReadonlySet<string> = new Set();
  args: readonly string[] = [];
  name = 'sh';
  readonly functions = new Map<string, Command>();
  readonly aliases: Aliases = new Map();
  readonly sandbox: Sandbox;
  readonly laptop: Laptop;
  /** The way to the nodes: while a session is open, lines are run there. */
  readonly nodes: NodeSession;
  history: History;
  readonly #write: Write;
  readonly #programs: Readonly<Record<string, Program>>;
  readonly #ports = new Map<number, OpenPort>();
  readonly #jobs = new Jobs(() => this.now);
  /** Lines of docker and kubectl that have failed. */
  #refused: (readonly string[])[] = [];
  /** Lines that were run, the oldest first. */
  readonly #lines: string[] = [];
  /** Whether the line that runs has asked for more than to see something, and for something to be another way. */
  #hasActed = false;
  #hasChanged = false;

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
    this.laptop = new Laptop(sandbox.cluster.store, learnersMachine);
    this.history = history;
    this.#write = write;
    this.nodes = new NodeSession(sandbox, this);
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
    this.#hasChanged = false;
    this.#lines.push(text);
    try {
      // Half a character can be pasted, but no terminal hands it on.
      const { command, warning } = parseScript(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
      if (warning !== undefined) yield* complain(`sh: ${warning}\n`);
      this.status = yield* this.nodes.open ? this.nodes.run(command) : runScript(command, this);
    } catch (error) {
      if (error instanceof LineGivenUp) this.status = error.code;
      else if (error instanceof SyntaxFailure) {
        yield* complain(`sh: ${error.message}\n${syntaxAdvice(text, error.message)}`);
        this.status = 2;
      } else throw error;
    } finally {
      // A line that was ended by Ctrl-C has done something too.
      if (!isTravel(text)) this.#remember(before, text);
    }
    return this.status;
  }

  /** The words of docker and kubectl lines that have failed since this was asked last, the newest ones. */
  takeRefused(): readonly (readonly string[])[] {
    const refused = this.#refused;
    this.#refused = [];
    return refused;
  }

  /** Ends what runs in the background, and closes its ports. */
  close(): void {
    this.#jobs.end();
  }

  get now(): number {
    return this.sandbox.cluster.now;
  }

  request(request: Parameters<Sandbox['request']>[0]): ReturnType<Sandbox['request']> {
    this.#hasActed ||= request.method !== 'GET';
    this.#hasChanged ||= asksForChange(request);
    return this.sandbox.request(request);
  }

  askEngine(request: Parameters<Sandbox['askEngine']>[0]): ReturnType<Sandbox['askEngine']> {
    this.#hasActed ||= request.method !== 'GET' && request.method !== 'HEAD';
    this.#hasChanged ||= asksForChange(request);
    return this.sandbox.askEngine(request);
  }

  /** Has it known that the line that runs has done something, on a node. */
  acted(): void {
    this.#hasActed = true;
    this.#hasChanged = true;
  }

  /** Lets time pass up to the next moment at which something happens, and at most so long. */
  passTime(atMost: number): void {
    const next = this.sandbox.untilNext() ?? atMost;
    this.advance(Math.min(atMost, Math.max(Math.min(next, this.#jobs.patience), 1)));
  }

  /** Lets time pass, for what runs in the background too. */
  advance(milliseconds: number): void {
    this.sandbox.advance(milliseconds);
    this.#jobs.goOn();
  }

  variables(): Readonly<Record<string, string>> {
    return this.laptop.variables();
  }

  setVariable(name: string, value: string): void {
    this.laptop.setVariable(name, value);
  }

  /** The namespace that kubectl works in, as the kubeconfig says. */
  namespace(): string {
    return kubeContext(this.laptop).namespace;
  }

  program(name: string): Program | undefined {
    if (name.includes('/')) return (words) => runFile(words, this);
    return Object.hasOwn(this.#programs, name) ? this.#programs[name] : undefined;
  }

  /** Names of the commands there are, sorted. */
  commands(): readonly string[] {
    return [...Object.keys(this.#programs), ...builtinNames].sort();
  }

  get own(): OwnState {
    const { options, args, name } = this;
    return { ...this.laptop.own, options, args, name };
  }

  set own(state: OwnState) {
    this.laptop.own = state;
    this.options = state.options;
    this.args = state.args;
    this.name = state.name;
  }

  unsetVariable(name: string): void {
    this.laptop.unsetVariable(name);
  }

  list(folder: string): readonly string[] | undefined {
    return this.laptop.list(folder);
  }

  files(): ProcessFiles {
    return filesOf(this.sandbox.simulation, learnersMachine, this.laptop.directory);
  }

  random(limit: number): number {
    return this.sandbox.cluster.store.random(limit);
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
    const hasTurned = turnsWorld(text) && this.status === 0;
    if (!isOwn && !hasTurned && (changed.length === 0 || !this.#hasActed)) return;
    this.history.record(before);
    if (this.#hasChanged || (hasTurned && !onlyTime(text)))
      keepLastLine(this.sandbox.cluster.store, text, before);
  }

  /** Has steps go on while the learner does something else. */
  startJob(steps: Steps<number>, text: string): number {
    return this.#jobs.start(new Drive(steps, this, this.#write), text);
  }

  /** Remembers which lines of a program fail. */
  *#noted(words: readonly string[], steps: Steps<number>): Steps<number> {
    const code = yield* steps;
    if (code !== 0) this.#refused = [...this.#refused.slice(-mostRefused), words];
    return code;
  }

  #allPrograms(): Readonly<Record<string, Program>> {
    const { sandbox } = this;
    const surroundings = (): Surroundings => ({ home: this.variables().HOME ?? '', env: this.variables() });
    const runKubectl: Program = (words) =>
      this.#noted(words, kubectl(['kubectl', ...words.slice(1)], surroundings()));
    return {
      ...toolPrograms({
        simulation: sandbox.simulation,
        machine: learnersMachine,
        directory: () => this.laptop.directory,
        variables: () => this.variables(),
      }),
      ...filePrograms(this.laptop),
      ...comparePrograms(this.laptop),
      ...editPrograms(this.laptop),
      ...runnerPrograms(this),
      ...scriptPrograms(this),
      ...this.#jobs.programs(),
      ...worldPrograms(this, sandbox),
      ...belowDocker(sandbox),
      kubectl: runKubectl,
      k: runKubectl,
      docker: (words) => this.#noted(words, docker(['docker', ...words.slice(1)], surroundings())),
      'docker-compose': (words) => docker(['docker', 'compose', ...words.slice(1)], surroundings()),
      curl: (words) => curl(words, this),
      ...simplePrograms(this),
      ...identityPrograms(learner),
      ...helpPrograms(this, this.#lines),
    };
  }
}

/** Of a script that fails all along, the last lines are spoken of. */
const mostRefused = 2;
