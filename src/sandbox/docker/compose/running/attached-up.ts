import { complain, pause, print, type Steps } from '../../../effects.ts';
import type { MessageStream } from '../../../host/engine/request.ts';
import { Interrupt } from '../../../signals.ts';
import { throwUnless } from '../../../thrown.ts';
import { openOutput } from '../../engine-client.ts';
import { isComingBack, startOf } from '../commands/logs.ts';
import { killOne } from '../commands/start-stop.ts';
import type { Compose } from '../compose.ts';
import { byName, containersOf, labels, nameOf, serviceOf } from '../containers.ts';
import { ContainerStreams } from '../logs/container-streams.ts';
import { LogPrinter } from '../logs/log-printer.ts';
import { nextEvents, openProjectEvents, type ProjectEvent, sourceName } from '../logs/project-events.ts';
import type { Project } from '../project/project.ts';
import { together } from '../together.ts';
import { type StartOptions, startProject } from './start.ts';
import { stopProject } from './stop.ts';

/** What `up` shows while it stays. */
export interface AttachOptions {
  /** Those that are named on the line. */
  readonly services: readonly string[];
  readonly attachTo: readonly string[];
  readonly start: StartOptions;
}

const aDay = 86_400_000;

/**
 * Starts a project and shows what its containers write until all of them have ended (runInteractiveUp of
 * pkg/compose/up.go). Ctrl-C stops them.
 *
 * @returns the exit code
 * @throws CommandFailure
 */
export function* runAttached(compose: Compose, project: Project, options: AttachOptions): Steps<number> {
  const events = yield* openProjectEvents(project.name);
  const session = new UpSession(compose, project, options, events);
  try {
    yield* session.attach();
    yield* together([session.start(), session.follow(), session.stopWhenAsked()]);
    if (session.exitCode !== 0) yield* complain('\n');
    return session.exitCode;
  } catch (error) {
    throwUnless(error, Interrupt);
    yield* session.stopGracefully();
    return 0;
  } finally {
    session.close();
  }
}

/** Steps that are left as they are, to go on later, where others would be ended. */
function* unbroken(steps: Steps<void>): Steps<void> {
  for (let heard: unknown; ; ) {
    const { done, value } = steps.next(heard);
    if (done) return;
    heard = yield value;
  }
}

class UpSession {
  readonly #compose: Compose;
  readonly #project: Project;
  readonly #options: AttachOptions;
  readonly #printer: LogPrinter;
  readonly #streams: ContainerStreams;
  readonly #attached = new Set<string>();
  readonly #alive = new Set<string>();
  readonly #restarting = new Set<string>();
  readonly #events: MessageStream;
  #isStopping = false;
  #isOver = false;
  #exitCode = 0;
  #hasExited = false;
  #isCodeTaken = false;

  constructor(compose: Compose, project: Project, options: AttachOptions, events: MessageStream) {
    const { flags } = compose.context;
    this.#compose = compose;
    this.#project = project;
    this.#options = options;
    this.#events = events;
    this.#printer = new LogPrinter({
      prefix: !flags.on('--no-log-prefix'),
      timestamps: flags.on('--timestamps'),
    });
    this.#streams = new ContainerStreams(this.#printer);
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  /** Attaches to what the containers are going to write. */
  *attach(): Steps<void> {
    const { attachTo, services } = this.#options;
    const { name } = this.#project;
    const watched = services.length > 0 ? services : attachTo;
    for (const each of yield* containersOf(name))
      if (watched.length === 0 || watched.includes(serviceOf(each))) this.#alive.add(each.Id);
    const containers = byName(yield* containersOf(name, 'exclude', true, attachTo));
    if (containers.length === 0) return;
    const labelled = containers.map((each) => ({
      id: each.Id,
      name: sourceName(nameOf(each), each.Labels, name),
    }));
    yield* print(`Attaching to ${labelled.map((each) => each.name).join(', ')}\n`);
    for (const each of labelled) {
      this.#attached.add(each.id);
      const stream = yield* openOutput('POST', `/containers/${each.id}/attach`, {
        query: { stream: '1', stdout: '1', stderr: '1' },
      });
      this.#streams.add({ name: each.name, stream, isAttached: true });
    }
  }

  *start(): Steps<void> {
    try {
      yield* startProject(this.#compose, this.#project, this.#options.start);
    } catch (error) {
      if (!this.#isStopping) throw error;
    }
  }

  /** Shows output and tells of ends, until no container is left. */
  *follow(): Steps<void> {
    const { name } = this.#project;
    for (;;) {
      yield* this.#streams.show();
      for (const event of nextEvents(this.#events, name)) yield* this.#handle(event);
      if (this.#alive.size === 0) break;
      yield* pause(aDay);
    }
    yield* this.#streams.show();
    this.#isOver = true;
  }

  *stopWhenAsked(): Steps<void> {
    while (!this.#isStopping) {
      if (this.#isOver) return;
      yield* pause(aDay);
    }
    yield* this.#stop();
  }

  *#handle(event: ProjectEvent): Steps<void> {
    const { services, attachTo } = this.#options;
    const watched = services.length > 0 ? services : attachTo;
    if (watched.length > 0 && !watched.includes(event.service)) return;
    if (event.action === 'create') {
      this.#alive.add(event.id);
      const replaced = event.attributes[labels.replace];
      if (replaced) yield* this.#printer.status(replaced, 'has been recreated');
    } else if (event.action === 'start') yield* this.#onStart(event);
    else if (event.action === 'die') yield* this.#onEnd(event);
  }

  *#onStart(event: ProjectEvent): Steps<void> {
    this.#alive.add(event.id);
    const { attachTo } = this.#options;
    if (attachTo.length > 0 && !attachTo.includes(event.service)) return;
    if (this.#attached.has(event.id) && !this.#restarting.has(event.id)) return;
    const stream = yield* openOutput('GET', `/containers/${event.id}/logs`, {
      query: { stdout: '1', stderr: '1', follow: '1', since: yield* startOf(event.id) },
    });
    this.#streams.add({ name: event.source, stream, isAttached: false });
  }

  *#onEnd(event: ProjectEvent): Steps<void> {
    const { flags } = this.#compose.context;
    yield* this.#streams.show();
    if (yield* isComingBack(event.id)) {
      this.#restarting.add(event.id);
      yield* this.#printer.status(event.source, `exited with code ${event.exitCode} (restarting)`);
    } else {
      yield* this.#printer.status(event.source, `exited with code ${event.exitCode}`);
      this.#alive.delete(event.id);
    }
    const from = flags.text('--exit-code-from');
    const isFailing = flags.on('--abort-on-container-failure');
    const isStopping = flags.on('--abort-on-container-exit') || (from !== '' && !isFailing);
    const counts = isStopping || (isFailing && event.exitCode !== 0);
    if (counts && !this.#hasExited) {
      this.#hasExited = true;
      if (!this.#isCodeTaken) this.#exitCode = event.exitCode;
      this.#isStopping = true;
      yield* this.#tellStop('Aborting on container exit...');
    }
    if (from === event.service && !this.#isCodeTaken) {
      this.#isCodeTaken = true;
      this.#exitCode = event.exitCode;
    }
  }

  *#tellStop(details: string): Steps<void> {
    yield* this.#compose.progress.on({ id: 'Compose', status: 'working', text: 'Stopping', details });
  }

  /** What Ctrl-C does: everything is stopped, and shown up to its end. @throws Interrupt after a second one, which kills */
  *stopGracefully(): Steps<void> {
    yield* this.#tellStop('Gracefully Stopping... press Ctrl+C again to force');
    const stopping = this.#stop();
    try {
      yield* together([this.#untilStopped(unbroken(stopping)), this.follow()]);
    } catch (error) {
      throwUnless(error, Interrupt);
      yield* together([this.#kill(), unbroken(stopping)]);
      throw error;
    }
  }

  /** What has never been started does not tell of its end. */
  *#untilStopped(stopping: Steps<void>): Steps<void> {
    yield* stopping;
    const running = yield* containersOf(this.#project.name, 'exclude', false);
    for (const id of this.#alive) if (!running.some((each) => each.Id === id)) this.#alive.delete(id);
  }

  *#stop(): Steps<void> {
    yield* stopProject(this.#compose, this.#project.name, this.#project, this.#options.services, undefined);
  }

  *#kill(): Steps<void> {
    const { services } = this.#options;
    const running = yield* containersOf(this.#project.name, 'exclude', false, services);
    yield* together(running.map((each) => killOne(this.#compose, each, 'SIGKILL')));
  }

  close(): void {
    this.#streams.close();
    this.#events.close();
  }
}
