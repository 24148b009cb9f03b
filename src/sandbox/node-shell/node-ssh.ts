import type { Cluster } from '../cluster/cluster.ts';
import { isNodeUp } from '../cluster/node/node-power.ts';
import { complain, now, pause, type Steps } from '../effects.ts';

/** So long a connection is tried that nobody answers, in milliseconds. */
const patience = 3000;
/** Code of ssh itself, when it was not the command on the other side that failed. */
const sshFailed = 255;

/** A line of `node ssh`. */
export interface SshLine {
  readonly node: string;
  /** What is run there; empty for a shell. */
  readonly command: string;
}

/** Reads `node ssh [user@]NAME [--] [COMMAND …]`; undefined when it is none. */
export function readSshLine(words: readonly string[]): SshLine | undefined {
  const rest = words.slice(2);
  while (/^-(t|tt|it|i|q)$/.test(rest[0] ?? '')) rest.shift();
  const name = rest.shift()?.replace(/^root@/, '');
  if (!name || name.startsWith('-')) return undefined;
  if (rest[0] === '--') rest.shift();
  return { node: name, command: rest.join(' ') };
}

/**
 * Connects, in the words of OpenSSH.
 *
 * @returns the exit code where that fails
 */
export function* connect(cluster: Cluster, name: string): Steps<number | undefined> {
  const node = cluster.get('nodes', undefined, name);
  if (!node) {
    yield* complain(
      `ssh: Could not resolve hostname ${name}: Name or service not known\n→ kubectl get nodes lists the names.\n`,
    );
    return sshFailed;
  }
  if (isNodeUp(cluster.store, name)) return undefined;
  const end = (yield* now()) + patience;
  for (let left = patience; left > 0; left = end - (yield* now())) yield* pause(left);
  yield* complain(`ssh: connect to host ${name} port 22: No route to host\n`);
  return sshFailed;
}

/** What ssh says of a connection that was there and is not any more. */
export function* lost(name: string): Steps<number> {
  yield* complain(`client_loop: send disconnect: Broken pipe\nConnection to ${name} closed.\n`);
  return sshFailed;
}
