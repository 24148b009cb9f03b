import type { Runtime } from '../../runtime/runtime.ts';
import type { Simulation } from '../../simulation.ts';
import type { Store } from '../../store.ts';

/** What the parts of the engine work with. */
export interface EngineParts {
  readonly store: Store;
  readonly simulation: Simulation;
  readonly runtime: Runtime;
}
