import { now, pause, type Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import type { DockerContext } from '../../context.ts';
import { ask, oneIf, openOutput } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { timestampOf } from '../../timestamps.ts';
import { containersOf, type Listed, nameOf, specifiedContainer } from '../containers.ts';
import { numberFlag } from '../flags.ts';
import { ContainerStreams } from '../logs/container-streams.ts';
import { LogPrinter } from '../logs/log-printer.ts';
import { nextEvents, openProjectEvents, sourceName } from '../logs/project-events.ts';
import { projectOrName } from '../project/load-project.ts';
import { sortedNames } from '../project/project.ts';

const hour = 3_600_000;

type Query = Readonly<Record<string, string | undefined>>;

/** `docker compose logs` (cmd/compose/logs.go, pkg/compose/logs.go). */
export function* runLogs(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const index = numberFlag(context, '--index') ?? 0;
  if (index > 0 && args.length !== 1) throw new CommandFailure('--index requires one service to be selected');
  const { project, name: given } = yield* projectOrName(context, args);
  const name = given.toLowerCase();
  const shown = [...(project?.services.values() ?? [])].filter(({ attach }) => attach !== false);
  const services = args.length > 0 ? args : sortedNames(shown.map((each) => each.name));
  const containers =
    index > 0
      ? [yield* specifiedContainer(name, services[0] ?? '', index, { oneOff: 'exclude', isAll: true })]
      : yield* containersOf(name, 'exclude', true, services);
  const present = yield* now();
  const isFollowed = flags.on('--follow');
  const tail = flags.text('--tail');
  const query: Query = {
    stdout: '1',
    stderr: '1',
    since: timestampOf('since', flags.text('--since'), present),
    until: timestampOf('until', flags.text('--until'), present),
    timestamps: oneIf(flags.on('--timestamps')),
    follow: oneIf(isFollowed),
    tail: tail === 'all' ? undefined : tail,
  };
  const printer = new LogPrinter({ prefix: !flags.on('--no-log-prefix'), timestamps: false });
  const streams = new ContainerStreams(printer);
  const events = isFollowed ? yield* openProjectEvents(name) : undefined;
  const alive = new Set(containers.map(({ Id }) => Id));
  try {
    for (const each of containers) yield* openLog(streams, each.Id, labelOf(each, name), query);
    for (;;) {
      yield* streams.show();
      for (const event of events ? nextEvents(events, name) : []) {
        if (services.length > 0 && !services.includes(event.service)) continue;
        if (event.action === 'start') {
          alive.add(event.id);
          yield* openLog(streams, event.id, event.source, { ...query, since: yield* startOf(event.id) });
        } else if (event.action === 'die') {
          yield* streams.show();
          const isBack = yield* isComingBack(event.id);
          if (!isBack) alive.delete(event.id);
          yield* printer.status(
            event.source,
            `exited with code ${event.exitCode}${isBack ? ' (restarting)' : ''}`,
          );
        }
      }
      if (streams.isEmpty && (!events || alive.size === 0)) return 0;
      yield* pause(hour);
    }
  } finally {
    streams.close();
    events?.close();
  }
}

function labelOf(container: Listed, project: string): string {
  return sourceName(nameOf(container), container.Labels, project);
}

function* openLog(streams: ContainerStreams, id: string, name: string, query: Query): Steps<void> {
  const stream = yield* openOutput('GET', `/containers/${id}/logs`, { query });
  streams.add({ name, stream, isAttached: false });
}

/** When a container began, as the API takes it: what it wrote before is not shown again. */
export function* startOf(id: string): Steps<string | undefined> {
  const { State } = yield* ask<{ readonly State: { readonly StartedAt: string } }>(
    'GET',
    `/containers/${id}/json`,
  );
  return timestampOf('since', State.StartedAt, 0);
}

/** Whether a container that has ended starts again. */
export function* isComingBack(id: string): Steps<boolean> {
  try {
    const { State } = yield* ask<{
      readonly State: { readonly Running: boolean; readonly Restarting: boolean };
    }>('GET', `/containers/${id}/json`);
    return State.Running || State.Restarting;
  } catch (error) {
    throwUnless(error, CommandFailure);
    return false;
  }
}
