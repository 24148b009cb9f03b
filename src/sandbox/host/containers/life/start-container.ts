import { RuntimeError } from '../../../runtime/container-runtime.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { joinNetworks, leaveNetworks, removeEndpoints } from '../../networks/endpoints.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, changeContainer, statusOf } from '../container-record.ts';
import { containerSpec } from '../create/container-spec.ts';
import { networked } from '../create/create-container.ts';
import { demandDevices } from '../create/devices.ts';
import { bindSourceExists, prepareMounts } from '../create/mount-sources.ts';
import { sharedContainer } from '../create/other-containers.ts';
import { checkSettings } from '../create/validate-config.ts';
import { demandNotRestarting, findContainer } from '../find-container.ts';
import { freshHealth } from './health-record.ts';
import { removeContainer } from './remove-container.ts';

/** Exit codes of a container that never ran (daemon/errors.go). */
const unknownFailure = 128;

/**
 * Starts a container (`containerStart` of daemon/start.go in github.com/moby/moby).
 *
 * @param isManual whether somebody asked for it; otherwise its restart policy did
 * @throws EngineError when it cannot be started: it is as it was before then, and says why; one that is to be
 *   removed when it ends is removed
 */
export function startContainer(
  parts: ContainerParts,
  container: ContainerRecord,
  isManual: boolean,
): ContainerRecord {
  const policy = isManual
    ? { restartCount: 0, backOff: 0, isCancelled: false, isManuallyStopped: false }
    : {};
  const { id } = container;
  const hostConfig = { ...container.hostConfig, OomKillDisable: null };
  let current = changeContainer(parts, container, { ...policy, hostConfig });
  try {
    current = joined(parts, current);
    demandDevices(current);
    demandSharedPids(parts, current);
    demandSharedMemory(parts, current);
    prepareMounts(parts, current);
    parts.runtime.revise(laptopHost, id, containerSpec(parts, current));
    parts.runtime.start(laptopHost, id);
  } catch (error) {
    const failure = failureOf(error);
    leaveNetworks(parts, id);
    // A port that was taken costs a container its network: it starts without one the next time (checked with 29.7.2).
    if (failure.error.message.includes('driver failed programming')) removeEndpoints(parts, id);
    const exitCode = container.state.exitCode || failure.exitCode;
    const state = { ...current.state, error: failure.error.message, exitCode };
    current = changeContainer(parts, current, { state });
    if (current.hostConfig.AutoRemove) removeContainer(parts, current, { withVolumes: true });
    throw failure.error;
  }
  const { pid = 0 } = parts.runtime.container(laptopHost, id) ?? {};
  const { restartAt: _, health: __, ...rest } = current;
  const health = freshHealth(current, parts.store.now);
  const started: ContainerRecord = {
    ...rest,
    ...(health ? { health } : {}),
    isRestarted: false,
    state: {
      ...current.state,
      running: true,
      paused: false,
      restarting: false,
      oomKilled: false,
      pid,
      exitCode: 0,
      error: '',
      startedAt: parts.store.now,
    },
  };
  changeContainer(parts, started, {});
  tell(parts, started, 'start');
  return started;
}

/** @throws EngineError when a container is in no state to be started by somebody */
export function demandStartable({ state }: ContainerRecord): void {
  if (state.paused) throw new EngineError(409, 'cannot start a paused container, try unpause instead');
}

/** Puts it into its networks. @returns it with what it has of a container whose network it shares */
function joined(parts: ContainerParts, container: ContainerRecord): ContainerRecord {
  checkSettings(undefined, container.hostConfig, (path) => bindSourceExists(parts.store, path));
  const { NetworkMode: mode } = container.hostConfig;
  if (!mode.startsWith('container:')) {
    const join = () => joinNetworks(parts, networked(container));
    unlessThrown(EngineError, join, ({ status, message }) => {
      throw new EngineError(status, `failed to set up container networking: ${message}`);
    });
    return container;
  }
  const other = demandShared(parts, container, mode.slice('container:'.length));
  const { Hostname, Domainname } = other.config;
  return changeContainer(parts, container, { config: { ...container.config, Hostname, Domainname } });
}

function demandShared(parts: ContainerParts, { id }: ContainerRecord, term: string): ContainerRecord {
  const find = () => findContainer(parts, term);
  const other = unlessThrown(EngineError, find, ({ message }): never => {
    throw new EngineError(500, `joining network namespace of container: ${message}`);
  });
  if (other.id === id) throw new EngineError(500, 'cannot join own network namespace');
  if (!other.state.running) {
    const which = `container ${other.name.slice(1)} is ${statusOf(other)}`;
    throw new EngineError(409, `cannot join network namespace of a non running container: ${which}`);
  }
  demandNotRestarting(other);
  return other;
}

/** @throws EngineError when the container whose memory is to be shared does not run, or keeps it to itself */
function demandSharedMemory(parts: ContainerParts, { hostConfig: { IpcMode: mode } }: ContainerRecord): void {
  const other = sharedContainer(parts, mode);
  if (!other) return;
  const which = `failed to join IPC namespace: container ${other.id}`;
  if (!other.state.running) throw new EngineError(409, `${which} is not running`);
  if (other.hostConfig.IpcMode === 'shareable') return;
  throw new EngineError(
    400,
    `${which}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`,
  );
}

/** @throws EngineError when the container whose processes are to be shared does not run */
function demandSharedPids(parts: ContainerParts, { hostConfig }: ContainerRecord): void {
  if (!hostConfig.PidMode.startsWith('container:')) return;
  const other = findContainer(parts, hostConfig.PidMode.slice('container:'.length));
  if (!other.state.running)
    throw new EngineError(500, `failed to join PID namespace: container ${other.id} is not running`);
  demandNotRestarting(other);
}

/** What the daemon makes of it when a container does not start (`setExitCodeFromError` of daemon/errors.go). */
function failureOf(error: unknown): { readonly error: EngineError; readonly exitCode: number } {
  if (error instanceof EngineError) return { error, exitCode: unknownFailure };
  if (!(error instanceof RuntimeError)) throw error;
  const { message } = error;
  if (message.startsWith('unable to find ')) {
    return { error: new EngineError(500, message), exitCode: unknownFailure };
  }
  const whole = `failed to create task for container: ${message}`;
  const exitCode = message.endsWith('permission denied') ? 126 : 127;
  return { error: new EngineError(400, whole), exitCode };
}
