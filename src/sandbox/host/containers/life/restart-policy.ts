import type { ContainerRecord } from '../container-record.ts';

/** The pause before the first restart, and the longest one, in milliseconds. */
const firstPause = 100;
const longestPause = 60_000;
/** Who ran so long begins again with the first pause. */
const longRun = 10_000;

/** What a restart policy makes of an end. */
export interface Restart {
  readonly isWanted: boolean;
  /** Milliseconds to wait. */
  readonly backOff: number;
}

/**
 * Whether a container that ended is to start again, and after what time (`ShouldRestart` of
 * daemon/internal/restartmanager in github.com/moby/moby): each pause is twice the one before.
 *
 * @param duration how long it ran, in milliseconds
 */
export function restartAfter(
  { hostConfig, backOff, isCancelled, isManuallyStopped, restartCount }: ContainerRecord,
  exitCode: number,
  duration: number,
): Restart {
  const { Name: name, MaximumRetryCount: most } = hostConfig.RestartPolicy;
  if (name === 'no' || name === '' || isCancelled) return { isWanted: false, backOff };
  const last = duration >= longRun ? 0 : backOff;
  const next = last === 0 ? firstPause : Math.min(last * 2, longestPause);
  const isWanted =
    name === 'always' ||
    (name === 'unless-stopped' && !isManuallyStopped) ||
    (name === 'on-failure' && exitCode !== 0 && (most === 0 || restartCount < most));
  return { isWanted, backOff: next };
}
