import type { ContainerRecord } from '../containers/container-record.ts';
import type { WantedPorts } from '../network/published-ports.ts';

/** What the networks have to know of a container of the engine. */
export function networkedContainer({ id, name, config, hostConfig }: ContainerRecord): NetworkedContainer {
  return {
    id,
    name: name.slice(1),
    hostname: config.Hostname,
    networkMode: hostConfig.NetworkMode,
    ports: {
      bindings: hostConfig.PortBindings,
      exposed: Object.keys(config.ExposedPorts ?? {}),
      publishAll: hostConfig.PublishAllPorts,
    },
  };
}

/** What the networks have to know of a container. */
export interface NetworkedContainer {
  readonly id: string;
  /** Without the slash. */
  readonly name: string;
  /** `Config.Hostname`, as it is asked for or chosen. */
  readonly hostname: string;
  /** `HostConfig.NetworkMode`, such as `bridge` or a name. */
  readonly networkMode: string;
  readonly ports: WantedPorts;
}
