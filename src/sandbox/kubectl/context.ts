import type { KubectlCommand } from '../../kubernetes/parse.ts';
import type { Steps } from '../effects.ts';
import { findTarget, type Surroundings, type Target } from './config.ts';
import { Options } from './options.ts';
import type { DiscoveredResource } from './server/discovered-resource.ts';
import { discover } from './server/discovery.ts';

/** What a command of kubectl is run with. */
export class KubectlContext {
  readonly options: Options;
  readonly surroundings: Surroundings;
  #target: Target | undefined;
  #known: readonly DiscoveredResource[] | undefined;

  constructor(command: KubectlCommand, surroundings: Surroundings) {
    this.options = new Options(command);
    this.surroundings = surroundings;
  }

  /** Which cluster and which namespace the line means. @throws CommandFailure where there is no cluster */
  *target(): Steps<Target> {
    this.#target ??= yield* findTarget(this.options, this.surroundings);
    return this.#target;
  }

  /** What the server serves. */
  *known(): Steps<readonly DiscoveredResource[]> {
    // Where there is no cluster, this says so.
    yield* this.target();
    this.#known ??= yield* discover();
    return this.#known;
  }
}

/** Runs a command of kubectl. @returns its exit code; what it throws ends it too */
export type RunCommand = (context: KubectlContext) => Steps<number>;
