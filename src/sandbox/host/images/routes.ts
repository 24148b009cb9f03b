import { askRegistry, fullName, transferTime } from '../../images/registry.ts';
import { unlessThrown } from '../../thrown.ts';
import { isOn, numberOf, textOf } from '../containers/query.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { Filters } from '../engine/filters.ts';
import type { Archive, EngineRequest, EngineResponse } from '../engine/request.ts';
import type { Route } from '../engine/route.ts';
import { recordEvent } from '../events.ts';
import { pullImage } from '../registry/pull.ts';
import { pushImage } from '../registry/push.ts';
import { credentialsOf, login } from '../registry/registry-auth.ts';
import { addStreamClock } from '../registry/stream-clock.ts';
import { errorMessage, timedMessages } from '../registry/timed-messages.ts';
import { changedConfig } from './config-changes.ts';
import { loadImages, saveImages } from './image-archive.ts';
import { demandReference, familiarName } from './image-names.ts';
import { sharedSize } from './image-sizes.ts';
import { allImages, demandImage, nameImage } from './image-store.ts';
import { descriptorOf, imageDetails, imageHistory, imageSummary } from './image-views.ts';
import { importImage } from './import-image.ts';
import { imageFilters, listImages } from './list-images.ts';
import { pruneImages } from './prune-images.ts';
import { removeImage } from './remove-image.ts';
import { searchImages } from './search-images.ts';

type Query = EngineRequest['query'];

/** What `/images/…`, `/distribution/…` and `/auth` answer; the clock of streams is put into the world. */
export function imageRoutes(parts: EngineParts): readonly Route[] {
  addStreamClock(parts.simulation);
  return [...collectionRoutes(parts), ...registryRoutes(parts), ...imageByNameRoutes(parts)];
}

function collectionRoutes(parts: EngineParts): readonly Route[] {
  const { store } = parts;
  return [
    {
      method: 'GET',
      path: /^\/images\/json$/,
      handle: (request) => {
        const found = listImages(store, Filters.of(request, imageFilters));
        const isShared = isOn(request.query, 'shared-size');
        const isDetailed = isOn(request.query, 'manifests');
        const body = found.map((image) => ({
          ...imageSummary(store, image, isDetailed),
          ...(isShared ? { SharedSize: sharedSize(image.image, allImages(store)) } : {}),
        }));
        return { status: 200, body };
      },
    },
    {
      method: 'GET',
      path: /^\/images\/search$/,
      handle: (request) => {
        const filters = Filters.of(request, ['is-automated', 'is-official', 'stars']);
        const limit = numberOf(request.query, 'limit') ?? 0;
        const body = searchImages(textOf(request.query, 'term'), limit, filters);
        return { status: 200, body, milliseconds: transferTime(0) };
      },
    },
    {
      method: 'GET',
      path: /^\/images\/get$/,
      handle: ({ query: { names = [] } }) => ({
        status: 200,
        body: saveImages(store, typeof names === 'string' ? [names] : names),
      }),
    },
    {
      method: 'POST',
      path: /^\/images\/load$/,
      handle: ({ body }) => loaded(parts, body as Archive),
    },
    {
      method: 'POST',
      path: /^\/images\/create$/,
      handle: (request) =>
        textOf(request.query, 'fromSrc') === '' ? pulled(parts, request) : imported(parts, request),
    },
    {
      method: 'POST',
      path: /^\/images\/prune$/,
      handle: (request) => {
        const filters = Filters.of(request, ['dangling', 'label', 'label!', 'until']);
        const onlyDangling = filters.flag('dangling') ?? true;
        return { status: 200, body: pruneImages(store, filters.without('dangling'), onlyDangling) };
      },
    },
  ];
}

function registryRoutes({ store }: EngineParts): readonly Route[] {
  return [
    {
      method: 'POST',
      path: /^\/auth$/,
      handle: ({ body }) => ({ status: 200, body: login(store, body), milliseconds: transferTime(0) }),
    },
    {
      method: 'GET',
      path: /^\/distribution\/(.+)\/json$/,
      handle: (request, [name = '']) => {
        const reference = demandReference(name);
        const answer = askRegistry(store, reference, credentialsOf(request));
        if (!('image' in answer)) {
          if (answer.failure === 'not-found')
            throw new EngineError(404, 'manifest unknown: manifest unknown');
          const full = fullName(reference);
          throw new EngineError(500, `failed to resolve reference "${full}": ${answer.why}`);
        }
        const Platforms = [{ architecture: 'amd64', os: 'linux' }];
        return { status: 200, body: { Descriptor: descriptorOf(answer.image), Platforms } };
      },
    },
  ];
}

function imageByNameRoutes(parts: EngineParts): readonly Route[] {
  const { store } = parts;
  return [
    {
      method: 'GET',
      path: /^\/images\/(.+)\/json$/,
      handle: ({ query }, [name = '']) => ({
        status: 200,
        body: imageDetails(store, demandImage(store, name), isOn(query, 'manifests')),
      }),
    },
    {
      method: 'GET',
      path: /^\/images\/(.+)\/history$/,
      handle: (_, [name = '']) => ({ status: 200, body: imageHistory(store, demandImage(store, name)) }),
    },
    {
      method: 'GET',
      path: /^\/images\/(.+)\/get$/,
      handle: (_, [name = '']) => ({ status: 200, body: saveImages(store, [name]) }),
    },
    {
      method: 'POST',
      path: /^\/images\/(.+)\/push$/,
      handle: (request, [name = '']) =>
        pushImage(parts, name, textOf(request.query, 'tag'), credentialsOf(request)),
    },
    {
      method: 'POST',
      path: /^\/images\/(.+)\/tag$/,
      handle: ({ query }, [name = '']) => tagged(parts, name, query),
    },
    {
      method: 'DELETE',
      path: /^\/images\/(.+)$/,
      handle: ({ query }, [name = '']) => ({
        status: 200,
        body: removeImage(store, name, isOn(query, 'force')),
      }),
    },
  ];
}

function tagged({ store }: EngineParts, source: string, query: Query): EngineResponse {
  const [repository, tag] = [textOf(query, 'repo'), textOf(query, 'tag')];
  if (repository === '') {
    // Without a repository there is no name to give; the daemon finds nothing wrong with that.
    demandImage(store, source);
    return { status: 200 };
  }
  if (/^[0-9a-f]{64}$/.test(repository)) {
    const why = 'cannot specify 64-byte hexadecimal strings';
    throw new EngineError(400, `invalid repository name (${repository}), ${why}`);
  }
  const base = demandReference(repository);
  if (base.digest !== '') throw new EngineError(400, 'cannot import digest reference');
  if (tag !== '' && !/^\w[\w.-]{0,127}$/.test(tag)) throw new EngineError(400, 'invalid tag format');
  const full = fullName({ ...base, tag: tag || base.tag });
  const { image } = demandImage(store, source);
  nameImage(store, full, image);
  recordEvent(store, 'image', 'tag', image.digest, { name: familiarName(full) });
  return { status: 201 };
}

function pulled(parts: EngineParts, request: EngineRequest): EngineResponse {
  const { query } = request;
  const fromImage = textOf(query, 'fromImage');
  if (fromImage === '') throw new EngineError(500, 'Get "http:": http: no Host in request URL');
  const wanted = { fromImage, tag: textOf(query, 'tag'), platform: textOf(query, 'platform') };
  return pullImage(parts, wanted, credentialsOf(request));
}

function imported(parts: EngineParts, { query, body }: EngineRequest): EngineResponse {
  const { store } = parts;
  const source = textOf(query, 'fromSrc');
  if (source !== '-') {
    const host = source.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
    const why = `dial tcp: lookup ${host} on 192.168.1.1:53: no such host`;
    throw new EngineError(500, `Get "${/^https?:/.test(source) ? source : `http://${source}`}": ${why}`);
  }
  const given = query.changes ?? [];
  const config = changedConfig({}, typeof given === 'string' ? [given] : given);
  const [repository, tag] = [textOf(query, 'repo'), textOf(query, 'tag')];
  const name = repository === '' ? '' : fullName(demandReference(`${repository}${tag && `:${tag}`}`));
  const id = importImage(store, (body ?? { entries: [] }) as Archive, {
    name,
    message: textOf(query, 'message'),
    config,
  });
  return {
    status: 200,
    stream: timedMessages(parts, [{ after: 0, message: { status: id } }], () => []),
  };
}

function loaded(parts: EngineParts, archive: Archive): EngineResponse {
  const { store } = parts;
  const load = () => loadImages(store, archive);
  const finish = (): readonly unknown[] =>
    unlessThrown(EngineError, load, ({ message }) => [errorMessage(message)]);
  return { status: 200, stream: timedMessages(parts, [], finish) };
}
