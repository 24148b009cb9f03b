import { textOf } from '../containers/query.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { Filters } from '../engine/filters.ts';
import type { EngineRequest, EngineResponse } from '../engine/request.ts';
import { type EngineEvent, eventsFrom, nextEvent } from '../events.ts';
import { familiarName, repositoryOf } from '../images/image-names.ts';
import { wakeReader } from '../registry/stream-clock.ts';

/** Types that a filter may name something of. */
const types = ['config', 'container', 'daemon', 'network', 'node', 'plugin', 'secret', 'service', 'volume'];

/** Actions that say more behind a colon. */
const spoken = ['health_status', 'exec_create', 'exec_start'];

/**
 * What happens on the engine from now on, and with `since` what it remembers.
 *
 * @throws EngineError for times that make no sense
 */
export function eventStream({ store, simulation }: EngineParts, request: EngineRequest): EngineResponse {
  const since = timeOf(request, 'since');
  const until = timeOf(request, 'until');
  if (until !== undefined && since !== undefined && until < since) {
    const [from, to] = [textOf(request.query, 'since'), textOf(request.query, 'until')];
    throw new EngineError(400, `\`since\` time (${from}) cannot be after \`until\` time (${to})`);
  }
  const filters = Filters.of(request);
  const wantsOld = since !== undefined || until !== undefined;
  let place = wantsOld ? 0 : nextEvent(store);
  let isClosed = false;
  const isOver = () => isClosed || (until !== undefined && until <= store.now);
  let isEnded = false;
  if (until !== undefined && until > store.now) wakeReader(simulation, until);
  return {
    status: 200,
    stream: {
      kind: 'messages',
      next() {
        if (isEnded) return [];
        isEnded = isOver();
        const found = eventsFrom(store, place).filter(
          (event) =>
            event.at >= (since ?? 0) &&
            event.at <= (until ?? Number.POSITIVE_INFINITY) &&
            isAsked(event, filters),
        );
        place = nextEvent(store);
        return found.map(messageOf);
      },
      get ended() {
        return isEnded;
      },
      close() {
        isClosed = true;
        isEnded = true;
      },
    },
  };
}

/** An event as the API writes it. */
function messageOf({ type, action, id, attributes, at }: EngineEvent): unknown {
  return {
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: attributes },
    scope: 'local',
    time: Math.floor(at / 1000),
    timeNano: at * 1_000_000,
  };
}

/** Whether an event is asked for (daemon/events/filter.go of github.com/moby/moby). */
function isAsked(event: EngineEvent, filters: Filters): boolean {
  const { type, action, id, attributes } = event;
  const isSpoken = filters.get('event').some((each) => spoken.includes(each));
  const isAction = isSpoken ? filters.begins('event', action) : filters.isExact('event', action);
  const image = attributes[type === 'image' ? 'name' : 'image'] ?? '';
  const images = [id, image, familiarName(repositoryOf(id)), familiarName(repositoryOf(image))];
  return (
    isAction &&
    filters.isExact('type', type) &&
    filters.isExact('scope', 'local') &&
    types.every((each) => filters.begins(each, id) || filters.begins(each, attributes.name ?? '')) &&
    images.some((each) => filters.isExact('image', each)) &&
    filters.hasLabels('label', attributes)
  );
}

/** Seconds since 1970, with a fraction. */
function timeOf({ query }: EngineRequest, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === '') return undefined;
  const [, seconds = '', fraction = ''] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (seconds === '') {
    const why = `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`;
    throw new EngineError(400, `invalid value for '${name}': ${why}`);
  }
  return Number(seconds) * 1000 + Math.floor(Number(`0.${fraction || 0}`) * 1000);
}
