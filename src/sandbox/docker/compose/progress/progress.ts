import { complain, now, print, type Steps } from '../../../effects.ts';
import { escapeHtml } from '../../../go/go-json.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { canRedraw } from '../../streams/can-redraw.ts';
import { globalText, saysYes } from '../flags.ts';
import type { ProgressEvent } from './progress-event.ts';
import { renderTasks, type Task } from './task-list.ts';

type Mode = 'plain' | 'tty' | 'json' | 'quiet';

/** Says how far a command is, on standard error (cmd/display). At a terminal the list as it is at the end. */
export class Progress {
  readonly #context: DockerContext;
  #chosen: Mode | undefined;
  #tasks = new Map<string, Task>();
  #operation = '';

  constructor(context: DockerContext) {
    this.#context = context;
  }

  /** How it is said. @throws CommandFailure for a way that there is not */
  *mode(): Steps<Mode> {
    this.#chosen ??= modeOf(this.#context, yield* canRedraw());
    return this.#chosen;
  }

  /** Makes everything be left unsaid. */
  silence(): void {
    this.#chosen = 'quiet';
  }

  /** Runs an operation of compose, such as `up`, with its list below `[+] up`. */
  *during<T>(operation: string, steps: Steps<T>): Steps<T> {
    yield* this.mode();
    this.#operation = operation;
    this.#tasks = new Map();
    try {
      return yield* steps;
    } finally {
      const isShown = this.#chosen === 'tty' && this.#tasks.size > 0;
      if (isShown) yield* complain(renderTasks(operation, [...this.#tasks.values()], yield* now()));
      this.#operation = '';
    }
  }

  *on(...events: readonly ProgressEvent[]): Steps<void> {
    const mode = yield* this.mode();
    for (const event of events) {
      if (mode === 'plain') yield* complain(plainLine(event));
      else if (mode === 'json') yield* complain(`${jsonLine(event)}\n`);
      else if (mode === 'tty') yield* this.#show(event);
    }
  }

  *working(id: string, text: string): Steps<void> {
    yield* this.on({ id, status: 'working', text });
  }

  *done(id: string, text: string): Steps<void> {
    yield* this.on({ id, status: 'done', text });
  }

  *warning(id: string, text: string): Steps<void> {
    yield* this.on({ id, status: 'warning', text });
  }

  *error(id: string, text: string, details = ''): Steps<void> {
    yield* this.on({ id, status: 'error', text, details });
  }

  *#show(event: ProgressEvent): Steps<void> {
    if (event.id === 'Compose') {
      const toStdout = saysYes(this.#context.surroundings.env.COMPOSE_STATUS_STDOUT);
      yield* (toStdout ? print : complain)(`${event.details ?? ''}\n`);
      return;
    }
    const isStart = event.text === 'Starting' || event.text === 'Started';
    if (isStart && this.#operation !== 'start' && !isDetached(this.#context)) return;
    if (this.#operation === '') {
      yield* complain(`${event.id} ${event.text} ${event.details ?? ''}\n`);
      return;
    }
    const time = yield* now();
    const before = this.#tasks.get(event.id);
    const isOver = event.status !== 'working';
    const isNews = before?.status !== event.status;
    const end = isOver ? (isNews ? time : before?.end) : undefined;
    this.#tasks.set(event.id, {
      ...event,
      begin: before?.begin ?? time,
      ...(end === undefined ? {} : { end }),
    });
  }
}

function isDetached({ flags }: DockerContext): boolean {
  return flags.on('--detach');
}

function plainLine({ id, text, details = '' }: ProgressEvent): string {
  return ` ${id} ${text} ${details}\n`;
}

const statusWords = { working: 'Working', done: 'Done', warning: 'Warning', error: 'Error' } as const;

function jsonLine({ id, parent, text, status, details, current, total }: ProgressEvent): string {
  return escapeHtml(
    JSON.stringify({
      id,
      parent_id: parent,
      status: statusWords[status],
      text,
      details: details || undefined,
      current: current || undefined,
      total: total || undefined,
    }),
  );
}

function modeOf(context: DockerContext, redraws: boolean): Mode {
  const { env } = context.surroundings;
  const asked = globalText(context, '--progress') ?? env.COMPOSE_PROGRESS ?? '';
  const ansi = globalText(context, '--ansi') ?? env.COMPOSE_ANSI ?? 'auto';
  switch (asked) {
    case '':
    case 'auto':
      return redraws && ansi !== 'never' ? 'tty' : 'plain';
    case 'tty':
      if (ansi === 'never')
        throw new CommandFailure("can't use --progress tty while ANSI support is disabled");
      return 'tty';
    case 'plain':
      if (ansi === 'always')
        throw new CommandFailure("can't use --progress plain while ANSI support is forced");
      return 'plain';
    case 'quiet':
    case 'none':
      return 'quiet';
    case 'json':
      return 'json';
    default:
      throw new CommandFailure(`unsupported --progress value ${JSON.stringify(asked)}`);
  }
}
