import type { FileTree } from '../../runtime/file-tree.ts';
import { type Volume, volumeTable } from '../../runtime/volume.ts';
import { laptopHost, laptopVolume } from '../../shell/laptop/laptop.ts';
import type { Store } from '../../store.ts';
import { filesBelow } from '../children.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { recordEvent } from '../events.ts';

/** What the table `docker/volumes` keeps of a volume, by its name. */
export interface VolumeRecord {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>> | null;
  /** Options of the driver `local`: `type`, `device`, `o`. */
  readonly options: Readonly<Record<string, string>> | null;
}

/** The body of `POST /volumes/create`. */
export interface VolumeRequest {
  readonly Name?: string;
  readonly Driver?: string;
  readonly DriverOpts?: Readonly<Record<string, string>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** The volumes of the engine. */
export const dockerVolumeTable = 'docker/volumes';
/** What a volume that nobody named has for a label. */
export const anonymousLabel = 'com.docker.volume.anonymous';

/** The name of a volume's files as the runtime has them on the host `laptop`. */
export function runtimeVolume(name: string): string {
  return `volume:${name}`;
}

/** The volume with a name. */
export function volumeNamed(store: Store, name: string): VolumeRecord | undefined {
  return store.read(dockerVolumeTable, name) as VolumeRecord | undefined;
}

/**
 * The volume that is asked for: it is made when there is none of its name.
 *
 * @param request without a name it gets one by chance, and is anonymous
 * @throws EngineError for a name or an option that the driver `local` does not take, and for other drivers
 */
export function ensureVolume({ store }: EngineParts, request: VolumeRequest): VolumeRecord {
  const isAnonymous = (request.Name ?? '') === '';
  const name = isAnonymous ? newVolumeName(store) : (request.Name ?? '');
  const { Driver: driver = '' } = request;
  const [labels, options] = [request.Labels, request.DriverOpts].map(orNothing);
  if (driver !== '' && driver !== 'local') {
    const why = `error looking up volume plugin ${driver}: plugin "${driver}" not found`;
    throw new EngineError(404, `create ${name}: ${why}`);
  }
  checkName(name);
  const known = volumeNamed(store, name);
  if (known) return known;
  checkOptions(name, options ?? {});
  const all = isAnonymous ? { ...labels, [anonymousLabel]: '' } : labels;
  const record: VolumeRecord = {
    name,
    created: store.now,
    labels: all ?? null,
    options: options ?? null,
  };
  store.write(dockerVolumeTable, name, record);
  if (!isBind(record)) {
    const isMemory = options?.type === 'tmpfs';
    const files: Volume = { files: {}, ...(isMemory ? { memory: true } : {}) };
    store.write(volumeTable, keyOf(name), files);
  }
  recordEvent(store, 'volume', 'create', name, { driver: 'local' });
  return record;
}

/** A map in the order of its names, as JSON of Go has it; undefined for one that has nothing. */
function orNothing(
  given: Readonly<Record<string, string>> | null | undefined,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(given ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/**
 * What a container mounts of a volume.
 *
 * @throws EngineError where the volume is a folder of the laptop that is not there
 */
export function mountOfVolume(
  store: Store,
  name: string,
): { readonly volume: string; readonly subPath?: string } {
  const record = volumeNamed(store, name);
  if (!record || !isBind(record)) return { volume: runtimeVolume(name) };
  return { volume: laptopVolume, subPath: record.options?.device ?? '/' };
}

/**
 * Fills a volume that nothing is in with what the image has at the place where it is mounted, as the engine
 * does with the first container (https://docs.docker.com/engine/storage/volumes/).
 *
 * @param image the files of the image
 * @param path where the volume is going to be mounted
 */
export function seedVolume({ store }: EngineParts, name: string, image: FileTree, path: string): void {
  const before = store.read(volumeTable, keyOf(name)) as Volume | undefined;
  if (!before || Object.keys(before.files).length > 0) return;
  const root = image.get(path);
  if (root?.kind !== 'folder') return;
  const files = filesBelow(image, path);
  store.write(volumeTable, keyOf(name), { ...before, files, owner: root.owner, mode: root.mode });
}

/** The ids of the containers that mount a volume, running or not. */
export function usersOf({ runtime }: EngineParts, name: string): readonly string[] {
  const volume = runtimeVolume(name);
  return runtime
    .containers(laptopHost)
    .filter(({ spec }) => spec.mounts.some((mount) => mount.volume === volume))
    .map(({ id }) => id)
    .sort();
}

/**
 * Removes a volume with all that is in it.
 *
 * @throws EngineError when there is none, or a container mounts it
 */
export function removeVolume(parts: EngineParts, name: string, isForced = false): void {
  const { store } = parts;
  if (!volumeNamed(store, name)) {
    if (isForced) return;
    throw new EngineError(404, `get ${name}: no such volume`);
  }
  const users = usersOf(parts, name);
  if (users.length > 0) {
    throw new EngineError(409, `remove ${name}: volume is in use - [${users.join(', ')}]`);
  }
  store.delete(dockerVolumeTable, name);
  store.delete(volumeTable, keyOf(name));
  recordEvent(store, 'volume', 'destroy', name, { driver: 'local' });
}

/** Removes the anonymous volumes among some, as `docker rm -v` does; those in use stay. */
export function removeAnonymous(parts: EngineParts, names: readonly string[]): void {
  for (const name of names) {
    const isAnonymous = volumeNamed(parts.store, name)?.labels?.[anonymousLabel] !== undefined;
    if (isAnonymous && usersOf(parts, name).length === 0) removeVolume(parts, name);
  }
}

function isBind({ options }: VolumeRecord): boolean {
  return /\br?bind\b/.test(options?.o ?? '') && options?.device !== undefined;
}

/** 64 hexadecimal digits. */
function newVolumeName(store: Store): string {
  return Array.from({ length: 16 }, () => store.random(0x10000).toString(16).padStart(4, '0')).join('');
}

function checkName(name: string): void {
  if (name.length === 1) {
    const why = 'volume name is too short, names should be at least two alphanumeric characters';
    throw new EngineError(400, `create ${name}: ${why}`);
  }
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return;
  const allowed = 'only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed';
  const hint = 'If you intended to pass a host directory, use absolute path';
  const why = `${JSON.stringify(name)} includes invalid characters for a local volume name, ${allowed}. ${hint}`;
  throw new EngineError(400, `create ${name}: ${why}`);
}

function checkOptions(name: string, options: Readonly<Record<string, string>>): void {
  for (const option of Object.keys(options)) {
    if (!['type', 'o', 'device', 'size'].includes(option)) {
      throw new EngineError(400, `create ${name}: invalid option: ${JSON.stringify(option)}`);
    }
    if (option === 'size') {
      throw new EngineError(400, `create ${name}: quota size requested but no quota support`);
    }
  }
  const [missing] = ['device', 'type'].filter((option) => options[option] === undefined);
  const isMount = Object.keys(options).length > 0;
  if (isMount && missing !== undefined) {
    throw new EngineError(400, `create ${name}: missing required option: ${JSON.stringify(missing)}`);
  }
}

function keyOf(name: string): string {
  return `${laptopHost}/${runtimeVolume(name)}`;
}
