import { networkAt } from '../cluster/network/pod-networks.ts';
import { addressOfNode } from '../cluster/node/node-context.ts';
import { isNodeUp } from '../cluster/node/node-power.ts';
import { complain, print, type Steps, terminal } from '../effects.ts';
import type { Command } from '../runtime/shell/syntax.ts';
import type { Sandbox } from '../sandbox.ts';
import { type CurlPlace, curl } from '../shell/curl/curl.ts';
import { LineGivenUp, ShellExit } from '../shell/line/control-flow.ts';
import { runScript } from '../shell/line/evaluate.ts';
import { parseScript, SyntaxFailure } from '../shell/line/parse.ts';
import { type NodeHost, NodeShell } from './node-shell.ts';
import { connect, lost, readSshLine } from './node-ssh.ts';

/** What a session on a node takes over from the shell that it was opened in. */
export interface SessionHost extends NodeHost {
  /** Has it known that something was done, and not only looked at. */
  acted(): void;
}

/** The learner's connection to a node, when there is one: lines go there until it is left. */
export class NodeSession {
  readonly #sandbox: Sandbox;
  readonly #host: SessionHost;
  #open: NodeShell | undefined;

  constructor(sandbox: Sandbox, host: SessionHost) {
    this.#sandbox = sandbox;
    this.#host = host;
  }

  /** The shell on the node; undefined on the learner's own machine. */
  get open(): NodeShell | undefined {
    return this.#open;
  }

  /** `node ssh NAME` opens a session, `node ssh NAME COMMAND` runs one line. @returns the exit code */
  *ssh(words: readonly string[]): Steps<number> {
    const line = readSshLine(words);
    if (!line) {
      yield* complain('usage: node ssh NAME, node ssh NAME crictl ps; kubectl get nodes lists the names\n');
      return 2;
    }
    const { cluster, runtime, simulation } = this.#sandbox;
    const failed = yield* connect(cluster, line.node);
    if (failed !== undefined) return failed;
    const acted = (): void => this.#host.acted();
    const place: CurlPlace = {
      sandbox: this.#sandbox,
      network: networkAt(cluster.store, addressOfNode(cluster.get('nodes', undefined, line.node))) ?? '',
      openPort: () => undefined,
      advance: (milliseconds) => this.#sandbox.advance(milliseconds),
    };
    const more = { curl: (words: readonly string[]) => curl(words, place) };
    const shell = new NodeShell({ node: line.node, cluster, runtime, simulation, acted }, this.#host, more);
    if (line.command === '') {
      this.#open = shell;
      return 0;
    }
    try {
      return yield* shell.onNode(runScript(parseScript(line.command).command, shell));
    } catch (error) {
      if (error instanceof ShellExit || error instanceof LineGivenUp) return error.code;
      if (!(error instanceof SyntaxFailure)) throw error;
      yield* complain(`bash: ${error.message}\n`);
      return 2;
    }
  }

  /** Runs a line on the node. @returns the exit code @throws LineGivenUp */
  *run(command: Command): Steps<number> {
    const shell = this.#open;
    if (!shell) return 1;
    const { node, cluster } = shell.parts;
    if (!cluster.get('nodes', undefined, node) || !isNodeUp(cluster.store, node)) {
      this.#open = undefined;
      return yield* lost(node);
    }
    try {
      return yield* shell.onNode(runScript(command, shell));
    } catch (error) {
      if (!(error instanceof ShellExit)) throw error;
      if ((yield* terminal()).isTerminal) yield* print(this.leave());
      else this.leave();
      return error.code;
    }
  }

  /** Leaves the node. @returns what ssh says at a terminal */
  leave(): string {
    const name = this.#open?.parts.node;
    this.#open = undefined;
    return name === undefined ? '' : `logout\nConnection to ${name} closed.\n`;
  }
}
