import type { HostImage } from '../../../runtime/container-runtime.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineResponse } from '../../engine/request.ts';
import { demandImage } from '../../images/image-store.ts';
import type { EndpointSettings } from '../../networks/endpoint-record.ts';
import { addEndpoint, removeEndpoints } from '../../networks/endpoints.ts';
import type { NetworkedContainer } from '../../networks/networked-container.ts';
import { laptopName } from '../../system/laptop-facts.ts';
import { seedVolume } from '../../volumes/volume-store.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import {
  allContainers,
  type ContainerConfig,
  type ContainerRecord,
  containerTable,
  type MountPoint,
} from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { containerSpec } from './container-spec.ts';
import { fullHostConfig } from './host-config.ts';
import { mergedConfig } from './merge-image.ts';
import { imageVolume, mountPointsOf } from './mount-points.ts';
import { bindSourceExists } from './mount-sources.ts';
import { randomName, reserveName } from './names.ts';
import { linkedName } from './other-containers.ts';
import { checkCombinations, checkSettings, type WantedConfig } from './validate-config.ts';
import type { WantedHostConfig } from './wanted-host-config.ts';

/** The body of `POST /containers/create`. */
export type CreateBody = WantedConfig & {
  readonly HostConfig?: WantedHostConfig | null;
  readonly NetworkingConfig?: {
    readonly EndpointsConfig?: Readonly<Record<string, EndpointSettings | null>> | null;
  } | null;
};

/**
 * Makes a container: `POST /containers/create` (daemon/create.go of github.com/moby/moby). Nothing of it stays when
 * it is refused.
 *
 * @param name empty for one that is chosen
 * @param platform such as `linux/amd64`; empty for the laptop's own
 * @throws EngineError
 */
export function createContainer(
  parts: ContainerParts,
  name: string,
  platform: string,
  body: CreateBody,
): EngineResponse {
  const { HostConfig, NetworkingConfig, ...config } = body;
  const host = HostConfig ?? {};
  checkCombinations(config, host);
  const exists = (path: string) => bindSourceExists(parts.store, path);
  const warnings = [...checkSettings(config, host, exists)];
  const { Image: wanted = '' } = config;
  const found = wanted === '' ? undefined : demandImage(parts.store, wanted);
  if (found) checkPlatform(wanted, platform);
  const isBridged = ['', 'default', 'bridge'].includes(host.NetworkMode ?? '');
  if (isBridged && (host.Links ?? []).length > 0)
    warnings.push(
      'Links on the default bridge network are deprecated and will be removed in a future release. Use a custom network instead.',
    );
  const whole = mergedConfig(config, found?.image.config ?? {});
  const hostConfig = fullHostConfig(parts, host);
  if (!found) throw new EngineError(400, 'no command specified');
  if (hostConfig.PidMode === 'host')
    throw new EngineError(501, 'sharing the processes of the host (--pid host) is not simulated here');
  for (const mode of [hostConfig.PidMode, hostConfig.IpcMode]) demandShared(parts, mode);
  const given = name === '' ? undefined : reserveName(parts, name);
  checkLinks(parts, hostConfig.Links ?? []);
  checkSecurity(hostConfig.SecurityOpt as readonly string[] | null);
  const mounts = [...mountPointsOf(parts, hostConfig)];
  for (const path of Object.keys(whole.Volumes ?? {}))
    if (!mounts.some(({ destination }) => destination === path.replace(/\/+$/, '')))
      mounts.push(imageVolume(parts, path, hostConfig.VolumeDriver));
  const id = parts.runtime.create(laptopHost, bareSpec(found));
  const folder = parts.runtime.files(laptopHost, id).get(whole.WorkingDir);
  if (folder && folder.kind !== 'folder') {
    parts.runtime.remove(laptopHost, id);
    throw new EngineError(500, `Cannot mkdir: ${whole.WorkingDir} is not a directory`);
  }
  const hostname = whole.Hostname || (hostConfig.NetworkMode === 'host' ? laptopName : id.slice(0, 12));
  const [path = '', ...args] = [...(whole.Entrypoint ?? []), ...(whole.Cmd ?? [])];
  const record: ContainerRecord = {
    id,
    name: given ?? randomName(parts, id),
    created: parts.store.now,
    number: (allContainers(parts)[0]?.number ?? 0) + 1,
    path,
    args,
    config: { ...whole, Hostname: hostname },
    hostConfig,
    image: found.image.digest,
    mounts,
    state: fresh,
    restartCount: 0,
    backOff: 0,
    isCancelled: false,
    isManuallyStopped: false,
    isRestarted: false,
    exits: 0,
  };
  try {
    seedVolumes(parts, id, mounts);
    addEndpoints(parts, record, NetworkingConfig?.EndpointsConfig ?? {});
    const { user: _, ...spec } = containerSpec(parts, record);
    // Who runs in it is looked up when it starts: the engine says only then that there is no such user.
    parts.runtime.revise(laptopHost, id, { ...spec, user: '' });
  } catch (error) {
    removeEndpoints(parts, id);
    parts.runtime.remove(laptopHost, id);
    throw error;
  }
  parts.store.write(containerTable, id, record);
  tell(parts, record, 'create');
  return { status: 201, body: { Id: id, Warnings: warnings }, milliseconds: createMs };
}

/** How long it takes, in milliseconds. */
const createMs = 50;

const fresh: ContainerRecord['state'] = {
  running: false,
  paused: false,
  restarting: false,
  oomKilled: false,
  pid: 0,
  exitCode: 0,
  error: '',
};

/** Every image of the library is made for the laptop. */
function checkPlatform(image: string, platform: string): void {
  if (/^(|linux|amd64|linux\/amd64(\/v\d)?)$/.test(platform)) return;
  const name = /[:@]/.test(image) ? image : `${image}:latest`;
  const why = `was found but does not provide the specified platform (${platform})`;
  throw new EngineError(404, `image with reference ${name} ${why}`);
}

/** @throws EngineError when whose processes or memory are to be shared is not there, or is the laptop */
function demandShared(parts: ContainerParts, mode: string): void {
  if (!mode.startsWith('container:')) return;
  const find = () => findContainer(parts, mode.slice('container:'.length));
  unlessThrown(EngineError, find, ({ message }) => {
    throw new EngineError(400, message);
  });
}

function checkLinks(parts: ContainerParts, links: readonly string[]): void {
  for (const text of links) {
    const name = linkedName(text);
    const find = () => findContainer(parts, name);
    unlessThrown(EngineError, find, ({ message }) => {
      throw new EngineError(400, `could not get container for ${name}: ${message}`);
    });
  }
}

function checkSecurity(options: readonly string[] | null): void {
  for (const option of options ?? []) {
    if (['no-new-privileges', 'writable-cgroups', 'disable'].includes(option)) continue;
    const [, key] = /^([^=:]*)[=:]/.exec(option) ?? [];
    if (key === undefined) throw new EngineError(500, `invalid --security-opt 1: "${option}"`);
    if (
      !['label', 'apparmor', 'seccomp', 'no-new-privileges', 'writable-cgroups', 'systempaths'].includes(key)
    )
      throw new EngineError(500, `invalid --security-opt 2: "${option}"`);
  }
}

/** Before anything is mounted: what the image has at the places of its volumes is looked for. */
function bareSpec({ image }: HostImage) {
  return {
    name: '',
    image: image.id,
    argv: [],
    env: [],
    workingDir: '/',
    user: '',
    hostname: '',
    network: '',
    mounts: [],
    readOnlyRoot: false,
    tty: false,
    stdin: false,
    stopSignal: 'SIGTERM',
    sharePids: false,
    labels: {},
    hostFiles: {},
  };
}

function seedVolumes(parts: ContainerParts, id: string, mounts: readonly MountPoint[]): void {
  const files = parts.runtime.files(laptopHost, id);
  for (const { type, name, destination, copiesImage } of mounts)
    if (type === 'volume' && copiesImage && name !== undefined) seedVolume(parts, name, files, destination);
}

/** What the networks have to know of a container. */
export function networked({ id, name, config, hostConfig }: ContainerRecord): NetworkedContainer {
  return {
    id,
    name: name.slice(1),
    hostname: config.Hostname,
    networkMode: hostConfig.NetworkMode,
    ports: {
      bindings: hostConfig.PortBindings,
      exposed: exposedPorts(config),
      publishAll: hostConfig.PublishAllPorts,
    },
  };
}

/** Ports such as `80/tcp` that a container exposes. */
export function exposedPorts({ ExposedPorts }: ContainerConfig): readonly string[] {
  return Object.keys(ExposedPorts ?? {});
}

function addEndpoints(
  parts: ContainerParts,
  record: ContainerRecord,
  wanted: Readonly<Record<string, EndpointSettings | null>>,
): void {
  const { NetworkMode: mode } = record.hostConfig;
  if (mode.startsWith('container:')) return;
  const { default: usual, ...others } = wanted;
  const all = new Map(Object.entries(others));
  if (usual && mode === 'bridge') all.set(mode, usual);
  if (!all.has(mode)) all.set(mode, null);
  for (const [network, settings] of all) addEndpoint(parts, networked(record), network, settings ?? {});
}
