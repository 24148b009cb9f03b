import type { ContainerStatus, Pod } from '../../kubernetes/api.ts';
import type { Standing } from './standing.ts';

/** A container of a Pod that is not as it should be. */
export interface ContainerOutline {
  readonly name: string;
  readonly standing: Standing;
  /** Such as `CrashLoopBackOff`, `ImagePullBackOff`, `not ready`. */
  readonly state: string;
  /** How it ended the last time, where it did: `exit code 1`, `exit code 137, OOMKilled`. */
  readonly ended: string | undefined;
}

/** Reasons for which a container waits that go by themselves. */
const passing = new Set(['ContainerCreating', 'PodInitializing']);

/** Containers of a Pod that are not as they should be; what is done in its turn is well. */
export function containerOutlines({ spec, status }: Pod): readonly ContainerOutline[] {
  const inits = (status?.initContainerStatuses ?? []).flatMap((each) => {
    const isSidecar =
      spec?.initContainers?.find(({ name }) => name === each.name)?.restartPolicy === 'Always';
    return each.state?.terminated?.exitCode === 0 && !isSidecar ? [] : outline(each, isSidecar);
  });
  const mains = (status?.containerStatuses ?? []).flatMap((each) => outline(each, true));
  return [...inits, ...mains];
}

function outline(
  { name, ready, state = {}, lastState }: ContainerStatus,
  isReadinessAsked: boolean,
): ContainerOutline[] {
  const { waiting, running, terminated } = state;
  const last = terminated ?? lastState?.terminated;
  const ended = last && endText(last.exitCode, last.reason);
  if (waiting) {
    const isPassing = passing.has(waiting.reason ?? '') && last === undefined;
    return [{ name, standing: isPassing ? 'moving' : 'ill', state: waiting.reason ?? 'waiting', ended }];
  }
  if (running) {
    return ready || !isReadinessAsked ? [] : [{ name, standing: 'moving', state: 'not ready', ended }];
  }
  if (!terminated || terminated.exitCode === 0) return [];
  return [{ name, standing: 'ill', state: terminated.reason ?? 'ended', ended }];
}

/** The end of a container in a few words. */
function endText(exitCode: number, reason: string | undefined): string {
  const isTold = reason === undefined || reason === 'Error' || reason === 'Completed';
  return isTold ? `exit code ${exitCode}` : `exit code ${exitCode}, ${reason}`;
}
