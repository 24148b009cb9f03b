import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { Filters } from '../engine/filters.ts';
import type { EngineResponse } from '../engine/request.ts';
import type { Route } from '../engine/route.ts';
import { listVolumes, pruneVolumes, volumeText } from './list-volumes.ts';
import { ensureVolume, removeVolume, type VolumeRequest, volumeNamed } from './volume-store.ts';

/** What `/volumes/…` answers. */
export function volumeRoutes(parts: EngineParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/volumes$/,
      handle: (request) => {
        const filters = Filters.of(request, ['dangling', 'driver', 'label', 'label!', 'name']);
        return ok({ Volumes: listVolumes(parts, filters).map(volumeText), Warnings: null });
      },
    },
    {
      method: 'POST',
      path: /^\/volumes\/create$/,
      handle: ({ body }) => ({
        status: 201,
        body: volumeText(ensureVolume(parts, (body ?? {}) as VolumeRequest)),
      }),
    },
    {
      method: 'POST',
      path: /^\/volumes\/prune$/,
      handle: (request) => ok(pruneVolumes(parts, Filters.of(request, ['all', 'label', 'label!']))),
    },
    {
      method: 'GET',
      path: /^\/volumes\/([^/]+)$/,
      handle: (_, [name = '']) => {
        const volume = volumeNamed(parts.store, name);
        if (!volume) throw new EngineError(404, `get ${name}: no such volume`);
        return ok(volumeText(volume));
      },
    },
    {
      method: 'DELETE',
      path: /^\/volumes\/([^/]+)$/,
      handle: ({ query }, [name = '']) => {
        removeVolume(parts, name, ['1', 'true', 'True'].includes(String(query.force)));
        return { status: 204 };
      },
    },
  ];
}

function ok(body: unknown): EngineResponse {
  return { status: 200, body };
}
