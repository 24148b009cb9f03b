import type { CoreEvent } from '../../../kubernetes/api.ts';
import type { Stored } from '../../cluster/object.ts';
import { listed } from './account.ts';

/** An event of the cluster, with all that an event may leave out. */
export interface ToldEvent {
  /** When it was told the last time, as the API writes it. */
  readonly at: string;
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly node: string;
  readonly container: string;
  readonly count: number;
  readonly isWarning: boolean;
}

/** Reads an event. */
export function toldEvent({
  metadata,
  involvedObject: { kind = '', name = '', fieldPath = '' },
  reason = '',
  message = '',
  reportingComponent = '',
  source: { component = reportingComponent, host = '' } = {},
  type,
  count = 1,
  lastTimestamp,
}: Stored<CoreEvent>): ToldEvent {
  return {
    at: lastTimestamp ?? metadata.creationTimestamp,
    kind,
    name,
    reason,
    message: message.replace(/^\(combined from similar events\): /, ''),
    component,
    node: host,
    container: /\{(.+)\}$/.exec(fieldPath)?.[1] ?? '',
    count,
    isWarning: type === 'Warning',
  };
}

/** How events of a reason are told: several that follow one another become one sentence. */
export interface EventRule {
  readonly component: RegExp;
  readonly reason: string;
  /**
   * Whether two of them can be one sentence besides having the same teller: what they have to have in common.
   */
  readonly together: (event: ToldEvent) => string;
  /** @returns undefined when they are not worth telling */
  readonly tell: (events: readonly ToldEvent[]) => string | undefined;
}

/** What a probe met, from the message that tells of it: a command may fail without a word. */
export function probeFailure(message: string): string {
  const met = message.replace(/^\w+ probe (?:failed|errored)[^:]*: /, '').trim();
  return met === '' ? 'its command failed, and wrote nothing' : met;
}

/** The objects of events, a few by name. */
export const names = (events: readonly ToldEvent[]): string => listed(events.map(({ name }) => name));
/** The first of some. */
export const first = (events: readonly ToldEvent[]): ToldEvent => events[0] as ToldEvent;
/** What a pattern finds in the message of an event. */
export const found = ({ message }: ToldEvent, pattern: RegExp): string[] =>
  pattern.exec(message)?.slice(1) ?? [];

/** What a pattern finds in the messages of events. */
export const podsIn = (events: readonly ToldEvent[], pattern: RegExp): readonly string[] =>
  events.flatMap((event) => found(event, pattern));

/** An object with its kind. */
export const own = ({ kind, name }: ToldEvent): string => `${kind} ${name}`;
/** How often something happened, where it was more than once. */
export const again = ({ count }: ToldEvent): string => (count > 1 ? ` (${count} times)` : '');

/** The container that events are about, and whose it is: one that is called as its Pod is named once. */
export const containerOf = (events: readonly ToldEvent[]): string => {
  const { container } = first(events);
  return events.every(({ name }) => name === container)
    ? container
    : `container ${container} of ${names(events)}`;
};
