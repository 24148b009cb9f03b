import type { Limits } from './resource-limits.ts';

/** What the kernel allows the processes of a container, where that is not the usual. */
export interface Confinement {
  /** What root may do in it, by names such as `CHOWN`. */
  readonly capabilities?: readonly string[];
  readonly limits?: Limits;
  /** How much fits into its own `/dev/shm`; 0 when it has none. */
  readonly shmBytes?: number;
}

/** Only what is not the usual; undefined when nothing is left. */
export function confinementOf(
  wanted: {
    readonly [part in keyof Confinement]: Confinement[part] | undefined;
  },
): Confinement | undefined {
  const { capabilities, limits, shmBytes } = wanted;
  const found: Confinement = {
    ...(capabilities && { capabilities }),
    ...(limits && Object.keys(limits).length > 0 && { limits }),
    ...(shmBytes !== undefined && { shmBytes }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}
