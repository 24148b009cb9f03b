import { askEngine, type Steps } from '../effects.ts';
import { laptopDisk } from '../host/system/disk.ts';
import { laptopMemory } from '../host/system/laptop-facts.ts';
import type { Sandbox } from '../sandbox.ts';
import { showDisks } from '../shell/laptop/disks.ts';
import type { Program } from '../shell/shell-context.ts';
import { ctr } from './ctr/ctr.ts';
import { namespacesOnLaptop } from './ctr/namespaces.ts';
import { laptopPids, laptopProcesses, type ProxiedPort } from './processes/laptop-processes.ts';
import type { HostProcess } from './processes/process-entry.ts';
import { ps } from './processes/ps.ts';
import { pstree } from './processes/pstree.ts';

/** Programs that show on the learner's machine what stands below the Docker Engine. */
export function belowDocker({ cluster, runtime }: Sandbox): Readonly<Record<string, Program>> {
  const { store } = cluster;
  function* processes(): Steps<readonly HostProcess[]> {
    const first = cluster.list('nodes')[0]?.metadata.creationTimestamp ?? '';
    const proxied = yield* proxiedPorts();
    return laptopProcesses({ runtime, store }, Date.parse(first) || 0, proxied);
  }
  return {
    ps: function* (words) {
      return yield* ps(words, yield* processes(), laptopPids.shell);
    },
    pstree: function* (words) {
      return yield* pstree(words, yield* processes());
    },
    ctr: (words) => ctr(words, namespacesOnLaptop(runtime)),
    df: (words) =>
      showDisks(words, [
        { device: '/dev/vda1', size: laptopDisk.size, used: laptopDisk.used(store), target: '/' },
        { device: 'tmpfs', size: laptopMemory / 2, used: 0, target: '/dev/shm' },
      ]),
  };
}

/** What is used of a container as the engine lists it. */
interface Listed {
  readonly Id: string;
  readonly Ports?: readonly {
    readonly IP?: string;
    readonly PrivatePort: number;
    readonly PublicPort?: number;
    readonly Type: string;
  }[];
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string } | undefined>>;
  };
}

/** The published ports, as the lines of the processes that dockerd keeps for them. */
function* proxiedPorts(): Steps<readonly ProxiedPort[]> {
  const response = yield* askEngine({ method: 'GET', path: '/containers/json', query: {}, headers: {} });
  const listed =
    'body' in response && Array.isArray(response.body) ? (response.body as readonly Listed[]) : [];
  return listed.flatMap(({ Id, Ports = [], NetworkSettings }) => {
    const addresses = Object.values(NetworkSettings?.Networks ?? {}).map((each) => each?.IPAddress);
    const address = addresses.find(Boolean) ?? '';
    return Ports.flatMap(({ IP = '0.0.0.0', PrivatePort, PublicPort, Type }) =>
      PublicPort === undefined
        ? []
        : [
            {
              container: Id,
              line: `/usr/bin/docker-proxy -proto ${Type} -host-ip ${IP} -host-port ${PublicPort} -container-ip ${address} -container-port ${PrivatePort} -use-listen-fd`,
            },
          ],
    );
  });
}
