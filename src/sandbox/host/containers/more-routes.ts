import { EngineError } from '../engine/engine-error.ts';
import { Filters } from '../engine/filters.ts';
import type { Archive, EngineRequest } from '../engine/request.ts';
import type { Route } from '../engine/route.ts';
import { exportContainer, readArchive, statArchive, writeArchive } from './archive.ts';
import { commitContainer } from './commit.ts';
import { tell } from './container-events.ts';
import type { ContainerParts } from './container-parts.ts';
import type { WantedHostConfig } from './create/wanted-host-config.ts';
import { demandRunning, findContainer } from './find-container.ts';
import { pruneContainers, pruneFilters } from './life/prune-containers.ts';
import { renameContainer } from './life/rename-container.ts';
import { updateContainer } from './life/update-container.ts';
import { isOn, textOf } from './query.ts';
import { demandExec } from './streams/exec.ts';
import { containerChanges } from './views/changes.ts';
import { containerStats } from './views/stats.ts';
import { containerTop } from './views/top.ts';

/** What `/containers/…` answers of files and figures, and what changes a container that there is. */
export function moreRoutes(parts: ContainerParts): readonly Route[] {
  const ofContainer = (what: string) => new RegExp(`^/containers/([^/]+)/${what}$`);
  return [
    {
      method: 'POST',
      path: /^\/containers\/prune$/,
      handle: (request) => ({ status: 200, body: pruneContainers(parts, Filters.of(request, pruneFilters)) }),
    },
    {
      method: 'POST',
      path: ofContainer('rename'),
      handle: ({ query }, [name = '']) => {
        renameContainer(parts, name, textOf(query, 'name'));
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: ofContainer('update'),
      handle: ({ body }, [name = '']) => {
        const warnings = updateContainer(parts, name, (body ?? {}) as WantedHostConfig);
        return { status: 200, body: { Warnings: warnings.length > 0 ? warnings : null } };
      },
    },
    {
      method: 'GET',
      path: ofContainer('top'),
      handle: ({ query }, [name = '']) => ({
        status: 200,
        body: containerTop(parts, findContainer(parts, name), textOf(query, 'ps_args')),
      }),
    },
    {
      method: 'GET',
      path: ofContainer('stats'),
      handle: ({ query }, [name = '']) =>
        containerStats(
          parts,
          name,
          textOf(query, 'stream') === '' || isOn(query, 'stream'),
          isOn(query, 'one-shot'),
        ),
    },
    {
      method: 'GET',
      path: ofContainer('changes'),
      handle: (_, [name = '']) => ({
        status: 200,
        body: containerChanges(parts, findContainer(parts, name)),
      }),
    },
    {
      method: 'GET',
      path: ofContainer('archive'),
      handle: ({ query }, [name = '']) => readArchive(parts, name, textOf(query, 'path')),
    },
    {
      method: 'HEAD',
      path: ofContainer('archive'),
      handle: ({ query }, [name = '']) => statArchive(parts, name, textOf(query, 'path')),
    },
    {
      method: 'PUT',
      path: ofContainer('archive'),
      handle: ({ query, body }, [name = '']) => {
        const archive = (body ?? { entries: [] }) as Archive;
        const path = textOf(query, 'path');
        if (path === '') throw new EngineError(400, 'bad parameter: path cannot be empty');
        writeArchive(parts, name, path, archive, isOn(query, 'noOverwriteDirNonDir'));
        return { status: 200 };
      },
    },
    {
      method: 'GET',
      path: ofContainer('export'),
      handle: (_, [name = '']) => exportContainer(parts, name),
    },
    {
      method: 'POST',
      path: /^\/commit$/,
      handle: ({ query }) => {
        const changes = query.changes ?? [];
        const id = commitContainer(parts, {
          container: textOf(query, 'container'),
          repository: textOf(query, 'repo'),
          tag: textOf(query, 'tag'),
          comment: textOf(query, 'comment'),
          author: textOf(query, 'author'),
          changes: typeof changes === 'string' ? changes.split('\n').filter(Boolean) : changes,
        });
        return { status: 201, body: { Id: id } };
      },
    },
    {
      method: 'POST',
      path: ofContainer('resize'),
      handle: ({ query }, [name = '']) => {
        const size = sizeOf(query);
        const container = findContainer(parts, name);
        demandRunning(container);
        tell(parts, container, 'resize', size);
        return { status: 200 };
      },
    },
    {
      method: 'POST',
      path: /^\/exec\/([^/]+)\/resize$/,
      handle: ({ query }, [id = '']) => {
        sizeOf(query);
        demandExec(parts, id);
        return { status: 200 };
      },
    },
  ];
}

/** @throws EngineError when it is no size */
function sizeOf(query: EngineRequest['query']): { readonly height: string; readonly width: string } {
  const read = (name: string, what: string): string => {
    const text = textOf(query, name);
    if (/^\d+$/.test(text)) return text;
    throw new EngineError(400, `invalid resize ${what} ${JSON.stringify(text)}: invalid syntax`);
  };
  return { height: read('h', 'height'), width: read('w', 'width') };
}
