import { signalName, signalNumbers } from '../../../runtime/program.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, changeContainer, containerRecord } from '../container-record.ts';
import { demandRunning } from '../find-container.ts';
import { endContainer, noteExit } from './container-exit.ts';

/** The name of a signal, without `SIG`. @throws EngineError when there is no such signal */
export function signalOf(text: string): string {
  const name = signalName(text.replace(/^(\d+)$/, (number) => String(Number(number))));
  if (name !== undefined) return name;
  const why = /^[1-9]\d*$/.test(text)
    ? `the linux daemon does not support signal ${text}`
    : `invalid signal: ${text}`;
  throw new EngineError(400, why);
}

/** The signal that a container is stopped with. */
export function stopSignalOf({ config }: ContainerRecord): string {
  return signalName(config.StopSignal ?? 'TERM') ?? 'TERM';
}

/**
 * Sends a signal to a container (`killWithSignal` of daemon/kill.go in github.com/moby/moby). Its restart policy
 * leaves it alone from then on; where its image names a stop signal, only that one and SIGKILL tell the policy so.
 *
 * @param signal without `SIG`
 * @throws EngineError when it does not run
 */
export function killContainer(parts: ContainerParts, container: ContainerRecord, signal: string): void {
  demandRunning(container);
  const isLast =
    container.config.StopSignal === undefined || signal === 'KILL' || signal === stopSignalOf(container);
  const { id, state } = container;
  const known = changeContainer(parts, container, {
    isManuallyStopped: true,
    isCancelled: container.isCancelled || isLast,
  });
  if (state.restarting) {
    // There is no process to kill: that it is not to start again is all there is to say.
    if (isLast)
      endContainer(parts, known, { exitCode: state.exitCode, at: state.finishedAt ?? parts.store.now });
    return;
  }
  tell(parts, known, 'kill', { signal: `${signalNumbers[signal]}` });
  parts.runtime.kill(laptopHost, id, signal);
  // A signal that ends it reaches one that is paused, too.
  if (state.paused && isLast && parts.runtime.container(laptopHost, id)?.state === 'paused') {
    parts.runtime.unpause(laptopHost, id);
    const now = containerRecord(parts, id);
    if (now) changeContainer(parts, now, { state: { ...now.state, paused: false } });
  }
  noteExit(parts, id);
}
