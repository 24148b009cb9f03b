import { type ContainerRecord, containerRecord } from '../containers/container-record.ts';
import { findContainer } from '../containers/find-container.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { Filters } from '../engine/filters.ts';
import type { EngineRequest } from '../engine/request.ts';
import type { Route } from '../engine/route.ts';
import { updateHostFiles } from '../network/host-files.ts';
import { createNetwork, type NetworkRequest } from './create-network.ts';
import type { EndpointSettings } from './endpoint-record.ts';
import { endpointsIn } from './endpoint-record.ts';
import { addEndpoint, connectRunning, disconnect } from './endpoints.ts';
import { findNetwork } from './network-record.ts';
import { networkDetails, networkSummary } from './network-views.ts';
import { networkedContainer } from './networked-container.ts';
import { listNetworks, pruneNetworks, removeNetwork } from './remove-networks.ts';

const listed = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

/** What `/networks/…` answers. */
export function networkRoutes(parts: EngineParts): readonly Route[] {
  const { store } = parts;
  return [
    {
      method: 'GET',
      path: /^\/networks$/,
      handle: (request) => ({
        status: 200,
        body: listNetworks(store, Filters.of(request, listed)).map(networkSummary),
      }),
    },
    {
      method: 'POST',
      path: /^\/networks\/create$/,
      handle: ({ body }) => ({
        status: 201,
        body: { Id: createNetwork(parts, (body ?? {}) as NetworkRequest), Warning: '' },
      }),
    },
    {
      method: 'POST',
      path: /^\/networks\/prune$/,
      handle: (request) => ({
        status: 200,
        body: { NetworksDeleted: pruneNetworks(parts, Filters.of(request, ['label', 'label!', 'until'])) },
      }),
    },
    {
      method: 'GET',
      path: /^\/networks\/([^/]+)$/,
      handle: (_, [term = '']) => ({ status: 200, body: networkDetails(store, findNetwork(store, term)) }),
    },
    {
      method: 'DELETE',
      path: /^\/networks\/([^/]+)$/,
      handle: (_, [term = '']) => {
        removeNetwork(parts, term);
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: /^\/networks\/([^/]+)\/connect$/,
      handle: (request, [network = '']) => {
        connect(parts, network, request);
        return { status: 200 };
      },
    },
    {
      method: 'POST',
      path: /^\/networks\/([^/]+)\/disconnect$/,
      handle: (request, [network = '']) => {
        leave(parts, network, request);
        return { status: 200 };
      },
    },
  ];
}

function connect(parts: EngineParts, network: string, { body }: EngineRequest): void {
  const { Container: term = '', EndpointConfig } = (body ?? {}) as {
    readonly Container?: string;
    readonly EndpointConfig?: EndpointSettings | null;
  };
  const container = findContainer(parts, term);
  const settings = EndpointConfig ?? {};
  if (container.state.running) connectRunning(parts, networkedContainer(container), network, settings);
  else addEndpoint(parts, networkedContainer(container), network, settings, 'connect');
  refresh(parts, container);
}

function leave(parts: EngineParts, network: string, { body }: EngineRequest): void {
  const { Container: term = '', Force = false } = (body ?? {}) as {
    readonly Container?: string;
    readonly Force?: boolean;
  };
  const container = found(parts, term, Force);
  if (!container) {
    // With force the engine goes by the name of the endpoint alone.
    const { id } = findNetwork(parts.store, network);
    if (endpointsIn(parts.store, id).some(({ name }) => name === term)) return;
    throw new EngineError(404, `endpoint ${term} not found`);
  }
  disconnect(parts, networkedContainer(container), container.state.running, network, Force);
  refresh(parts, container);
}

function found(parts: EngineParts, term: string, isForced: boolean): ContainerRecord | undefined {
  try {
    return findContainer(parts, term);
  } catch (error) {
    if (isForced && error instanceof EngineError) return undefined;
    throw error;
  }
}

/** The names of a container that runs change with its networks. */
function refresh(parts: EngineParts, container: ContainerRecord): void {
  const now = containerRecord(parts, container.id);
  if (now?.state.running) updateHostFiles(parts.store, now);
}
