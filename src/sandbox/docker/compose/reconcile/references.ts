import { CommandFailure } from '../../failures.ts';
import { byName, type Listed } from '../containers.ts';
import type { Service } from '../project/project.ts';

/** Containers by their service. */
export type ContainersByService = ReadonlyMap<string, readonly Pick<Listed, 'Id' | 'Names'>[]>;

/**
 * A service that names containers where its file names services: `network_mode: service:web`, `volumes_from`
 * (resolveServiceReferences of pkg/compose/service_containers.go).
 *
 * @throws CommandFailure where a service has no container
 */
export function withReferences(service: Service, containers: ContainersByService): Service {
  const idOf = (name: string, what: string): string => {
    const [first] = byName((containers.get(name) ?? []) as readonly Listed[]);
    if (first) return first.Id;
    throw new CommandFailure(`cannot share ${what} with service ${name}: container missing`);
  };
  const shared = (mode: string | undefined, what: string): string | undefined =>
    mode?.startsWith('service:') ? `container:${idOf(mode.slice('service:'.length), what)}` : mode;
  const from = service.volumes_from?.map((each) => {
    const [name = '', second = ''] = each.split(':');
    return name === 'container' ? second : idOf(name, 'volume');
  });
  const network = shared(service.network_mode, 'network namespace');
  const ipc = shared(service.ipc, 'IPC namespace');
  const pid = shared(service.pid, 'PID namespace');
  return {
    ...service,
    ...(from && { volumes_from: from }),
    ...(network && { network_mode: network }),
    ...(ipc && { ipc }),
    ...(pid && { pid }),
  };
}

/** The services whose namespaces or volumes a service shares. */
export function sharedServices({ network_mode, ipc, pid, volumes_from = [] }: Service): readonly string[] {
  const modes = [network_mode, ipc, pid].flatMap((mode) =>
    mode?.startsWith('service:') ? [mode.slice('service:'.length)] : [],
  );
  return [
    ...modes,
    ...volumes_from.filter((each) => !each.startsWith('container:')).map((each) => each.replace(/:.*/s, '')),
  ];
}
