import type { CoreEvent } from '../../../kubernetes/api.ts';
import { complain, now, pause, print, type Steps } from '../../effects.ts';
import { goSorted } from '../../go/go-sort.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { throwUnless } from '../../thrown.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { orderedJsonIndented, typed } from '../changing/typed.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { eventAge } from '../printing/event-age.ts';
import { visible } from '../printing/visible.ts';
import type { ObjectList } from '../selecting/selection.ts';
import { get, open } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { apiVersionOf, resourceNamed } from '../server/discovery.ts';
import { namespaceOf } from '../server/served-object.ts';

/** `kubectl events` (k8s.io/kubectl/pkg/cmd/events). */
export function* runEvents(context: KubectlContext): Steps<number> {
  const { options } = context;
  const { namespace } = yield* context.target();
  const query = yield* queryFor(context);
  const printer = yield* printerFor(options);
  demandTypes(options);
  const isEverywhere = options.on('--all-namespaces');
  const path = isEverywhere ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`;
  if (options.on('--watch')) return yield* watch(path, query, options, printer);
  const list = yield* get<ObjectList>(path, query);
  const wanted = (list.items as readonly unknown[] as readonly CoreEvent[]).filter((event) =>
    isWanted(event, options),
  );
  const events = goSorted(wanted, (one, other) => lastSeen(one) < lastSeen(other));
  if (events.length === 0) {
    yield* complain(isEverywhere ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
    return 0;
  }
  yield* print(printer.list(events, yield* now()));
  return 0;
}

function* queryFor(context: KubectlContext): Steps<Readonly<Record<string, string>>> {
  const subject = context.options.text('--for');
  if (!subject) return {};
  const [type = '', name, ...more] = subject.split('/');
  if (name === undefined) throw new CommandFailure('--for must be in resource/name form');
  if (more.length > 0) {
    throw new CommandFailure('arguments in resource/name form may not have more than one slash');
  }
  const resource = resourceOrBareFailure(type, yield* context.known());
  const fields = [
    `involvedObject.kind=${resource.kind}`,
    `involvedObject.apiVersion=${apiVersionOf(resource)}`,
    `involvedObject.name=${name}`,
  ];
  return { fieldSelector: fields.join(',') };
}

/** Said without `error:` here. */
function resourceOrBareFailure(...[type, known]: Parameters<typeof resourceNamed>): DiscoveredResource {
  try {
    return resourceNamed(type, known);
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    throw new BareFailure(failure.message);
  }
}

function demandTypes(options: Options): void {
  if (options.list('--types').some((type) => !/^(normal|warning)$/i.test(type))) {
    throw new CommandFailure('valid --types are Normal or Warning');
  }
}

function isWanted({ type = '' }: CoreEvent, options: Options): boolean {
  const types = options.list('--types');
  return types.length === 0 || types.some((each) => each.toLowerCase() === type.toLowerCase());
}

function lastSeen({ series, lastTimestamp, eventTime }: CoreEvent): number {
  const time = series ? series.lastObservedTime : (lastTimestamp ?? eventTime);
  return time === undefined || time === null ? Number.NEGATIVE_INFINITY : Date.parse(time);
}

interface EventPrinter {
  list(events: readonly CoreEvent[], now: number): string;
  one(event: CoreEvent, now: number): string;
}

function* printerFor(options: Options): Steps<EventPrinter> {
  const output = options.text('--output');
  if (!output) return new EventTable(options.on('--all-namespaces'), options.on('--no-headers'));
  const printer = yield* outcomePrinter(options, 'events');
  return {
    list(events) {
      // A list has no name to print.
      if (output === 'name') return '';
      const items = events.map((event) => written(event, options));
      const list = { kind: 'EventList', apiVersion: 'v1', metadata: {}, items };
      if (output === 'json') return orderedJsonIndented(list);
      return output === 'yaml' ? goYaml(list) : printer.text(list as never);
    },
    one: (event) =>
      output === 'json'
        ? orderedJsonIndented(written(event, options))
        : printer.text(written(event, options)),
  };
}

/** As Go writes an event: times that there are not are null. */
function written(event: CoreEvent, options: Options): CoreEvent {
  const { managedFields, ...metadata } = event.metadata;
  const shown = options.on('--show-managed-fields') && managedFields ? { managedFields } : {};
  const whole = { ...event, apiVersion: 'v1', kind: 'Event', metadata: { ...metadata, ...shown } } as const;
  const { count, type, eventTime, firstTimestamp, lastTimestamp, ...others } = typed(whole);
  const { series, action, related, reportingComponent, reportingInstance, ...first } = others;
  const times = { firstTimestamp: firstTimestamp ?? null, lastTimestamp: lastTimestamp ?? null, count, type };
  const last = { series, action, related, reportingComponent, reportingInstance };
  return { ...first, ...times, eventTime: eventTime ?? null, ...last } as unknown as CoreEvent;
}

class EventTable implements EventPrinter {
  readonly #writer = new TabWriter();
  readonly #withNamespace: boolean;
  #hasHeaders: boolean;

  constructor(withNamespace: boolean, noHeaders: boolean) {
    this.#withNamespace = withNamespace;
    this.#hasHeaders = noHeaders;
  }

  list(events: readonly CoreEvent[], now: number): string {
    const heads = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    const head = this.#withNamespace ? ['NAMESPACE', ...heads] : heads;
    const rows = events.map((event) => this.#cells(event, now));
    const all = this.#hasHeaders ? rows : [head, ...rows];
    this.#hasHeaders = true;
    return blocksOf(all)
      .map((block) => this.#writer.text(block))
      .join('');
  }

  one(event: CoreEvent, now: number): string {
    return this.list([event], now);
  }

  #cells(event: CoreEvent, now: number): string[] {
    const { metadata, type = '', reason = '', involvedObject, message = '' } = event;
    const { kind = '', name = '' } = involvedObject;
    return [
      ...(this.#withNamespace ? [namespaceOf(metadata)] : []),
      eventAge(event, now),
      visible(type),
      visible(reason),
      visible(`${kind}/${name}`),
      visible(message.trim()),
    ];
  }
}

/** A message of several lines ends the columns: rows below it may be wider than those above. */
function blocksOf(rows: readonly (readonly string[])[]): readonly (readonly string[])[][] {
  const blocks: (readonly string[])[][] = [[]];
  for (const row of rows) {
    blocks.at(-1)?.push(row);
    if (row.at(-1)?.includes('\n')) blocks.push([]);
  }
  return blocks;
}

/** Longer than anything that is waited for. */
const hour = 3_600_000;

function* watch(
  path: string,
  query: Readonly<Record<string, string>>,
  options: Options,
  printer: EventPrinter,
): Steps<number> {
  const stream = yield* open('watch', { method: 'GET', path, query: { ...query, watch: 'true' } });
  try {
    for (;;) {
      const isOver = stream.ended;
      for (const { type, object } of stream.next()) {
        const event = object as CoreEvent;
        if ((type === 'ADDED' || type === 'MODIFIED') && isWanted(event, options)) {
          yield* print(printer.one(event, yield* now()));
        }
      }
      if (isOver) return 0;
      yield* pause(hour);
    }
  } finally {
    stream.close();
  }
}
