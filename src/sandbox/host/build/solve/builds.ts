import { tables } from '../../../runtime/records.ts';
import type { Controller } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { MessageStream } from '../../engine/request.ts';
import type { BuildMessage } from '../progress.ts';
import { BuildFailure } from './build-failure.ts';
import type { BuildRequest } from './build-request.ts';
import { ProgressWriter } from './progress-writer.ts';
import { buildHost } from './run-command.ts';
import { check, solve } from './solve.ts';
import type { BuildSteps, Waiting } from './waiting.ts';

const controllerName = 'image-build';

/**
 * The builds that run. A build lives as long as somebody reads its answer, as BuildKit's session does: it is
 * no part of a world that is saved.
 */
export class Builds implements Controller {
  readonly name = controllerName;
  readonly tables = [tables.containers];
  readonly #parts: EngineParts;
  readonly #running = new Map<string, Build>();
  #count = 0;

  /** Puts its controller to work in the simulation. */
  constructor(parts: EngineParts) {
    this.#parts = parts;
    parts.simulation.add(this);
  }

  concerns({ key }: Change): readonly string[] {
    if (!key.startsWith(`${buildHost}/`)) return [];
    return [...this.#running.keys()];
  }

  reconcile(key: string): void {
    this.#running.get(key)?.goOn();
  }

  /** Begins a build. @returns its messages; closing them ends it */
  begin(request: BuildRequest): MessageStream {
    this.#count += 1;
    const id = `${this.#count}`;
    const { store, simulation } = this.#parts;
    if (this.#running.size === 0) this.#sweep();
    const messages: BuildMessage[] = [];
    const progress = new ProgressWriter(store, (aux) => messages.push({ id: 'moby.buildkit.trace', aux }));
    const build = new Build(this.#parts, {
      steps: answer(this.#parts, request, progress),
      tell: (message) => messages.push(message),
      wake: (at) => simulation.wake(controllerName, id, at),
      ended: () => this.#running.delete(id),
    });
    this.#running.set(id, build);
    const { era } = store;
    build.goOn();
    return {
      kind: 'messages',
      next: () => messages.splice(0),
      get ended() {
        return build.isOver || store.era !== era;
      },
      close: () => {
        if (store.era === era) build.cancel();
        this.#running.delete(id);
      },
    };
  }

  /** Forgets containers of builds that ended with the world they were in. */
  #sweep(): void {
    const { runtime } = this.#parts;
    for (const { id, state } of runtime.containers(buildHost)) {
      if (state === 'running') runtime.stop(buildHost, id, 0);
      runtime.remove(buildHost, id);
    }
  }
}

/** Builds or checks. @returns the last message. @throws BuildFailure */
function* answer(
  parts: EngineParts,
  request: BuildRequest,
  progress: ProgressWriter,
): BuildSteps<BuildMessage> {
  if (request.isCheck) return { id: 'moby.buildkit.lint', aux: yield* check(parts, request, progress) };
  return { id: 'moby.image.id', aux: { ID: yield* solve(parts, request, progress) } };
}

/** Nobody hears it: whoever asked has gone. */
const canceled: BuildMessage = {
  error: 'context canceled',
  errorDetail: { message: 'context canceled', sources: [] },
};

interface BuildParts {
  readonly steps: BuildSteps<BuildMessage>;
  readonly tell: (message: BuildMessage) => void;
  readonly wake: (at: number) => void;
  readonly ended: () => void;
}

/** A build while it runs. */
class Build {
  readonly #engine: EngineParts;
  readonly #parts: BuildParts;
  #waiting: Waiting | undefined;
  #isBusy = false;
  isOver = false;

  constructor(engine: EngineParts, parts: BuildParts) {
    this.#engine = engine;
    this.#parts = parts;
  }

  /** Goes on as far as it can at this moment. */
  goOn(): void {
    if (this.isOver || this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (!this.#waits()) {
        const { done, value } = this.#parts.steps.next();
        if (done) return this.#finish(value);
        this.#waiting = value;
        if ('until' in value) this.#parts.wake(value.until);
        else {
          // What a container writes is told of while it runs, not only when it has ended.
          this.#parts.wake(this.#engine.store.now + lookMs);
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof BuildFailure)) throw error;
      const { message, sources } = error;
      this.#parts.tell({ error: message, errorDetail: { message, sources } });
      this.#over();
    } finally {
      this.#isBusy = false;
    }
  }

  cancel(): void {
    if (this.isOver) return;
    this.#parts.steps.return(canceled);
    this.#over();
  }

  #waits(): boolean {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting || !('until' in waiting) || this.#engine.store.now >= waiting.until) return false;
    this.#waiting = waiting;
    return true;
  }

  #finish(last: BuildMessage): void {
    this.#parts.tell(last);
    this.#over();
  }

  #over(): void {
    this.isOver = true;
    this.#parts.ended();
  }
}

/** How often it looks at what a command has written. */
const lookMs = 100;
