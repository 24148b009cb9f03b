import type { CoreEvent, EventSource, ObjectReference } from '../../kubernetes/api.ts';
import type { Cluster } from './cluster.ts';
import { spendBudget } from './event-budget.ts';
import type { Happening, Told } from './happening.ts';
import type { Writable } from './object.ts';
import { type ApiObject, type Stored, timestamp } from './object.ts';

/** From so many different messages on that are alike, they are told as one (`defaultAggregateMaxEvents`). */
const mostAlike = 10;

/** Unless there was a pause of so long between them (`defaultAggregateIntervalInSeconds`). */
const alikeMs = 600_000;

const none: readonly Stored<CoreEvent>[] = [];

const combined = '(combined from similar events): ';

/**
 * Tells of something. The same thing told again counts on, many that differ only in their message become one,
 * and too much is not told at all, as the recorder of client-go has it
 * (k8s.io/client-go/tools/record/events_cache.go).
 */
export function recordEvent(cluster: Cluster, happening: Happening): void {
  const { about, type, reason, message, component, host } = happening;
  const events = eventsAbout(cluster, about.metadata.uid ?? '');
  const told = toldBefore(events, happening);
  const { same } = told;
  const alike = same || told.alike < mostAlike - 1 ? none : alikeAmong(events, happening);
  const isCombined = isTooMany(alike, cluster.now);
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
  const home = cluster.get('namespaces', undefined, about.metadata.namespace || 'default');
  if (!home || home.metadata.deletionTimestamp !== undefined) return;
  cluster.create('events', {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: newMetadata(cluster, about),
    involvedObject: told.subject ?? referenceTo(happening),
    reason,
    message: text,
    source: sourceOf(component, host),
    firstTimestamp: timestamp(cluster.now),
    lastTimestamp: timestamp(cluster.now),
    count: 1,
    type,
    reportingComponent: isCombined ? '' : component,
    reportingInstance: isCombined ? '' : (host ?? ''),
  });
}

/** What was told of an object and has not been forgotten. */
export function eventsAbout(cluster: Cluster, uid: string): readonly Stored<CoreEvent>[] {
  return cluster.store.index('events', 'about', subjectOf).entries(uid) as Stored<CoreEvent>[];
}

function subjectOf({ involvedObject }: CoreEvent): readonly string[] {
  return [involvedObject.uid ?? ''];
}

/** Looks through what was told once: it is asked for each event, and nothing comes of it for most. */
function toldBefore(events: readonly Stored<CoreEvent>[], happening: Happening): Told {
  const told: Told = { times: 0, since: undefined, alike: 0, same: undefined, subject: undefined };
  const { reason, message, fieldPath } = happening;
  for (const event of events) {
    if (!isByTheSame(event, happening)) continue;
    const { firstTimestamp = '', involvedObject } = event;
    told.times += event.count ?? 1;
    if (told.since === undefined || firstTimestamp < told.since) told.since = firstTimestamp;
    if (isSaidOf(involvedObject, happening)) told.subject = involvedObject;
    if (event.reason !== reason) continue;
    told.alike += 1;
    if (event.message === message && involvedObject.fieldPath === fieldPath) told.same ??= event;
  }
  return told;
}

function alikeAmong(events: readonly Stored<CoreEvent>[], happening: Happening): typeof events {
  return events.filter((event) => event.reason === happening.reason && isByTheSame(event, happening));
}

function isByTheSame(
  { type, source, involvedObject }: Stored<CoreEvent>,
  { about, type: wanted, component, host = '' }: Happening,
): boolean {
  const { namespace = '', name = '' } = about.metadata;
  return (
    type === wanted &&
    source?.component === component &&
    (source.host ?? '') === host &&
    involvedObject.name === name &&
    (involvedObject.namespace ?? '') === namespace
  );
}

function isTooMany(alike: readonly CoreEvent[], now: number): boolean {
  if (alike.length < mostAlike - 1) return false;
  // Times of the API are in order as texts.
  const isLate = (from: string): boolean => alike.some(({ lastTimestamp = '' }) => lastTimestamp >= from);
  // Of many that come together one was told this very second, whose text is at hand.
  if (!isLate(timestamp(now)) && !isLate(timestamp(now - alikeMs))) return false;
  return alike.filter((event) => !event.message?.startsWith(combined)).length >= mostAlike - 1;
}

/** Whether what was told before was of the same version of the object, and of the same part: then it is named alike. */
function isSaidOf(involved: ObjectReference, { about, fieldPath }: Happening): boolean {
  return (
    involved.resourceVersion === about.metadata.resourceVersion &&
    involved.fieldPath === fieldPath &&
    involved.kind === about.kind &&
    involved.apiVersion === about.apiVersion
  );
}

function referenceTo({ about, fieldPath }: Happening): ObjectReference {
  const { namespace, name = '', uid, resourceVersion } = about.metadata;
  const reference: Writable<ObjectReference> = { apiVersion: about.apiVersion };
  if (fieldPath !== undefined) reference.fieldPath = fieldPath;
  reference.kind = about.kind;
  reference.name = name;
  if (namespace !== undefined) reference.namespace = namespace;
  if (resourceVersion !== undefined) reference.resourceVersion = resourceVersion;
  if (uid !== undefined) reference.uid = uid;
  return reference;
}

/** All of it at once, in the order in which the cluster would add to it: what grows takes more room. */
function newMetadata(cluster: Cluster, { metadata: { namespace = 'default', name = '' } }: ApiObject) {
  // The real one ends in the nanoseconds of its time; what is told later has the greater number.
  const nanoseconds = hexSum(cluster.now, cluster.store.revision % 1_000_000);
  return {
    name: [name, nanoseconds].join('.'),
    namespace,
    uid: cluster.newUid(),
    creationTimestamp: timestamp(cluster.now),
    resourceVersion: '',
  };
}

/** Milliseconds and nanoseconds in hexadecimal digits, in two parts since the whole is beyond the exact numbers. */
function hexSum(milliseconds: number, nanoseconds: number): string {
  const low = (milliseconds % part) * 1_000_000 + nanoseconds;
  const high = Math.floor(milliseconds / part) * 1_000_000 + Math.floor(low / part);
  if (high !== lastHigh.high) lastHigh = { high, text: high.toString(16) };
  return lastHigh.text + (low % part).toString(16).padStart(5, '0');
}

const part = 2 ** 20;

/** The first digits are the same for a while. */
let lastHigh = { high: 0, text: '0' };

/** Who told last: one kubelet tells much in a row. */
let lastSource: EventSource = {};

function sourceOf(component: string, host: string | undefined): EventSource {
  if (lastSource.component !== component || lastSource.host !== host) {
    lastSource = host === undefined ? { component } : { component, host };
  }
  return lastSource;
}
