import type { EngineRequest, EngineResponse } from './request.ts';

/** What a route makes of a request. @param args what the variable parts of its path are, decoded */
export type Handler = (request: EngineRequest, args: readonly string[]) => EngineResponse;

/** A path of the API and what answers it. */
export interface Route {
  readonly method: EngineRequest['method'];
  /** Its groups are the names in it. */
  readonly path: RegExp;
  readonly handle: Handler;
}
