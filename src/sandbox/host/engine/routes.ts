import type { EngineParts, Handler } from './engine.ts';
import type { EngineRequest } from './request.ts';

/** A path of the API and what answers it. */
export interface Route {
  readonly method: EngineRequest['method'];
  /** Its groups are the names in it. */
  readonly path: RegExp;
  readonly handle: Handler;
}

/** Everything that the engine answers, the more particular paths first. */
export function routes(_parts: EngineParts): readonly Route[] {
  return [];
}
