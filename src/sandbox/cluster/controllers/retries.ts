import type { Simulation } from '../../simulation.ts';

const table = 'controllers/failures';

/**
 * Asks for what has failed to be tried again, each time after twice the pause, as the work queues of
 * controllers do (k8s.io/client-go/util/workqueue, `DefaultTypedControllerRateLimiter`: 5 ms to 1000 s).
 */
export class Retries {
  readonly #simulation: Simulation;
  readonly #controller: string;
  readonly #most: number;

  /** @param most longest pause, in milliseconds */
  constructor(simulation: Simulation, controller: string, most = 1_000_000) {
    this.#simulation = simulation;
    this.#controller = controller;
    this.#most = most;
  }

  /** It failed: the key is reconciled again after a pause. */
  again(key: string): void {
    const { store } = this.#simulation;
    const id = `${this.#controller} ${key}`;
    const failures = (store.read(table, id) as number | undefined) ?? 0;
    store.write(table, id, failures + 1);
    const pause = Math.min(5 * 2 ** Math.min(failures, 30), this.#most);
    this.#simulation.wake(this.#controller, key, store.now + pause);
  }

  /** It went well: the next pause is the shortest again. */
  forget(key: string): void {
    this.#simulation.store.delete(table, `${this.#controller} ${key}`);
  }
}
