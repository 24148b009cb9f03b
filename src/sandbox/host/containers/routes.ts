import { unlessThrown } from '../../thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { Filters } from '../engine/filters.ts';
import type { Route } from '../engine/route.ts';
import { type ContainerParts, Readers } from './container-parts.ts';
import { type CreateBody, createContainer } from './create/create-container.ts';
import { findContainer } from './find-container.ts';
import { containersController } from './life/container-controller.ts';
import { healthController } from './life/health-controller.ts';
import { killContainer, signalOf } from './life/kill-container.ts';
import { pauseContainer, unpauseContainer } from './life/pause-container.ts';
import { removeByName } from './life/remove-by-name.ts';
import { demandStartable, startContainer } from './life/start-container.ts';
import { stopContainer } from './life/stop-container.ts';
import { waitForContainer } from './life/wait.ts';
import { moreRoutes } from './more-routes.ts';
import { isOn, numberOf, textOf } from './query.ts';
import { attach } from './streams/attach.ts';
import { createExec, type ExecBody, inspectExec, startExec } from './streams/exec.ts';
import { containerLogs } from './streams/logs.ts';
import { inspectContainer } from './views/inspect.ts';
import { listContainers, readLimit } from './views/list-containers.ts';
import { listFilters } from './views/list-filter.ts';

/** How long it takes until a process runs in a container, in milliseconds. */
const startMs = 200;

/** What `/containers/…` and `/exec/…` answer; the controllers of containers are put to work. */
export function containerRoutes(engine: EngineParts): readonly Route[] {
  const parts: ContainerParts = { ...engine, readers: new Readers() };
  parts.simulation.add(containersController(parts));
  parts.simulation.add(healthController(parts));
  return [...lifeRoutes(parts), ...processRoutes(parts), ...moreRoutes(parts)];
}

function lifeRoutes(parts: ContainerParts): readonly Route[] {
  const ofContainer = (what: string) => new RegExp(`^/containers/([^/]+)/${what}$`);
  const stopOptions = (query: Parameters<typeof textOf>[0]) => ({
    signal: textOf(query, 'signal'),
    seconds: numberOf(query, 't'),
  });
  return [
    {
      method: 'POST',
      path: /^\/containers\/create$/,
      handle: ({ query, body }) => {
        if (body === undefined || body === null) throw new EngineError(400, 'invalid JSON: EOF');
        return createContainer(parts, textOf(query, 'name'), textOf(query, 'platform'), body as CreateBody);
      },
    },
    {
      method: 'GET',
      path: /^\/containers\/json$/,
      handle: (request) => ({
        status: 200,
        body: listContainers(parts, {
          all: isOn(request.query, 'all'),
          size: isOn(request.query, 'size'),
          limit: readLimit(textOf(request.query, 'limit')),
          filters: Filters.of(request, listFilters),
        }),
      }),
    },
    {
      method: 'GET',
      path: ofContainer('json'),
      handle: ({ query }, [name = '']) => ({
        status: 200,
        body: inspectContainer(parts, findContainer(parts, name), isOn(query, 'size')),
      }),
    },
    {
      method: 'POST',
      path: ofContainer('start'),
      handle: (_, [name = '']) => {
        const container = findContainer(parts, name);
        demandStartable(container);
        if (container.state.running) return { status: 304 };
        startContainer(parts, container, true);
        return { status: 204, milliseconds: startMs };
      },
    },
    {
      method: 'POST',
      path: ofContainer('stop'),
      handle: ({ query }, [name = '']) => stopContainer(parts, name, stopOptions(query), 'stop'),
    },
    {
      method: 'POST',
      path: ofContainer('restart'),
      handle: ({ query }, [name = '']) => stopContainer(parts, name, stopOptions(query), 'restart'),
    },
    {
      method: 'POST',
      path: ofContainer('kill'),
      handle: ({ query }, [name = '']) => {
        const kill = () => {
          const signal = textOf(query, 'signal');
          const sent = signalOf(signal === '' ? 'KILL' : signal);
          killContainer(parts, findContainer(parts, name), sent);
        };
        unlessThrown(EngineError, kill, ({ status, message }) => {
          throw new EngineError(status, `cannot kill container: ${name}: ${message}`);
        });
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: ofContainer('pause'),
      handle: (_, [name = '']) => {
        pauseContainer(parts, findContainer(parts, name));
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: ofContainer('unpause'),
      handle: (_, [name = '']) => {
        unpauseContainer(parts, findContainer(parts, name));
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: ofContainer('wait'),
      handle: ({ query }, [name = '']) => waitForContainer(parts, name, textOf(query, 'condition')),
    },
    {
      method: 'DELETE',
      path: /^\/containers\/(.+)$/,
      handle: ({ query }, [name = '']) => {
        if (isOn(query, 'link')) {
          findContainer(parts, name);
          throw new EngineError(500, 'Conflict, cannot remove the default link name of the container');
        }
        removeByName(parts, name, { isForced: isOn(query, 'force'), withVolumes: isOn(query, 'v') });
        return { status: 204 };
      },
    },
  ];
}

function processRoutes(parts: ContainerParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/containers\/([^/]+)\/logs$/,
      handle: ({ query }, [name = '']) =>
        containerLogs(parts, name, {
          stdout: isOn(query, 'stdout'),
          stderr: isOn(query, 'stderr'),
          follow: isOn(query, 'follow'),
          timestamps: isOn(query, 'timestamps'),
          details: isOn(query, 'details'),
          since: textOf(query, 'since'),
          until: textOf(query, 'until'),
          tail: textOf(query, 'tail'),
        }),
    },
    {
      method: 'POST',
      path: /^\/containers\/([^/]+)\/attach$/,
      handle: ({ query }, [name = '']) =>
        attach(parts, name, {
          stdin: isOn(query, 'stdin'),
          stdout: isOn(query, 'stdout'),
          stderr: isOn(query, 'stderr'),
          logs: isOn(query, 'logs'),
          stream: isOn(query, 'stream'),
        }),
    },
    {
      method: 'POST',
      path: /^\/containers\/([^/]+)\/exec$/,
      handle: ({ body }, [name = '']) => ({
        status: 201,
        body: { Id: createExec(parts, name, (body ?? {}) as ExecBody).id },
      }),
    },
    {
      method: 'POST',
      path: /^\/exec\/([^/]+)\/start$/,
      handle: ({ body }, [id = '']) =>
        startExec(parts, id, (body as { readonly Detach?: boolean } | undefined)?.Detach === true),
    },
    {
      method: 'GET',
      path: /^\/exec\/([^/]+)\/json$/,
      handle: (_, [id = '']) => ({ status: 200, body: inspectExec(parts, id) }),
    },
  ];
}
