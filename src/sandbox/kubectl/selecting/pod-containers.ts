import type { Container, Pod } from '../../../kubernetes/api.ts';

/** The annotation that names the container that commands mean when none is named. */
export const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** All containers of a Pod: those that start it first, then its own, then those for debugging. */
export function containersOf({ spec }: Pod): readonly Pick<Container, 'name'>[] {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? []), ...(spec?.ephemeralContainers ?? [])];
}

/** The names of a Pod's containers as messages list them: `web, debugger (ephem), setup (init)`. */
export function containerNames({ spec }: Pod): string {
  return [
    ...(spec?.containers ?? []).map(({ name }) => name),
    ...(spec?.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec?.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');
}
