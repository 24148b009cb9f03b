/** A key that somebody is to look at. */
export interface WorkItem<Worker> {
  readonly worker: Worker;
  readonly key: string;
}

/**
 * What is to be done, in the order it was asked for. What waits already does not wait twice.
 */
export class WorkQueue<Worker> {
  #items: WorkItem<Worker>[] = [];
  #first = 0;
  /** By worker, so that no text has to be made to find out what waits. */
  readonly #waiting = new Map<Worker, Set<string>>();

  get size(): number {
    return this.#items.length - this.#first;
  }

  /** Asks a worker to look at a key, behind all that was asked for before. */
  push(worker: Worker, key: string): void {
    let waiting = this.#waiting.get(worker);
    if (!waiting) {
      waiting = new Set();
      this.#waiting.set(worker, waiting);
    }
    // One look instead of two: whether it was there shows in how many there are.
    const before = waiting.size;
    if (waiting.add(key).size > before) this.#items.push({ worker, key });
  }

  /** Takes what was asked for first; undefined when nothing is left. */
  shift(): WorkItem<Worker> | undefined {
    const item = this.#items[this.#first];
    if (!item) return undefined;
    this.#first += 1;
    if (this.#first === this.#items.length) {
      this.#items = [];
      this.#first = 0;
    } else if (this.#first > 1000 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    this.#waiting.get(item.worker)?.delete(item.key);
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
    this.#waiting.clear();
  }
}
