import type { Steps } from '../../../effects.ts';
import type { MessageStream } from '../../../host/engine/request.ts';
import { openMessages } from '../../engine-client.ts';
import { filterQuery } from '../../filters.ts';
import { labels } from '../containers.ts';

/** Something that happened to a container of a project. */
export interface ProjectEvent {
  readonly action: string;
  readonly id: string;
  readonly service: string;
  /** Without the project's name, where it is the usual one: `web-1`. */
  readonly source: string;
  readonly exitCode: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** In nanoseconds since 1970, as the engine writes it. */
  readonly time: number;
}

interface EngineEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly time: number;
  readonly timeNano: number;
}

/**
 * Opens what happens to the containers of a project, without those of `compose run`.
 *
 * @throws DaemonFailure
 */
export function* openProjectEvents(
  project: string,
  more: Readonly<Record<string, string | undefined>> = {},
): Steps<MessageStream> {
  const filters = filterQuery({
    type: ['container'],
    label: [`${labels.project}=${project}`, `${labels.oneOff}=False`],
  });
  return yield* openMessages('GET', '/events', { query: { filters, ...more } });
}

/** The events since the last call. */
export function nextEvents(stream: MessageStream, project: string): readonly ProjectEvent[] {
  return stream.next().map((given) => {
    const { Action, Actor, timeNano } = given as EngineEvent;
    const attributes = Actor.Attributes;
    return {
      action: Action,
      id: Actor.ID,
      service: attributes[labels.service] ?? '',
      source: sourceName(attributes.name ?? '', attributes, project),
      exitCode: Number(attributes.exitCode ?? 0),
      attributes,
      time: timeNano,
    };
  });
}

/** How the output of a container is marked (getContainerNameWithoutProject). */
export function sourceName(name: string, own: Readonly<Record<string, string>>, project: string): string {
  const usual = `${project}-${own[labels.service]}-${own[labels.number]}`;
  return name === usual ? name.slice(project.length + 1) : name;
}
