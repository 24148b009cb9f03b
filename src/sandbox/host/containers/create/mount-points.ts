import { normalPath } from '../../../runtime/files/paths.ts';
import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import { demandImage } from '../../images/image-store.ts';
import { ensureVolume, type VolumeRequest } from '../../volumes/volume-store.ts';
import type { ApiMount, HostConfig, MountPoint } from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { faultOf, isMode, propagationIn } from './mount-rules.ts';

/** A mount in the API's words (`MountPoint` of api/types/container). */
export function shownMount(mount: MountPoint): Readonly<Record<string, unknown>> {
  const { type, name, destination, mode, writable, propagation } = mount;
  const isVolume = type === 'volume';
  return {
    Type: type,
    ...(isVolume || type === 'image' ? { Name: name } : {}),
    Source: isVolume ? `/var/lib/docker/volumes/${name}/_data` : (mount.source ?? ''),
    Destination: destination,
    ...(isVolume ? { Driver: 'local' } : {}),
    Mode: mode,
    RW: writable,
    Propagation: propagation,
  };
}

/**
 * What a container is to mount, besides what its image asks for: from other containers, by `-v` and by
 * `--mount`. Volumes that are not there are made (`registerMountPoints` of daemon/volumes.go).
 *
 * @throws EngineError
 */
export function mountPointsOf(parts: EngineParts, host: HostConfig): readonly MountPoint[] {
  const found = new Map<string, MountPoint>();
  for (const text of host.VolumesFrom ?? [])
    for (const mount of mountsFrom(parts, text)) found.set(mount.destination, mount);
  const own = new Set<string>();
  const add = (mount: MountPoint, written: string) => {
    if (own.has(mount.destination)) throw new EngineError(400, `Duplicate mount point: ${written}`);
    own.add(mount.destination);
    found.set(mount.destination, mount);
  };
  for (const text of host.Binds ?? []) {
    const mount = bindOf(parts, text, host.VolumeDriver);
    if (host.Tmpfs?.[mount.destination] !== undefined)
      throw new EngineError(400, `Duplicate mount point: ${mount.destination}`);
    add(mount, mount.destination);
  }
  for (const mount of host.Mounts ?? []) add(mountOf(parts, mount), mount.Target ?? '');
  return [...found.values()];
}

/** The volume that the image wants at a place, where nothing else is mounted. */
export function imageVolume(parts: EngineParts, destination: string, driver: string): MountPoint {
  const { name } = ensureVolume(parts, driver === '' ? {} : { Driver: driver });
  return {
    type: 'volume',
    name,
    destination: normalPath(destination),
    mode: '',
    writable: true,
    propagation: '',
    copiesImage: true,
    makesSource: false,
    isAnonymous: true,
  };
}

function mountsFrom(parts: EngineParts, text: string): readonly MountPoint[] {
  if (text === '') throw new EngineError(400, 'volumes-from specification cannot be an empty string');
  const colon = text.indexOf(':');
  const [id, mode] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  const copies = /(^|,)(no)?copy(,|$)/.test(mode);
  if (!isMode(mode) || propagationIn(mode) !== undefined || copies)
    throw new EngineError(400, `invalid mode: ${mode}`);
  const { mounts } = demandOther(parts, id);
  const isReadOnly = mode.split(',').includes('ro');
  // What has no source is looked for among the volumes, where it has no name either.
  if (mounts.some(({ type }) => type === 'tmpfs')) throw new EngineError(404, 'get: no such volume');
  return mounts.map((mount) => ({
    ...mount,
    mode: '',
    writable: mount.writable && !isReadOnly,
    copiesImage: false,
  }));
}

function demandOther(parts: EngineParts, id: string) {
  const find = () => findContainer(parts, id);
  return unlessThrown(EngineError, find, ({ message }): never => {
    throw new EngineError(400, message);
  });
}

/** What `-v` says: a source, a place and a mode. */
function bindOf(parts: EngineParts, text: string, driver: string): MountPoint {
  const invalid = `invalid volume specification: '${text}'`;
  const words = text.split(':');
  const [first = '', second = '', mode = ''] = words;
  if (first === '' || words.length > 3 || (words.length === 2 && isMode(second)))
    throw new EngineError(500, invalid);
  if (!isMode(mode)) throw new EngineError(500, `invalid mode: ${mode}`);
  const [source, target] = words.length === 1 ? ['', first] : [first, second];
  const type = source.startsWith('/') ? 'bind' : 'volume';
  const propagation = propagationIn(mode);
  const asked: ApiMount = {
    Type: type,
    Source: source,
    Target: target,
    ...(propagation === undefined ? {} : { BindOptions: { Propagation: propagation } }),
  };
  const fault = faultOf(asked, () => true);
  if (fault !== undefined) throw new EngineError(500, `${invalid}: ${fault}`);
  const isVolume = type === 'volume';
  const request: VolumeRequest = {
    ...(source === '' ? {} : { Name: source }),
    ...(driver === '' ? {} : { Driver: driver }),
  };
  return {
    type,
    ...(isVolume ? { name: ensureVolume(parts, request).name } : { source: normalPath(source) }),
    destination: normalPath(target),
    mode: isVolume && mode === '' ? 'z' : mode,
    writable: !mode.split(',').includes('ro'),
    propagation: isVolume ? '' : (propagation ?? 'rprivate'),
    copiesImage: isVolume && !mode.split(',').includes('nocopy'),
    makesSource: true,
    isAnonymous: isVolume && source === '',
  };
}

/** What `--mount` says. */
function mountOf(parts: EngineParts, mount: ApiMount): MountPoint {
  const { Source: source = '', Target: target = '', VolumeOptions: options } = mount;
  const shared = {
    destination: normalPath(target),
    mode: '',
    writable: mount.ReadOnly !== true,
    propagation: '',
    copiesImage: false,
    makesSource: false,
    isAnonymous: false,
  };
  switch (mount.Type) {
    case 'bind':
      return {
        ...shared,
        type: 'bind',
        source: normalPath(source),
        propagation: mount.BindOptions?.Propagation || 'rprivate',
        makesSource: mount.BindOptions?.CreateMountpoint === true,
      };
    case 'tmpfs': {
      const { SizeBytes: size, Mode: mode } = mount.TmpfsOptions ?? {};
      const tmpfs = { ...(size ? { size } : {}), ...(mode ? { mode } : {}) };
      return { ...shared, type: 'tmpfs', tmpfs };
    }
    case 'image':
      demandImage(parts.store, source);
      return {
        ...shared,
        type: 'image',
        name: source,
        writable: false,
        propagation: 'rprivate',
        ...(mount.ImageOptions?.Subpath ? { subPath: mount.ImageOptions.Subpath } : {}),
      };
    default: {
      const driver = options?.DriverConfig;
      const { name } = ensureVolume(parts, {
        ...(source === '' ? {} : { Name: source }),
        ...(driver?.Name ? { Driver: driver.Name } : {}),
        ...(driver?.Options ? { DriverOpts: driver.Options } : {}),
        ...(options?.Labels ? { Labels: options.Labels } : {}),
      });
      return {
        ...shared,
        type: 'volume',
        name,
        mode: 'z',
        copiesImage: options?.NoCopy !== true,
        isAnonymous: source === '',
        ...(options?.Subpath ? { subPath: options.Subpath } : {}),
      };
    }
  }
}
