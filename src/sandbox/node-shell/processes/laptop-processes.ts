import type { Container } from '../../runtime/container-runtime.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import type { Store } from '../../store.ts';
import { containerProcesses, shimLine } from './container-processes.ts';
import type { HostProcess } from './process-entry.ts';

/** Process ids of what runs on the learner's machine from its start on. */
export const laptopPids = { init: 1, containerd: 702, dockerd: 911, shell: 1043 } as const;

const mib = 2 ** 20;

/** A port that dockerd has a process for, as its command line says. */
export interface ProxiedPort {
  readonly container: string;
  readonly line: string;
}

/**
 * The processes of the learner's machine that have to do with containers: dockerd, containerd below it, one shim
 * for each container and what runs in it.
 *
 * @param proxied ports for which a process of dockerd's stands in between
 */
export function laptopProcesses(
  { runtime, store }: { readonly runtime: Runtime; readonly store: Store },
  startedAt: number,
  proxied: readonly ProxiedPort[],
): readonly HostProcess[] {
  const root = (pid: number, parent: number, line: string, memory: number, at = startedAt): HostProcess => ({
    pid,
    parent,
    user: 'root',
    startedAt: at,
    argv: line.split(' '),
    seconds: 0,
    memoryBytes: memory * mib,
  });
  const own = [
    root(laptopPids.init, 0, '/sbin/init', 13),
    root(laptopPids.containerd, laptopPids.init, '/usr/bin/containerd', 58),
    root(
      laptopPids.dockerd,
      laptopPids.init,
      '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
      96,
    ),
    { ...root(laptopPids.shell, laptopPids.init, '-bash', 5), user: 'you' },
  ];
  const running = runtime.containers(laptopHost).filter(isAlive);
  const inside = running.flatMap((container) => {
    const at = container.startedAt ?? container.createdAt;
    // Its shim was started right before it, and the processes for its ports before that.
    const shim = container.pid - 1;
    const ports = proxied.filter((each) => each.container === container.id);
    return [
      ...ports.map(({ line }, place) => root(shim - ports.length + place, laptopPids.dockerd, line, 3, at)),
      { ...root(shim, laptopPids.init, '', 11, at), argv: shimLine('moby', container.id) },
      ...containerProcesses({ runtime, store }, container, shim),
    ];
  });
  return [...own, ...inside].sort((one, other) => one.pid - other.pid);
}

function isAlive({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}
