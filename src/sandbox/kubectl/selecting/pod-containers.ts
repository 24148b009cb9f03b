import type { Container, Pod, PodSpec } from '../../../kubernetes/api.ts';

/** The annotation that names the container that commands mean when none is named. */
export const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** All containers of a Pod: those that start it first, then its own, then those for debugging. */
export function containersOf({ spec = nothing }: Pod): readonly Pick<Container, 'name'>[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  return [...initContainers, ...containers, ...ephemeralContainers];
}

/** What a Pod says that says nothing. */
const nothing: PodSpec = { containers: [] };

/** The names of a Pod's containers as messages list them: `web, debugger (ephem), setup (init)`. */
export function containerNames({ spec = nothing }: Pod): string {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  return [
    ...containers.map(({ name }) => name),
    ...ephemeralContainers.map(({ name }) => `${name} (ephem)`),
    ...initContainers.map(({ name }) => `${name} (init)`),
  ].join(', ');
}
