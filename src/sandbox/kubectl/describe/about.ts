import type { CoreEvent } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { goSorted } from '../../go/go-sort.ts';
import { throwUnless } from '../../thrown.ts';
import { ServerFailure } from '../failures.ts';
import { eventAge } from '../printing/event-age.ts';
import type { ObjectList } from '../selecting/selection.ts';
import { get } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import type { Description } from './description.ts';

/** What a description is made with, beside the object. */
export interface About {
  readonly showEvents: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the server serves. */
  readonly known: readonly DiscoveredResource[];
}

/** Describes an object of one kind. @throws ServerFailure when what belongs to it cannot be had */
export type Describe<T extends ApiObject> = (object: T, about: About) => Steps<string> | string;

/** Which object events are looked for. */
export interface EventSubject {
  readonly name?: string;
  readonly namespace?: string;
  /** Left out: of every kind. */
  readonly kind?: string;
  readonly uid?: string;
}

/** Adds the events of an object where they are wanted. */
export function* describeEvents(
  description: Description,
  object: ApiObject,
  about: About,
  others: readonly EventSubject[] = [subjectOf(object)],
): Steps<void> {
  if (!about.showEvents) return;
  const events: CoreEvent[] = [];
  for (const subject of others) events.push(...(yield* eventsOf(subject)));
  if (events.length === 0) {
    description.field('Events', '<none>');
    return;
  }
  description.title('Events').row(1, 'Type', 'Reason', 'Age', 'From', 'Message');
  description.row(1, '----', '------', '----', '----', '-------');
  for (const event of goSorted(events, (one, other) => lastSeen(one) < lastSeen(other))) {
    const { type, reason, source, reportingComponent, message = '', involvedObject } = event;
    const place = involvedObject.fieldPath ? `${involvedObject.fieldPath}: ` : '';
    const from = source?.component || reportingComponent;
    description.row(1, type, reason, eventAge(event, about.now), from, place + message.trim());
  }
}

/** What an object's events say they are about. */
export function subjectOf({ kind, metadata }: ApiObject): EventSubject {
  const { name = '', namespace, uid = '' } = metadata;
  return namespace === undefined ? { kind, name, uid } : { kind, name, namespace, uid };
}

function* eventsOf({ name = '', namespace, kind, uid }: EventSubject): Steps<readonly CoreEvent[]> {
  const fields = [
    `involvedObject.name=${name}`,
    `involvedObject.namespace=${namespace ?? ''}`,
    ...(kind === undefined ? [] : [`involvedObject.kind=${kind}`]),
    ...(uid === undefined ? [] : [`involvedObject.uid=${uid}`]),
  ];
  const path = namespace === undefined ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`;
  return yield* listOrEmpty<CoreEvent>(path, { fieldSelector: fields.join(',') });
}

function lastSeen({ lastTimestamp }: CoreEvent): number {
  return lastTimestamp ? Date.parse(lastTimestamp) : -Infinity;
}

/** What a list holds; undefined when the server refuses it. */
export function* listOrNone<T extends ApiObject>(
  path: string,
  query: Readonly<Record<string, string>> = {},
): Steps<readonly T[] | undefined> {
  try {
    return (yield* get<ObjectList>(path, query)).items as readonly unknown[] as readonly T[];
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    return undefined;
  }
}

/** What a list holds; nothing when the server refuses it. */
export function* listOrEmpty<T extends ApiObject>(
  path: string,
  query: Readonly<Record<string, string>> = {},
): Steps<readonly T[]> {
  return (yield* listOrNone<T>(path, query)) ?? [];
}

/** What a list holds. @throws ServerFailure when the server refuses it */
export function* listOf<T extends ApiObject>(
  path: string,
  query: Readonly<Record<string, string>> = {},
): Steps<readonly T[]> {
  return (yield* get<ObjectList>(path, query)).items as readonly unknown[] as readonly T[];
}
