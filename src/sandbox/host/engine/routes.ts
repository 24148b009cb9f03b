import { buildRoutes } from '../build/routes.ts';
import { containerRoutes } from '../containers/routes.ts';
import { imageRoutes } from '../images/routes.ts';
import { networkRoutes } from '../networks/routes.ts';
import { systemRoutes } from '../system/routes.ts';
import { volumeRoutes } from '../volumes/routes.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Route } from './route.ts';

/** Everything that the engine answers, the more particular paths first. */
export function routes(parts: EngineParts): readonly Route[] {
  return [
    ...containerRoutes(parts),
    ...imageRoutes(parts),
    ...networkRoutes(parts),
    ...volumeRoutes(parts),
    ...buildRoutes(parts),
    ...systemRoutes(parts),
  ];
}
