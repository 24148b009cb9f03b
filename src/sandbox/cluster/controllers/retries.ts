import type { Simulation } from '../../simulation.ts';

const table = 'controllers/failures';

/** The pauses of most controllers (k8s.io/client-go/util/workqueue, `DefaultTypedControllerRateLimiter`). */
const usual = { firstMs: 5, longestMs: 1_000_000 };

/** Asks for what has failed to be tried again, each time after twice the pause, as the work queues of controllers do. */
export class Retries {
  readonly #simulation: Simulation;
  readonly #controller: string;
  readonly #pauses: typeof usual;

  /** @param pauses the first and the longest, in milliseconds */
  constructor(simulation: Simulation, controller: string, pauses = usual) {
    this.#simulation = simulation;
    this.#controller = controller;
    this.#pauses = pauses;
  }

  /** It failed: the key is reconciled again after a pause. */
  again(key: string): void {
    const { store } = this.#simulation;
    const id = `${this.#controller} ${key}`;
    const failures = (store.read(table, id) as number | undefined) ?? 0;
    store.write(table, id, failures + 1);
    const { firstMs, longestMs } = this.#pauses;
    const pause = Math.min(firstMs * 2 ** Math.min(failures, 30), longestMs);
    this.#simulation.wake(this.#controller, key, store.now + pause);
  }

  /** It went well: the next pause is the shortest again. */
  forget(key: string): void {
    this.#simulation.store.delete(table, `${this.#controller} ${key}`);
  }
}
