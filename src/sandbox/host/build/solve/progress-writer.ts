import type { Store } from '../../../store.ts';
import type { BuildProgress, VertexProgress } from '../progress.ts';
import type { BuildSteps } from './waiting.ts';

/** A step while it runs. */
export interface OpenVertex {
  readonly digest: string;
  readonly name: string;
  readonly started: number;
}

/** Tells whoever reads the answer what a build does. */
export class ProgressWriter {
  readonly #store: Store;
  readonly #send: (progress: BuildProgress) => void;

  constructor(store: Store, send: (progress: BuildProgress) => void) {
    this.#store = store;
    this.#send = send;
  }

  get now(): number {
    return this.#store.now;
  }

  send(progress: BuildProgress): void {
    this.#send(progress);
  }

  begin(digest: string, name: string): OpenVertex {
    const vertex = { digest, name, started: this.now };
    this.#send({ vertexes: [vertex] });
    return vertex;
  }

  end(vertex: OpenVertex, how: Pick<VertexProgress, 'error' | 'cached'> = {}): void {
    this.#send({ vertexes: [{ ...vertex, completed: this.now, ...how }] });
  }

  /** A step whose result is there already. */
  cached(digest: string, name: string): void {
    this.end(this.begin(digest, name), { cached: true });
  }

  /** A part of a step that takes some time. Short ones are only told of when they are done. */
  *part(
    vertex: OpenVertex,
    id: string,
    milliseconds: number,
    bytes: { readonly current: number; readonly total: number } = { current: 0, total: 0 },
  ): BuildSteps<void> {
    const started = this.now;
    const status = { id, vertex: vertex.digest, ...bytes, started };
    if (milliseconds > shortest) this.#send({ statuses: [{ ...status, current: 0 }] });
    yield* this.sleep(milliseconds);
    this.#send({ statuses: [{ ...status, completed: this.now }] });
  }

  *sleep(milliseconds: number): BuildSteps<void> {
    if (milliseconds > 0) yield { until: this.now + milliseconds };
  }
}

const shortest = 100;
