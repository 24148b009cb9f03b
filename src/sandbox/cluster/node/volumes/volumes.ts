import type {
  PersistentVolumeClaimVolumeSource,
  Pod,
  Volume as PodVolume,
} from '../../../../kubernetes/api.ts';
import { parseQuantity } from '../../../../kubernetes/quantity.ts';
import type { Mount } from '../../../runtime/container-runtime.ts';
import { type Volume, volumeTable } from '../../../runtime/volume.ts';
import type { Store } from '../../../store.ts';
import { expand } from '../containers/expansion.ts';
import { ConfigError, type FieldSources } from '../containers/field-values.ts';
import { foreseen } from '../foreseen-error.ts';
import { checkHostPath, hostVolume } from '../host-files.ts';
import type { NodeContext } from '../node-context.ts';
import type { AnyContainer } from '../pods/pod-containers.ts';
import { givenFiles, laidOut } from './volume-files.ts';

/** Where in the table of volumes what a Pod mounts is found. */
interface Place {
  readonly volume: string;
  /** A part of it only, as with a folder of the node. */
  readonly path?: string;
  readonly readOnly?: boolean;
}

/** Volumes that are the Pod's own, and go with it, have names that begin so. */
function ownVolume({ metadata }: Pod, name: string): string {
  return `pods/${metadata.uid}/${name}`;
}

/**
 * Makes a Pod's volumes ready on its node.
 *
 * @returns the names of those that go with the Pod
 * @throws MountError for the first that cannot be
 */
export function setUpVolumes(
  context: NodeContext,
  pod: Pod,
  node: string,
  sources: FieldSources,
): readonly string[] {
  const own: string[] = [];
  for (const volume of pod.spec?.volumes ?? []) {
    try {
      setUp(context, pod, node, volume, sources);
      own.push(ownVolume(pod, volume.name));
    } catch (problem) {
      const { message } = foreseen(problem, ConfigError);
      throw new MountError(`MountVolume.SetUp failed for volume "${volume.name}" : ${message}`);
    }
  }
  return own;
}

/** A volume could not be made ready; the message is that of the event. */
export class MountError extends Error {
  override readonly name = 'MountError';
}

/**
 * What a container mounts, of volumes that are ready.
 *
 * @param environment values for `subPathExpr`
 * @throws ConfigError when a path within a volume cannot be mounted
 */
export function mountsOf(
  context: NodeContext,
  pod: Pod,
  node: string,
  container: AnyContainer,
  environment: ReadonlyMap<string, string>,
): readonly Mount[] {
  return (container.volumeMounts ?? []).map((mount) => {
    const { name, mountPath, readOnly = false, subPathExpr } = mount;
    const volume = pod.spec?.volumes?.find((each) => each.name === name);
    if (!volume)
      throw new ConfigError(`cannot find volume "${name}" to mount into container "${container.name}"`);
    const place = placeOf(context, pod, volume);
    const subPath = subPathExpr ? expand(subPathExpr, (each) => environment.get(each)) : mount.subPath;
    const isGiven = isReadOnlyKind(volume);
    const base = {
      target: mountPath,
      readOnly: readOnly || place.readOnly === true || isGiven,
      ...(volume.secret ? { isSecret: true } : {}),
    };
    if (!subPath) {
      return { ...base, volume: place.volume, ...(place.path === undefined ? {} : { subPath: place.path }) };
    }
    if (isGiven) {
      return {
        ...base,
        volume: frozenPart(context, pod, node, place.volume, container.name, subPath),
        subPath: '/part',
      };
    }
    const path = `${place.path ?? ''}/${subPath}`;
    ensureFolder(context, node, place.volume, path);
    return { ...base, volume: place.volume, subPath: path };
  });
}

/** Removes the volumes that were a Pod's own. @param names of them */
export function tearDownVolumes(store: Store, node: string, names: readonly string[]): void {
  for (const name of names) {
    store.delete(volumeTable, `${node}/${name}`);
    store.delete(volumeTable, `/${name}`);
  }
}

/** Whether a volume goes with its Pod. */
export function isOwnVolume(name: string): boolean {
  return name.startsWith('pods/');
}

/**
 * Brings the files of a Pod's ConfigMaps and Secrets up to what these say now.
 *
 * @param write whether to do it, or only to look
 * @returns whether anything differs
 */
export function refreshVolumes(
  context: NodeContext,
  pod: Pod,
  node: string,
  sources: FieldSources,
  write: boolean,
): boolean {
  const { store } = context.cluster;
  let differs = false;
  for (const volume of pod.spec?.volumes ?? []) {
    const key = `${node}/${ownVolume(pod, volume.name)}`;
    const old = store.read(volumeTable, key) as Volume | undefined;
    if (!old) continue;
    try {
      const files = givenFiles(context.cluster, pod, volume, sources);
      if (!files || volume.projected?.sources?.some((each) => each.serviceAccountToken)) continue;
      const next = laidOut(files, context.cluster.now, groupOf(pod));
      if (sameFiles(old.files, next)) continue;
      differs = true;
      if (write) store.write(volumeTable, key, { ...old, files: next });
    } catch (problem) {
      // What is there stays when its source has gone.
      foreseen(problem, ConfigError);
    }
  }
  return differs;
}

function setUp(context: NodeContext, pod: Pod, node: string, volume: PodVolume, sources: FieldSources): void {
  const { store, now } = context.cluster;
  const key = `${node}/${ownVolume(pod, volume.name)}`;
  const files = givenFiles(context.cluster, pod, volume, sources);
  const group = groupOf(pod);
  if (files) {
    // All but ConfigMaps are kept in memory.
    const mode = volume.configMap ? 0o777 : memoryMode;
    store.write(volumeTable, key, { files: laidOut(files, now, group), mode, owner: `0:${group}` });
  } else if (volume.emptyDir) {
    const { medium, sizeLimit } = volume.emptyDir;
    const made: Volume = {
      files: {},
      mode: medium === 'Memory' ? memoryMode : 0o777,
      owner: `0:${group}`,
      ...(medium === 'Memory' ? { memory: true } : {}),
      ...(medium === 'Memory' && sizeLimit
        ? { sizeLimit: Number((parseQuantity(sizeLimit) ?? 0n) / 1_000_000_000n) }
        : {}),
    };
    if (store.read(volumeTable, key) === undefined) store.write(volumeTable, key, made);
  } else if (volume.hostPath) {
    checkHostPath(store, node, volume.hostPath, now);
  } else if (volume.persistentVolumeClaim) {
    const { path } = placeOfClaim(context, pod, volume.persistentVolumeClaim);
    checkHostPath(store, node, { path, type: 'DirectoryOrCreate' }, now);
  } else {
    const kind = Object.keys(volume).find((each) => each !== 'name');
    throw new ConfigError(`volumes of the kind ${kind} are not simulated`);
  }
}

/** The mode of a file system in memory. */
const memoryMode = 0o1777;

function placeOf(
  context: NodeContext,
  pod: Pod,
  { name, hostPath, persistentVolumeClaim }: PodVolume,
): Place {
  if (hostPath) return { volume: hostVolume, path: hostPath.path };
  if (persistentVolumeClaim) return placeOfClaim(context, pod, persistentVolumeClaim);
  return { volume: ownVolume(pod, name) };
}

/** @throws ConfigError when the claim has no volume, or one of a kind that is not simulated */
function placeOfClaim(
  { cluster }: NodeContext,
  pod: Pod,
  { claimName, readOnly = false }: PersistentVolumeClaimVolumeSource,
): Place & { readonly path: string } {
  const claim = cluster.get('persistentvolumeclaims', pod.metadata.namespace, claimName);
  if (!claim) throw new ConfigError(`persistentvolumeclaims "${claimName}" not found`);
  const found = cluster.get('persistentvolumes', undefined, claim.spec.volumeName ?? '');
  if (!found || claim.status?.phase !== 'Bound') throw new ConfigError('PVC is not bound');
  const path = found.spec.hostPath?.path ?? found.spec.local?.path;
  if (path === undefined) throw new ConfigError('only volumes of the kinds hostPath and local are simulated');
  return { volume: hostVolume, path, readOnly };
}

/** Volumes that the kubelet fills cannot be written to. */
function isReadOnlyKind({ configMap, secret, downwardAPI, projected }: PodVolume): boolean {
  return (configMap ?? secret ?? downwardAPI ?? projected) !== undefined;
}

function groupOf({ spec }: Pod): number {
  return spec?.securityContext?.fsGroup ?? 0;
}

function partName(pod: Pod, container: string, subPath: string): string {
  return `${ownVolume(pod, container)}/parts/${subPath}`;
}

/** What is mounted by `subPath` stays as it was when the container began. */
function frozenPart(
  { cluster: { store } }: NodeContext,
  pod: Pod,
  node: string,
  volume: string,
  container: string,
  subPath: string,
): string {
  const { files } = store.read(volumeTable, `${node}/${volume}`) as Volume;
  const folder = `${dataFolder(files)}/${subPath}`;
  const part: Record<string, Volume['files'][string]> = {};
  for (const [path, file] of Object.entries(files)) {
    if (path === folder || path.startsWith(`${folder}/`)) part[`/part${path.slice(folder.length)}`] = file;
  }
  // What is not there is made: a folder.
  if (Object.keys(part).length === 0)
    part['/part'] = { kind: 'folder', mode: 0o755, owner: '0:0', at: store.now };
  const name = partName(pod, container, subPath);
  store.write(volumeTable, `${node}/${name}`, { files: part });
  return name;
}

function ensureFolder({ cluster: { store } }: NodeContext, node: string, volume: string, path: string): void {
  const key = `${node}/${volume}`;
  const old = (store.read(volumeTable, key) ?? { files: {} }) as Volume;
  if (old.files[path]) return;
  const folder = { kind: 'folder', mode: 0o755, owner: old.owner ?? '0:0', at: store.now } as const;
  store.write(volumeTable, key, { ...old, files: { ...old.files, [path]: folder } });
}

/** Where the files of a volume are that the kubelet laid out. */
function dataFolder(files: Volume['files']): string {
  const data = files['/..data'];
  return data?.kind === 'link' ? `/${data.target}` : '';
}

/** Whether two sets of files say the same, whenever they were laid out. */
function sameFiles(one: Volume['files'], other: Volume['files']): boolean {
  const flat = (files: Volume['files']) => {
    const folder = `${dataFolder(files)}/`;
    return Object.entries(files)
      .flatMap(([path, node]) =>
        node.kind === 'file' && path.startsWith(folder)
          ? [`${path.slice(folder.length)}\0${node.content}`]
          : [],
      )
      .sort()
      .join('\0');
  };
  return flat(one) === flat(other);
}
