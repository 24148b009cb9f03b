import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineResponse } from '../../engine/request.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { containerRecord } from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { followOutput } from './streams.ts';

/** What `POST /containers/{id}/attach` is asked for. */
export interface AttachOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Whether what was written before comes first. */
  readonly logs: boolean;
  readonly stream: boolean;
}

/**
 * Attaches somebody to a container: to one that runs, or to one before it starts (daemon/attach.go of
 * github.com/moby/moby).
 *
 * @throws EngineError when it is paused or about to start again
 */
export function attach(parts: ContainerParts, name: string, options: AttachOptions): EngineResponse {
  const container = findContainer(parts, name);
  const { id, state, config, exits } = container;
  if (state.paused)
    throw new EngineError(409, `container ${name} is paused, unpause the container before attach`);
  if (state.restarting)
    throw new EngineError(409, `container ${name} is restarting, wait until the container is running`);
  tell(parts, container, 'attach');
  const { runtime } = parts;
  const { place } = runtime.logsAfter(laptopHost, id, 0);
  const before = options.logs ? runtime.logsAfter(laptopHost, id, 0).pieces : [];
  const first = () => runtime.processes(laptopHost, id)[0]?.id;
  const hasEnded = () => {
    if (!options.stream) return true;
    const now = containerRecord(parts, id);
    // It may end and start again before anybody looks: its end is what counts.
    return !now || now.exits > exits;
  };
  let waiting = '';
  let isClosing = false;
  /** What was typed before it ran reaches it when it does. */
  const handOver = () => {
    const process = first();
    if (process === undefined) return;
    if (waiting !== '') runtime.write(laptopHost, process, waiting);
    waiting = '';
    if (isClosing) runtime.closeInput(laptopHost, process);
    isClosing = false;
  };
  const stream = followOutput(parts, id, {
    stdout: options.stdout,
    stderr: options.stderr || config.Tty,
    first: before,
    from: place,
    hasEnded: () => {
      handOver();
      return hasEnded();
    },
    write(text) {
      if (!options.stdin) return;
      waiting += text;
      handOver();
    },
    closeInput() {
      if (!options.stdin || !config.StdinOnce) return;
      isClosing = true;
      handOver();
    },
  });
  return { status: 101, stream };
}
