import type { CoreEvent, EventSource, ObjectReference } from '../../kubernetes/api.ts';
import type { Cluster } from './cluster.ts';
import { spendBudget } from './event-budget.ts';
import { type ApiObject, type Stored, timestamp } from './object.ts';

/** Something worth telling that happened to an object. */
export interface Happening {
  readonly about: ApiObject;
  readonly type: 'Normal' | 'Warning';
  /** Such as `Scheduled`, `BackOff`. */
  readonly reason: string;
  readonly message: string;
  /** Who tells it, such as `kubelet`. */
  readonly component: string;
  /** The node it was seen on, where it was on one. */
  readonly host?: string;
  /** The part of the object, such as `spec.containers{web}`. */
  readonly fieldPath?: string;
}

/** From so many different messages on that are alike, they are told as one (`defaultAggregateMaxEvents`). */
const mostAlike = 10;

/** Unless there was a pause of so long between them (`defaultAggregateIntervalInSeconds`). */
const alikeMs = 600_000;

const none: readonly Stored<CoreEvent>[] = [];

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

const combined = '(combined from similar events): ';

/**
 * Tells of something. The same thing told again counts on, many that differ only in their message become one,
 * and too much is not told at all, as the recorder of client-go has it
 * (k8s.io/client-go/tools/record/events_cache.go).
 */
export function recordEvent(cluster: Cluster, happening: Happening): void {
  const { about, type, reason, message, component, host = '', fieldPath } = happening;
  const { uid = '', namespace = '', name = '' } = about.metadata;
  let told = none;
  let alike = none;
  let same: Stored<CoreEvent> | undefined;
  for (const event of eventsAbout(cluster, uid)) {
    const { source, involvedObject } = event;
    const isByTheSame =
      event.type === type &&
      source?.component === component &&
      (source.host ?? '') === host &&
      involvedObject.name === name &&
      (involvedObject.namespace ?? '') === namespace;
    if (!isByTheSame) continue;
    told = [...told, event];
    if (event.reason !== reason) continue;
    alike = [...alike, event];
    if (event.message === message && involvedObject.fieldPath === fieldPath) same ??= event;
  }
  const isCombined = !same && isTooMany(alike, cluster.now);
  const known = isCombined ? alike.find((event) => event.message?.startsWith(combined)) : same;
  const text = isCombined ? `${combined}${message}` : message;
  const untold = spendBudget(cluster, happening, told, known?.metadata.name);
  if (untold === undefined) return;
  if (known) {
    cluster.update('events', {
      ...known,
      message: text,
      count: (known.count ?? 1) + untold + 1,
      lastTimestamp: timestamp(cluster.now),
    });
    return;
  }
  // What the API server refuses, such as news from a Namespace that is on its way out, is not told.
  const home = cluster.get('namespaces', undefined, namespace || 'default');
  if (!home || home.metadata.deletionTimestamp !== undefined) return;
  cluster.create('events', newEvent(cluster, { ...happening, message: text }, isCombined));
}

/** What was told of an object and has not been forgotten. */
export function eventsAbout(cluster: Cluster, uid: string): readonly Stored<CoreEvent>[] {
  const about = (event: CoreEvent) => [event.involvedObject.uid ?? ''];
  return cluster.store.index('events', 'about', about).entries(uid) as Stored<CoreEvent>[];
}

function isTooMany(alike: readonly CoreEvent[], now: number): boolean {
  if (alike.length < mostAlike - 1) return false;
  // Times of the API are in order as texts.
  const cutoff = timestamp(now - alikeMs);
  if (!alike.some(({ lastTimestamp = '' }) => lastTimestamp >= cutoff)) return false;
  return alike.filter((event) => !event.message?.startsWith(combined)).length >= mostAlike - 1;
}

function newEvent(cluster: Cluster, happening: Happening, isCombined: boolean): CoreEvent {
  const { about, type, reason, message, component, host, fieldPath } = happening;
  const { namespace = 'default', name = '', uid, resourceVersion } = about.metadata;
  const now = timestamp(cluster.now);
  const involvedObject: Writable<ObjectReference> = { apiVersion: about.apiVersion };
  if (fieldPath !== undefined) involvedObject.fieldPath = fieldPath;
  involvedObject.kind = about.kind;
  involvedObject.name = name;
  if (about.metadata.namespace !== undefined) involvedObject.namespace = namespace;
  if (resourceVersion !== undefined) involvedObject.resourceVersion = resourceVersion;
  if (uid !== undefined) involvedObject.uid = uid;
  // The real one ends in the nanoseconds of its time; what is told later has the greater number.
  const nanoseconds = hexSum(cluster.now, cluster.store.revision % 1_000_000);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${nanoseconds}`, namespace },
    involvedObject,
    reason,
    message,
    source: sourceOf(component, host),
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    reportingComponent: isCombined ? '' : component,
    reportingInstance: isCombined ? '' : (host ?? ''),
  };
}

/** Milliseconds and nanoseconds in hexadecimal digits, in two parts since the whole is beyond the exact numbers. */
function hexSum(milliseconds: number, nanoseconds: number): string {
  const low = (milliseconds % part) * 1_000_000 + nanoseconds;
  const high = Math.floor(milliseconds / part) * 1_000_000 + Math.floor(low / part);
  return high.toString(16) + (low % part).toString(16).padStart(5, '0');
}

const part = 2 ** 20;

/** Who told last: one kubelet tells much in a row. */
let lastSource: EventSource = {};

function sourceOf(component: string, host: string | undefined): EventSource {
  if (lastSource.component !== component || lastSource.host !== host) {
    lastSource = host === undefined ? { component } : { component, host };
  }
  return lastSource;
}
