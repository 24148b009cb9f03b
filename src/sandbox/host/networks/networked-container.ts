import type { ContainerRecord } from '../containers/container-record.ts';
import type { NetworkedContainer } from './endpoints.ts';

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
