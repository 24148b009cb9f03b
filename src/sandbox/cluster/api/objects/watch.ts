import type { Change } from '../../../store.ts';
import { ApiError } from '../../api-error.ts';
import type { KindRules } from '../../kinds/kind.ts';
import { type ApiObject, partsOf, type Stored } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { count, flag, parameter } from '../options.ts';
import type { ApiRequest, WatchEvent, WatchStream } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import type { ChangeHistory } from './change-history.ts';
import { demandVersion, type Selection, selectionOf } from './list-objects.ts';
import { statusBody } from './status.ts';
import { rulesOfTarget } from './store-object.ts';
import { type Form, formOf, includeObject, metadataOnly, tableOf } from './table.ts';

/** A watch that nobody reads ends when this many events wait. */
const mostUnread = 10_000;

type Shown = (object: Stored<ApiObject>) => unknown;

/**
 * Opens a watch of a collection. Without a `resourceVersion` it begins with what there is.
 *
 * @throws ApiError BadRequest
 */
export function watchObjects(
  context: ApiContext,
  history: ChangeHistory,
  target: ServedTarget,
  request: ApiRequest,
): WatchStream {
  demandVersion(request);
  const isSelected = selectionOf(target, request);
  const version = Number(parameter(request, 'resourceVersion') || '0');
  const seconds = count(request, 'timeoutSeconds');
  const wantsInitial = flag(request, 'sendInitialEvents');
  const first: WatchEvent[] = [];
  const show = showing(context, target, request);
  if (version === 0 || wantsInitial) {
    const all: readonly Stored<ApiObject>[] = context.cluster.list(target.resource.table, target.namespace);
    for (const object of all) if (isSelected(object)) first.push({ type: 'ADDED', object: show(object) });
    if (wantsInitial) first.push(bookmark(context, target, formOf(request)));
  }
  const start = version === 0 || wantsInitial ? history.end : history.after(version);
  if (start === undefined) first.push(tooOld(version, history.oldest));
  return new Watch(context, history, target, isSelected, show, first, start, seconds);
}

class Watch implements WatchStream {
  readonly kind = 'watch';
  readonly #context: ApiContext;
  readonly #history: ChangeHistory;
  readonly #target: ServedTarget;
  readonly #isSelected: Selection;
  readonly #show: Shown;
  readonly #era: number;
  readonly #endsAt: number;
  #first: readonly WatchEvent[];
  #place: number;
  #ended: boolean;

  constructor(
    context: ApiContext,
    history: ChangeHistory,
    target: ServedTarget,
    isSelected: Selection,
    show: Shown,
    first: readonly WatchEvent[],
    place: number | undefined,
    seconds: number | undefined,
  ) {
    this.#context = context;
    this.#history = history;
    this.#target = target;
    this.#isSelected = isSelected;
    this.#show = show;
    this.#first = first;
    this.#place = place ?? 0;
    this.#ended = place === undefined;
    this.#era = history.era;
    this.#endsAt = seconds ? context.cluster.now + seconds * 1000 : Number.POSITIVE_INFINITY;
  }

  get ended(): boolean {
    return this.#ended || this.#context.cluster.now >= this.#endsAt;
  }

  next(): readonly WatchEvent[] {
    const first = this.#first;
    this.#first = [];
    if (this.#ended) return first;
    const changes = this.#era === this.#history.era ? this.#history.from(this.#place) : undefined;
    if (!changes || changes.length > mostUnread) {
      this.#ended = true;
      return [tooOld(0, this.#history.oldest)];
    }
    this.#place += changes.length;
    return [...first, ...changes.flatMap((change) => this.#eventOf(change))];
  }

  close(): void {
    this.#ended = true;
    this.#first = [];
  }

  #eventOf({ table, key, before, after, revision }: Change): WatchEvent[] {
    const { resource, namespace } = this.#target;
    if (table !== resource.table) return [];
    if (namespace !== undefined && partsOf(key).namespace !== namespace) return [];
    const old = before as Stored<ApiObject> | undefined;
    const next = after as Stored<ApiObject> | undefined;
    const was = old !== undefined && this.#isSelected(old);
    const is = next !== undefined && this.#isSelected(next);
    if (is) return [{ type: was ? 'MODIFIED' : 'ADDED', object: this.#show(next) }];
    if (!was) return [];
    // What is gone has the version of its going.
    const last = { ...old, metadata: { ...(next ?? old).metadata, resourceVersion: `${revision}` } };
    return [{ type: 'DELETED', object: this.#show(last) }];
  }
}

function showing({ cluster }: ApiContext, target: ServedTarget, request: ApiRequest): Shown {
  const form = formOf(request);
  if (form === 'object') return (object) => object;
  if (form === 'metadata') return metadataOnly;
  const rules = rulesOfTarget(target) as unknown as KindRules<ApiObject>;
  const include = includeObject(request);
  let isFirst = true;
  return (object) => {
    const { resourceVersion } = object.metadata;
    // Columns are told once in a watch.
    const table = tableOf(rules, [object], { resourceVersion }, include, { now: cluster.now }, isFirst);
    isFirst = false;
    return table;
  };
}

/** Says that everything there was has been told. */
function bookmark({ cluster }: ApiContext, { resource }: ServedTarget, form: Form): WatchEvent {
  const metadata = {
    resourceVersion: `${cluster.store.revision}`,
    annotations: { 'k8s.io/initial-events-end': 'true' },
  };
  const { kind, apiVersion } = resource;
  if (form === 'object') return { type: 'BOOKMARK', object: { kind, apiVersion, metadata } };
  const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
  if (form === 'metadata') return { type: 'BOOKMARK', object: partial };
  const rows = [{ cells: [], object: partial }];
  const table = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {}, columnDefinitions: null, rows };
  return { type: 'BOOKMARK', object: table };
}

function tooOld(version: number, oldest: number): WatchEvent {
  const error = new ApiError('Expired', `too old resource version: ${version} (${oldest})`);
  return { type: 'ERROR', object: statusBody(error) };
}
