import type { ContainerStateTerminated, ContainerStatus, Pod } from '../../kubernetes/api.ts';
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
const passing = ['ContainerCreating', 'PodInitializing'];

/** Containers of a Pod that are not as they should be; what is done in its turn is well. */
export function containerOutlines({ spec, status }: Pod): readonly ContainerOutline[] {
  const { initContainerStatuses: inits = [], containerStatuses: mains = [] } = status ?? {};
  const isSidecar = (status: ContainerStatus): boolean =>
    spec?.initContainers?.find(({ name }) => name === status.name)?.restartPolicy === 'Always';
  return [
    ...inits.flatMap((each) => outline(each, isSidecar(each))),
    ...mains.flatMap((each) => outline(each, true)),
  ];
}

function outline(
  { name, ready, state = {}, lastState }: ContainerStatus,
  isReadinessAsked: boolean,
): ContainerOutline[] {
  const { waiting, running, terminated } = state;
  const last = terminated ?? lastState?.terminated;
  const ended = last && endText(last);
  if (waiting) {
    const { reason: state = 'waiting' } = waiting;
    const isPassing = passing.includes(state) && last === undefined;
    return [{ name, standing: isPassing ? 'moving' : 'ill', state, ended }];
  }
  if (running) {
    return ready || !isReadinessAsked ? [] : [{ name, standing: 'moving', state: 'not ready', ended }];
  }
  if (!terminated || terminated.exitCode === 0) return [];
  const { reason: how = 'ended' } = terminated;
  return [{ name, standing: 'ill', state: how, ended }];
}

/** The end of a container in a few words. */
function endText({ exitCode, reason = 'Error' }: ContainerStateTerminated): string {
  return reason === 'Error' || reason === 'Completed'
    ? `exit code ${exitCode}`
    : `exit code ${exitCode}, ${reason}`;
}
