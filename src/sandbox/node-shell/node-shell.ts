import type { Effect, Steps } from '../effects.ts';
import type { ProcessFiles } from '../runtime/files/process-files.ts';
import type { Command } from '../runtime/shell/syntax.ts';
import { filePrograms } from '../shell/files.ts';
import { FileFailure, Laptop, type Machine } from '../shell/laptop/laptop.ts';
import { nodeAt, placeNode } from '../shell/laptop/laptop-nodes.ts';
import type { Aliases } from '../shell/line/aliases.ts';
import { filesOf } from '../shell/machine-call.ts';
import { refuseProgram } from '../shell/programs/refused-programs.ts';
import { runFile, scriptPrograms } from '../shell/programs/script-programs.ts';
import { simplePrograms } from '../shell/programs/simple-programs.ts';
import { toolPrograms } from '../shell/programs/tools.ts';
import type { OwnState, Program, ShellContext } from '../shell/shell-context.ts';
import { asked, through } from '../through.ts';
import type { NodeParts } from './cri/node-parts.ts';
import { crictl } from './crictl/crictl.ts';
import { ctr } from './ctr/ctr.ts';
import { namespacesOnNode } from './ctr/namespaces.ts';
import { layOutNode, nodeMachine } from './node-files.ts';
import { nodeTools } from './node-tools.ts';
import { nodePids, nodeProcesses } from './processes/node-processes.ts';
import { ps } from './processes/ps.ts';
import { pstree } from './processes/pstree.ts';
import { nodeHelp, refusedOnNode } from './refused-on-node.ts';
import { servicePrograms } from './services.ts';

/** What a shell on a node takes over from the one that it was opened in. */
export interface NodeHost {
  program(name: string): Program | undefined;
  startJob(steps: Steps<number>, text: string): number;
}

/** Words that turn the world, and are the same on a node. */
const worldWords = ['fast', 'redo', 'undo'];

/** A shell of root on a node, as `node ssh` opens it. */
export class NodeShell implements ShellContext {
  readonly pid = nodePids.shell;
  background: number | undefined;
  status = 0;
  substituted = 0;
  options: ReadonlySet<string> = new Set();
  args: readonly string[] = [];
  name = 'bash';
  readonly functions = new Map<string, Command>();
  readonly aliases: Aliases = new Map();
  readonly parts: NodeParts;
  readonly files: () => ProcessFiles;
  readonly #machine: Machine;
  readonly #disk: Laptop;
  readonly #host: NodeHost;
  readonly #programs: Readonly<Record<string, Program>>;

  /** @param more programs beside those of every node */
  constructor(parts: NodeParts, host: NodeHost, more: Readonly<Record<string, Program>> = {}) {
    this.parts = parts;
    this.#host = host;
    this.#machine = nodeMachine(parts);
    this.#disk = new Laptop(parts.cluster.store, this.#machine);
    layOutNode(parts);
    this.own = { ...this.own, variables: {}, directory: this.#machine.home };
    this.files = () => filesOf(parts.simulation, this.#machine, this.#disk.directory);
    this.#programs = { ...this.#allPrograms(), ...more };
  }

  /** What stands before the place to type at. */
  get prompt(): string {
    const { home } = this.#machine;
    const { directory } = this.#disk;
    const place =
      directory === home || directory.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory;
    return `root@${this.parts.node}:${place}# `;
  }

  /** Has steps reach the files of the node where they ask for files. */
  onNode(steps: Steps<number>): Steps<number> {
    return through(steps, (effect) => this.#answer(effect));
  }

  variables(): Readonly<Record<string, string>> {
    return { ...this.#disk.variables(), HOSTNAME: this.parts.node };
  }

  setVariable(name: string, value: string): void {
    this.#disk.setVariable(name, value);
  }

  unsetVariable(name: string): void {
    this.#disk.unsetVariable(name);
  }

  get own(): OwnState {
    const { options, args, name } = this;
    return { ...this.#disk.own, options, args, name };
  }

  set own(state: OwnState) {
    this.#disk.own = state;
    this.options = state.options;
    this.args = state.args;
    this.name = state.name;
  }

  program(name: string): Program | undefined {
    if (name.includes('/')) return (words) => runFile(words, this);
    return Object.hasOwn(this.#programs, name) ? this.#programs[name] : undefined;
  }

  /** Names of the commands there are, sorted. */
  commands(): readonly string[] {
    return Object.keys(this.#programs).sort();
  }

  list(folder: string): readonly string[] | undefined {
    return this.#disk.list(folder);
  }

  startJob(steps: Steps<number>, text: string): number {
    return this.#host.startJob(this.onNode(steps), text);
  }

  random(limit: number): number {
    return this.parts.cluster.store.random(limit);
  }

  #borrowed(name: string, words: readonly string[]): Steps<number> {
    return this.#host.program(name)?.(words) ?? refuseProgram(name, this.commands());
  }

  #answer(effect: Effect): Steps<unknown> | { readonly heard: unknown } {
    switch (effect.kind) {
      case 'read-file':
        return { heard: this.#disk.read(effect.path) };
      case 'list-folder':
        return { heard: this.#disk.list(effect.path) };
      case 'look-at':
        return { heard: nodeAt(this.#disk, effect.path) };
      case 'write-file':
        return { heard: this.#changed(() => this.#disk.write(effect.path, effect.text)) };
      case 'put':
        return { heard: this.#changed(() => placeNode(this.#disk, effect.path, effect.node)) };
      default:
        return asked(effect);
    }
  }

  /** @returns why it failed; undefined when it did not */
  #changed(act: () => void): string | undefined {
    try {
      act();
      this.parts.acted();
      return undefined;
    } catch (error) {
      if (error instanceof FileFailure) return error.message;
      throw error;
    }
  }

  #allPrograms(): Readonly<Record<string, Program>> {
    const { parts } = this;
    return {
      ...toolPrograms({
        simulation: parts.simulation,
        machine: this.#machine,
        directory: () => this.#disk.directory,
        variables: () => this.variables(),
      }),
      ...filePrograms(this.#disk),
      ...simplePrograms(this),
      ...scriptPrograms(this),
      ...nodeTools(parts),
      ...servicePrograms(parts),
      ...refusedOnNode,
      ...Object.fromEntries(worldWords.map((name) => [name, (words) => this.#borrowed(name, words)])),
      crictl: (words) => crictl(words, parts),
      ctr: (words) => ctr(words, namespacesOnNode(parts)),
      ps: (words) => ps(words, nodeProcesses(parts), nodePids.shell),
      pstree: (words) => pstree(words, nodeProcesses(parts)),
      help: () => nodeHelp(parts.node, this.commands()),
    };
  }
}
