import { laptopNetwork } from '../cluster/network/cluster-network.ts';
import type { Sandbox } from '../sandbox.ts';
import { laptopHost } from '../shell/laptop/laptop.ts';
import type { ListedPort } from './docker-listed.ts';

/** A server may need so long until it listens, in milliseconds. */
const startTime = 10_000;

/** A port that a container publishes, and nobody in it answers at. */
export interface DeadPort {
  readonly published: number;
  readonly port: number;
  /** Whether somebody listens there, for who is in the same container only. */
  readonly isLocal: boolean;
}

/** The published ports behind which nothing listens, of a container that has run for a while. */
export function deadPortsOf(sandbox: Sandbox, id: string, ports: readonly ListedPort[]): readonly DeadPort[] {
  const { runtime, ways, cluster } = sandbox;
  const { state, startedAt = 0 } = runtime.container(laptopHost, id) ?? {};
  if (state !== 'running' || cluster.now - startedAt < startTime) return [];
  const published = ports.filter(({ PublicPort, Type }) => PublicPort !== undefined && Type === 'tcp');
  const found = new Map<number, DeadPort>();
  for (const { IP, PublicPort = 0, PrivatePort: port } of published) {
    const address = !IP || IP === '0.0.0.0' || IP === '::' ? '127.0.0.1' : IP;
    const way = ways.reach(laptopNetwork, address, PublicPort, 'TCP');
    // What an address of another machine leads to is not for the sandbox to say.
    if ('failure' in way || way.network === laptopNetwork) continue;
    if (runtime.listens(way.network, way.port, way.loopback)) continue;
    found.set(PublicPort, {
      published: PublicPort,
      port,
      isLocal: runtime.listens(way.network, way.port, true),
    });
  }
  return [...found.values()];
}
