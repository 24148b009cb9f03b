import type { EngineParts } from '../engine/engine-parts.ts';
import type { Route } from '../engine/route.ts';
import { cacheRecords, pruneBuilds } from './build-cache.ts';
import { readBuildRequest } from './solve/build-request.ts';
import { Builds } from './solve/builds.ts';

/** What `/build` and below it answers. */
export function buildRoutes(parts: EngineParts): readonly Route[] {
  const builds = new Builds(parts);
  return [
    {
      method: 'POST',
      path: /^\/build$/,
      handle: (request) => ({ status: 200, stream: builds.begin(readBuildRequest(request)) }),
    },
    {
      method: 'POST',
      path: /^\/build\/prune$/,
      handle: (request) => ({ status: 200, body: pruneBuilds(parts.store, request) }),
    },
    // In life BuildKit is asked for it in a way of its own.
    {
      method: 'GET',
      path: /^\/build\/cache$/,
      handle: () => ({ status: 200, body: cacheRecords(parts.store) }),
    },
  ];
}
