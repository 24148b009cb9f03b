import type { Store } from '../store.ts';

/** What `docker events` tells of: keyed by their number, in the order in which they happened. */
const eventTable = 'docker/events';
/** The number of the next event, under the key `next`. */
const counterTable = 'docker/event-counter';

/** So many the engine remembers (daemon/events of github.com/moby/moby). */
const mostRemembered = 256;

/** Something that happened on the engine. */
export interface EngineEvent {
  readonly type: 'builder' | 'container' | 'daemon' | 'image' | 'network' | 'volume';
  /** Such as `start`, `die` or `exec_create: sh`. */
  readonly action: string;
  /** Id or name of what it happened to. */
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Tells of something that happened now. */
export function recordEvent(
  store: Store,
  type: EngineEvent['type'],
  action: string,
  id: string,
  attributes: Readonly<Record<string, string>> = {},
): void {
  const next = nextEvent(store);
  const event: EngineEvent = { type, action, id, attributes, at: store.now };
  store.write(eventTable, eventKey(next), event);
  store.write(counterTable, 'next', next + 1);
  if (next >= mostRemembered) store.delete(eventTable, eventKey(next - mostRemembered));
}

/** The number that the next event gets. */
export function nextEvent(store: Store): number {
  return (store.read(counterTable, 'next') as number | undefined) ?? 0;
}

/** What happened since an event's number, as far as it is remembered, in order. */
export function eventsFrom(store: Store, first: number): readonly EngineEvent[] {
  const found: EngineEvent[] = [];
  const end = nextEvent(store);
  for (let number = Math.max(first, end - mostRemembered, 0); number < end; number++) {
    const event = store.read(eventTable, eventKey(number)) as EngineEvent | undefined;
    if (event) found.push(event);
  }
  return found;
}

function eventKey(number: number): string {
  return String(number);
}
