import { isOn, textOf } from '../containers/query.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import type { Route } from '../engine/route.ts';
import { diskUsage } from './disk-usage.ts';
import { eventStream } from './events-stream.ts';
import { infoView, pingHeaders, versionView } from './info.ts';

/** What the engine does not do unless it is one of a swarm, and nothing here is. */
const swarmPaths = /^\/(swarm|nodes|services|tasks|secrets|configs)(\/|$)/;

/** What `/info`, `/version`, `/events` and the like answer. */
export function systemRoutes(parts: EngineParts): readonly Route[] {
  return [
    { method: 'GET', path: /^\/_ping$/, handle: () => ({ status: 200, headers: pingHeaders, body: 'OK' }) },
    { method: 'HEAD', path: /^\/_ping$/, handle: () => ({ status: 200, headers: pingHeaders }) },
    { method: 'GET', path: /^\/version$/, handle: () => ({ status: 200, body: versionView() }) },
    { method: 'GET', path: /^\/info$/, handle: () => ({ status: 200, body: infoView(parts.store) }) },
    { method: 'GET', path: /^\/events$/, handle: (request) => eventStream(parts, request) },
    {
      method: 'GET',
      path: /^\/system\/df$/,
      handle: ({ query }) => {
        const { type = [] } = query;
        const types = typeof type === 'string' ? [type] : type;
        return {
          status: 200,
          body: diskUsage(parts, types, isOn(query, 'verbose') || textOf(query, 'verbose') !== ''),
        };
      },
    },
    ...(['GET', 'POST', 'DELETE'] as const).map(
      (method): Route => ({
        method,
        path: swarmPaths,
        handle: ({ path }) => {
          if (path === '/swarm/leave') throw new EngineError(503, 'This node is not part of a swarm');
          const advice =
            'Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
          throw new EngineError(503, `This node is not a swarm manager. ${advice}`);
        },
      }),
    ),
  ];
}
