import type { Pod } from '../../kubernetes/api.ts';
import { laptopNetwork } from '../cluster/network/cluster-network.ts';
import { networkOfPod } from '../cluster/network/pod-networks.ts';
import { fitsSelector } from '../cluster/object.ts';
import { Sandbox } from '../sandbox.ts';
import { laptopHost } from '../shell/laptop/laptop.ts';
import { runToEnd } from '../shell/run-to-end.ts';
import { Shell } from '../shell/shell.ts';
import { inspectThing } from './docker-things.ts';
import type { Labels } from './lab.ts';

/** What a line printed, and how it ended. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** What comes back to who asks. */
export type Answer = { readonly status: number; readonly body: string } | { readonly failure: string };

const failures = {
  refused: 'connection refused',
  timeout: 'no answer: it timed out',
  'no-route': 'no answer: there is no way to it',
  unreachable: 'no answer: there is no way out',
};

const visitor = 'lab-visitor';
/** A Pod has to be pulled, started and seen to be ready. */
const visitorIsThere = 30_000;

/** Runs a line in a world. What it changes stays in that world. */
export function runIn(sandbox: Sandbox, line: string): Printed {
  const printed = { stdout: '', stderr: '', code: 0 };
  const write = (to: 'stdout' | 'stderr', text: string): void => {
    printed[to] += text;
  };
  const shell = new Shell(sandbox, write);
  printed.code = runToEnd(shell.run(line), shell, { write, input: () => '' });
  shell.close();
  return printed;
}

/**
 * A copy of the learner's world to try things in: whatever is done to it, the learner's stays as it is.
 */
export class Trial {
  readonly sandbox: Sandbox;
  readonly #visitors = new Map<string, string | undefined>();

  constructor(sandbox: Sandbox) {
    this.sandbox = new Sandbox(sandbox.snapshot());
  }

  run(line: string): Printed {
    return runIn(this.sandbox, line);
  }

  /** Networks of the Pods that run and have these labels. */
  networksOf(namespace: string, labels: Labels): readonly string[] {
    return this.sandbox.cluster
      .list('pods', namespace)
      .filter((pod) => isRunning(pod) && fitsSelector({ matchLabels: labels }, pod.metadata.labels))
      .map(({ metadata }) => networkOfPod(metadata.uid));
  }

  /** The network of a container of the learner's machine; undefined when it does not run. */
  networkOfContainer(name: string): string | undefined {
    const inspected = inspectThing(this.sandbox, { kind: 'container', name }) as { Id: string } | undefined;
    const container = inspected && this.sandbox.runtime.container(laptopHost, inspected.Id);
    return container?.state === 'running' ? container.spec.network : undefined;
  }

  /** The network of a Pod that was made for asking; undefined when it cannot run. */
  visitorIn(namespace: string): string | undefined {
    if (!this.#visitors.has(namespace)) this.#visitors.set(namespace, this.#invite(namespace));
    return this.#visitors.get(namespace);
  }

  /** Asks for a page. @param network of who asks; the learner's machine when it is left out */
  ask(url: URL, network: string = laptopNetwork): Answer {
    const { ways, runtime } = this.sandbox;
    const { hostname } = url;
    const port = Number(url.port || 80);
    const known = hostname === 'localhost' ? '127.0.0.1' : /^[\d.]+$/.test(hostname) ? hostname : undefined;
    const [address] = known === undefined ? ways.resolve(network, hostname) : [known];
    if (address === undefined) return { failure: `the name ${hostname} is not known` };
    const way = ways.reach(network, address, port, 'TCP');
    if ('failure' in way) return { failure: failures[way.failure] };
    const request = {
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      host: url.host,
      headers: { accept: '*/*' },
      body: '',
    };
    const response = runtime.ask(
      way.network,
      way.port,
      request,
      way.from ?? ways.addressOf(network),
      way.loopback,
    );
    // Behind a port that Docker publishes somebody takes the call, and nobody is there to answer.
    const isPublished = network === laptopNetwork && way.network !== network && known === '127.0.0.1';
    return (
      response ?? {
        failure: isPublished ? 'the connection is closed without an answer' : 'connection refused',
      }
    );
  }

  #invite(namespace: string): string | undefined {
    const { cluster } = this.sandbox;
    this.run(
      `kubectl run ${visitor} -n ${namespace} --image=busybox:1.36 --restart=Never --command -- sleep 3600`,
    );
    const find = (): Pod | undefined => cluster.get('pods', namespace, visitor);
    this.sandbox.advance(visitorIsThere, () => isRunning(find()));
    const there = cluster.get('pods', namespace, visitor);
    return there && isRunning(there) ? networkOfPod(there.metadata.uid) : undefined;
  }
}

function isRunning(pod: Pod | undefined): boolean {
  return pod?.status?.phase === 'Running' && pod.metadata.deletionTimestamp === undefined;
}
