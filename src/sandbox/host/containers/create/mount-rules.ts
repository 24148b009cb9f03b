import { EngineError } from '../../engine/engine-error.ts';
import type { ApiMount } from '../container-record.ts';

/**
 * Refuses what cannot be mounted (daemon/volume/mounts of github.com/moby/moby).
 *
 * @throws EngineError
 */
export function checkMount(mount: ApiMount, bindSourceExists: (path: string) => boolean): void {
  const foreign = foreignOption(mount);
  const why = foreign
    ? `${foreign} must not be specified on mount type "${mount.Type}"`
    : faultOf(mount, bindSourceExists);
  if (why !== undefined) throw new EngineError(400, why);
}

/** @throws EngineError when `--tmpfs` cannot be mounted at a place */
export function checkTmpfsTarget(target: string): void {
  const why = rootFault(target) ?? absoluteFault(target);
  if (why !== undefined) throw new EngineError(400, why);
}

/** Why a mount cannot be; undefined when it can. */
export function faultOf(mount: ApiMount, bindSourceExists: (path: string) => boolean): string | undefined {
  const { Type: type = '', Target: target = '' } = mount;
  const fault = targetFault(target) ?? sourceFault(mount, bindSourceExists);
  return fault === undefined ? undefined : `invalid mount config for type "${type}": ${fault}`;
}

const optionsOf: Readonly<Record<string, string>> = {
  BindOptions: 'bind',
  VolumeOptions: 'volume',
  ImageOptions: 'image',
  TmpfsOptions: 'tmpfs',
};

/** The first of the options that are for another type of mount. */
function foreignOption(mount: ApiMount): string | undefined {
  const given = Object.entries(optionsOf).filter(
    ([name]) => (mount[name as keyof ApiMount] ?? null) !== null,
  );
  return given.find(([, type]) => mount.Type !== type)?.[0];
}

function targetFault(target: string): string | undefined {
  if (target === '') return 'field Target must not be empty';
  return rootFault(target) ?? absoluteFault(target);
}

function rootFault(target: string): string | undefined {
  const isRoot = /^(\/|\.)*$/.test(target) && target.startsWith('/');
  return isRoot ? "invalid specification: destination can't be '/'" : undefined;
}

function absoluteFault(path: string): string | undefined {
  return path.startsWith('/') ? undefined : `invalid mount path: '${path}' mount path must be absolute`;
}

function sourceFault(
  { Type: type, Source: source = '', BindOptions: bind, VolumeOptions: volume }: ApiMount,
  bindSourceExists: (path: string) => boolean,
): string | undefined {
  switch (type) {
    case 'bind':
      if (source === '') return 'field Source must not be empty';
      if (bind?.Propagation && !propagations.has(bind.Propagation))
        return `invalid propagation mode: ${bind.Propagation}`;
      if (absoluteFault(source)) return absoluteFault(source);
      if (bindSourceExists(source) || bind?.CreateMountpoint) return undefined;
      return `bind source path does not exist: ${source}`;
    case 'volume':
      if (!volume?.Subpath) return undefined;
      if (source === '') return 'must not set Subpath when using anonymous volumes';
      return /^\/|(^|\/)\.\.(\/|$)/.test(volume.Subpath)
        ? 'subpath must be a relative path within the volume'
        : undefined;
    case 'tmpfs':
      return source === '' ? undefined : 'field Source must not be specified';
    case 'image':
      return source === '' ? 'field Source must not be empty' : undefined;
    default:
      return 'mount type unknown';
  }
}

const propagations: ReadonlySet<string> = new Set([
  ...['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'],
]);

const modeKinds: readonly (readonly string[])[] = [
  ['rw', 'ro'],
  ['z', 'Z'],
  [...propagations],
  ['nocopy', 'copy'],
  ['consistent', 'cached', 'delegated', 'default'],
];

/** Whether the third part of a `-v` is one: at most one word of each kind. */
export function isMode(text: string): boolean {
  if (text === '') return true;
  const words = text.split(',');
  return (
    words.every((word) => modeKinds.some((kind) => kind.includes(word))) &&
    modeKinds.every((kind) => words.filter((word) => kind.includes(word)).length <= 1)
  );
}

/** The propagation that a mode names; undefined when it names none. */
export function propagationIn(mode: string): string | undefined {
  return mode.split(',').find((word) => propagations.has(word));
}
