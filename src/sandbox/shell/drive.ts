import type { ApiRequest, ApiResponse } from '../cluster/api/request.ts';
import type { Effect, Steps } from '../effects.ts';
import type { EngineRequest, EngineResponse } from '../host/engine/request.ts';
import { Interrupt } from '../signals.ts';
import { asked, killed } from '../through.ts';
import { FileFailure, type Laptop } from './laptop/laptop.ts';
import { nodeAt, placeNode } from './laptop/laptop-nodes.ts';

/** The world as commands reach it. */
export interface DrivenWorld {
  readonly now: number;
  readonly laptop: Laptop;
  /** Answers a request, with everything that follows from it at this moment. */
  request(request: ApiRequest): ApiResponse;
  /** Answers a request to the Docker Engine, with everything that follows from it at this moment. */
  askEngine(request: EngineRequest): EngineResponse;
  /** Opens a port of the learner's machine. @returns why that failed */
  listen(effect: Effect & { readonly kind: 'listen' }): string | undefined;
  unlisten(port: number): void;
}

/** What a command waits for that the world alone cannot give. */
export type Waiting = { readonly kind: 'done'; readonly code: number } | HostEffect;

type HostKind = 'pause' | 'read-input' | 'take-input' | 'edit' | 'terminal';
type HostEffect = Extract<Effect, { readonly kind: HostKind }>;
type WorldEffect = Exclude<Effect, HostEffect>;

const hostKinds: readonly string[] = [
  'pause',
  'read-input',
  'take-input',
  'edit',
  'terminal',
] satisfies HostKind[];

/** What a process says that SIGINT ends: 128 and the signal's number. */
const interruptedCode = 130;

/** Runs the steps of a command against a world, up to the next thing that only its host can do. */
export class Drive {
  readonly #steps: Steps<number>;
  readonly #world: DrivenWorld;
  readonly #write: (to: 'stdout' | 'stderr', text: string) => void;

  constructor(
    steps: Steps<number>,
    world: DrivenWorld,
    write: (to: 'stdout' | 'stderr', text: string) => void,
  ) {
    this.#steps = steps;
    this.#world = world;
    this.#write = write;
  }

  /**
   * Goes on.
   *
   * @param answer to what was waited for
   * @throws what the command throws: a bug, or ShellExit
   */
  resume(answer?: unknown): Waiting {
    return this.#upToWaiting(() => this.#steps.next(answer));
  }

  /**
   * Does what Ctrl-C does. What the command does then may take time, as a container does that is stopped, so it
   * is resumed as before; to interrupt it once more ends that too, where it is like that.
   *
   * @throws what the command throws
   */
  interrupt(): Waiting {
    return this.#upToWaiting(() => this.#steps.throw(new Interrupt()));
  }

  /** Ends the command at once, without what it would do at its end; what it has opened is closed. */
  end(): void {
    const rest = killed(this.#steps, asked);
    for (let last = rest.next(); !last.done; ) {
      last = rest.next(isWaiting(last.value) ? undefined : this.#answer(last.value));
    }
  }

  #upToWaiting(first: () => IteratorResult<Effect, number>): Waiting {
    try {
      let next = first();
      while (!next.done) {
        if (isWaiting(next.value)) return next.value;
        next = this.#steps.next(this.#answer(next.value));
      }
      return { kind: 'done', code: next.value };
    } catch (error) {
      if (!(error instanceof Interrupt)) throw error;
      return { kind: 'done', code: interruptedCode };
    }
  }

  #answer(effect: WorldEffect): unknown {
    switch (effect.kind) {
      case 'request':
        return this.#world.request(effect.request);
      case 'engine':
        return this.#world.askEngine(effect.request);
      case 'write':
        this.#write(effect.to, effect.text);
        return undefined;
      case 'now':
        return this.#world.now;
      case 'read-file':
        return this.#world.laptop.read(effect.path);
      case 'list-folder':
        return this.#world.laptop.list(effect.path);
      case 'write-file':
        return tried(() => this.#world.laptop.write(effect.path, effect.text));
      case 'look-at':
        return nodeAt(this.#world.laptop, effect.path);
      case 'put':
        return tried(() => placeNode(this.#world.laptop, effect.path, effect.node));
      case 'remove':
        return tried(() => this.#world.laptop.remove(effect.path, true));
      case 'listen':
        return this.#world.listen(effect);
      case 'unlisten':
        this.#world.unlisten(effect.port);
        return undefined;
    }
  }
}

function isWaiting(effect: Effect): effect is HostEffect {
  return hostKinds.includes(effect.kind);
}

/** @returns why it failed; undefined when it did not */
function tried(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof FileFailure) return error.message;
    throw error;
  }
}
