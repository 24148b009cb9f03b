import { now, pause, print, type Steps } from '../../effects.ts';
import type { MessageStream } from '../../host/engine/request.ts';
import { throwUnless } from '../../thrown.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, oneIf, openMessages } from '../engine-client.ts';
import { CommandFailure, throwAll } from '../failures.ts';
import { filterQuery } from '../filters.ts';
import { formatRows } from '../format/format-rows.ts';
import type { ContainerSummary } from './container-rows.ts';
import { type StatsResponse, statsKind, statsRow } from './stats-rows.ts';

/** Statistics that are followed. */
interface Followed {
  readonly name: string;
  readonly stream: MessageStream;
  latest: StatsResponse | undefined;
}

/** How often the table is drawn. */
const interval = 500;
/** A container that says nothing for so long has no statistics. */
const patience = 2000;

const tableFormat =
  'table {{.ID}}\\t{{.Name}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}\\t{{.NetIO}}\\t{{.BlockIO}}\\t{{.PIDs}}';

/** `docker container stats` (cli/command/container/stats.go of docker/cli). */
export function* runStats(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const isOnce = flags.on('--no-stream');
  const showsAll = args.length === 0;
  const events = showsAll ? yield* openEvents() : undefined;
  const followed: Followed[] = [];
  try {
    const names = showsAll ? yield* containerIds(flags.on('--all')) : [...new Set(args)];
    const failures: CommandFailure[] = [];
    for (const name of names) yield* follow(name, isOnce, followed, failures);
    if (!showsAll) throwAll(failures);
    yield* waitForFirst(followed);
    const format = flags.text('--format') || ((yield* readConfig(context)).statsFormat ?? 'table');
    const table = (): string =>
      formatRows(
        format === 'table' ? tableFormat : format,
        statsKind,
        followed.map(({ name, latest }) => statsRow(name, latest, !flags.on('--no-trunc'))),
      );
    if (isOnce) {
      if (followed.length > 0) yield* print(table());
      return 0;
    }
    for (;;) {
      yield* sleep(interval);
      if (events) yield* heed(events, flags.on('--all'), followed);
      for (const each of followed) readLatest(each);
      if (!showsAll && followed.every(({ stream }) => stream.ended)) {
        yield* print('\x1b[H\x1b[J');
        return 0;
      }
      yield* print(frame(table()));
    }
  } finally {
    events?.close();
    for (const { stream } of followed) stream.close();
  }
}

/** A table over the last one: from the top left, and nothing left of what was there. */
function frame(text: string): string {
  return `\x1b[H${text
    .split('\n')
    .map((line) => `${line}\x1b[K\n`)
    .join('')}\x1b[J`;
}

function* openEvents(): Steps<MessageStream> {
  return yield* openMessages('GET', '/events', { query: { filters: filterQuery({ type: ['container'] }) } });
}

function* containerIds(isAll: boolean): Steps<readonly string[]> {
  const query = { all: oneIf(isAll) };
  const containers = yield* ask<readonly ContainerSummary[]>('GET', '/containers/json', { query });
  return containers.map(({ Id }) => Id);
}

function* follow(
  name: string,
  isOnce: boolean,
  followed: Followed[],
  failures: CommandFailure[],
): Steps<void> {
  try {
    const stream = yield* openMessages('GET', `/containers/${encoded(name)}/stats`, {
      query: { stream: isOnce ? 'false' : 'true' },
    });
    followed.push({ name, stream, latest: undefined });
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    failures.push(failure);
  }
}

function* waitForFirst(followed: readonly Followed[]): Steps<void> {
  const end = (yield* now()) + patience;
  for (;;) {
    for (const each of followed) readLatest(each);
    const left = end - (yield* now());
    if (left <= 0 || followed.every(({ latest, stream }) => latest || stream.ended)) return;
    yield* pause(left);
  }
}

function readLatest(each: Followed): void {
  const messages = each.stream.next() as readonly StatsResponse[];
  each.latest = messages.at(-1) ?? each.latest;
}

/** Takes containers in that start, and leaves out those that end. */
function* heed(events: MessageStream, isAll: boolean, followed: Followed[]): Steps<void> {
  for (const event of events.next() as readonly { Action: string; Actor: { ID: string } }[]) {
    const { ID: id } = event.Actor;
    const place = followed.findIndex(({ name }) => name === id);
    const begins = event.Action === 'start' || (isAll && event.Action === 'create');
    const ends = event.Action === 'destroy' || (!isAll && event.Action === 'die');
    if (begins && place < 0) yield* follow(id, false, followed, []);
    if (ends && place >= 0) followed.splice(place, 1)[0]?.stream.close();
  }
}

/** Lets so much time pass, whatever happens in it. */
function* sleep(milliseconds: number): Steps<void> {
  const end = (yield* now()) + milliseconds;
  for (let left = milliseconds; left > 0; left = end - (yield* now())) yield* pause(left);
}
