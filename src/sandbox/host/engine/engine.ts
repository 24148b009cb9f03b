import { RuntimeError } from '../../runtime/container-runtime.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Simulation } from '../../simulation.ts';
import { EngineError } from './engine-error.ts';
import type { EngineRequest, EngineResponse } from './request.ts';
import { routes } from './routes.ts';

/** The Docker Engine of the learner's machine: its API over the same runtime that the nodes have. */
export class Engine {
  readonly #routes: ReturnType<typeof routes>;

  constructor(simulation: Simulation, runtime: Runtime) {
    this.#routes = routes({ store: simulation.store, simulation, runtime });
  }

  /** Answers a request. */
  handle(request: EngineRequest): EngineResponse {
    try {
      for (const { method, path, handle } of this.#routes) {
        if (method !== request.method) continue;
        const found = path.exec(request.path);
        if (found) return handle(request, found.slice(1).map(decodeURIComponent));
      }
      throw new EngineError(404, 'page not found');
    } catch (error) {
      // What the runtime refuses, and no part has put into other words, the engine hands on.
      if (error instanceof RuntimeError) return { status: 500, body: { message: error.message } };
      if (!(error instanceof EngineError)) throw error;
      return { status: error.status, body: { message: error.message } };
    }
  }
}
