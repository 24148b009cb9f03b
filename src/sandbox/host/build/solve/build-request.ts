import type { Credentials } from '../../../runtime/container-runtime.ts';
import { textOf } from '../../containers/query.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { Archive, ArchiveEntry, EngineRequest } from '../../engine/request.ts';
import type { BuildOptions } from '../plan/build-options.ts';

/** A build, as it is asked for. */
export interface BuildRequest {
  readonly options: BuildOptions;
  readonly context: Archive;
  /** The Dockerfile, and what stands beside it that a build looks at. */
  readonly definition: readonly ArchiveEntry[];
  /** Where the context is on the learner's machine: a builder remembers what it has of it. */
  readonly contextName: string;
  /** The Dockerfile is only looked at. */
  readonly isCheck: boolean;
  /** Logins by the host of the registry. */
  readonly credentials: Readonly<Record<string, Credentials>>;
}

/** What goes with the request: in life the builder asks for it by and by. */
export interface BuildBody {
  readonly context: Archive;
  readonly definition: Archive;
}

/**
 * Reads a request to `POST /build`: the parameters of the Engine API, `secrets` and `nocachefilter` beside
 * them, which in life go another way.
 *
 * @throws EngineError
 */
export function readBuildRequest({ query, body, headers }: EngineRequest): BuildRequest {
  const { context, definition } = (body ?? {}) as Partial<BuildBody>;
  if (!context || !definition) throw new EngineError(400, 'the build context is missing');
  const text = (name: string): string => textOf(query, name);
  const isOn = (name: string): boolean => ['1', 'true'].includes(text(name));
  const stages = text('nocachefilter').split(',').filter(Boolean);
  const noCache = isOn('nocache') ? [] : stages;
  return {
    options: {
      dockerfile: text('dockerfile') || 'Dockerfile',
      target: text('target'),
      args: jsonOf(text('buildargs')),
      labels: jsonOf(text('labels')),
      ...((isOn('nocache') || stages.length > 0) && { noCache }),
      pull: isOn('pull'),
      secrets: jsonOf(text('secrets')),
      tags: [query.t ?? []].flat(),
    },
    context,
    definition: definition.entries,
    contextName: text('contextname'),
    isCheck: isOn('lint'),
    credentials: jsonOf(headers['x-registry-config'] ?? ''),
  };
}

function jsonOf<Value>(text: string): Readonly<Record<string, Value>> {
  if (text === '') return {};
  try {
    return JSON.parse(text) as Readonly<Record<string, Value>>;
  } catch {
    throw new EngineError(400, 'invalid JSON in a parameter of the build');
  }
}
