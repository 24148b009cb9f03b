import { parseBytes } from '../../docker/bytes.ts';
import { unlessRefused } from '../../docker/refusal.ts';
import { freeName } from '../../kubernetes/names.ts';
import type { Volume, VolumeMount } from '../../kubernetes/pod-spec.ts';
import { memoryQuantity } from '../../kubernetes/quantity.ts';
import { type Claim, nameFor, type WorkloadDraft } from './draft.ts';

/** Where something is mounted, and how. */
export interface MountPoint {
  readonly path: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
  readonly propagation?: 'None' | 'HostToContainer' | 'Bidirectional';
  readonly recursiveReadOnly?: 'IfPossible' | 'Enabled';
}

/** The size that a claim has where docker gave none; every verdict says that it is assumed. */
export const assumedStorage = '1Gi';

/**
 * Mounts a volume that outlives the Pods: a claim, made once for each volume
 * (https://kubernetes.io/docs/concepts/storage/persistent-volumes/).
 *
 * @param volume its name, as near to which the claim is called as the API allows
 * @param standsFor what tells it apart where that is not the name
 * @returns the name of the claim
 */
export function mountClaim(
  draft: WorkloadDraft,
  volume: string,
  at: MountPoint,
  claim: Partial<Omit<Claim, 'name'>> = {},
  standsFor: string = `volume ${volume}`,
): string {
  const name = nameFor(draft, volume, standsFor);
  if (!draft.claims.some((each) => each.name === name)) {
    draft.claims.push({ storage: assumedStorage, accessMode: 'ReadWriteOnce', ...claim, name });
  }
  mount(draft, name, { persistentVolumeClaim: { claimName: name } }, at);
  return name;
}

/** Mounts an empty directory of the Pod's own, which goes with the Pod. */
export function mountEmptyDir(draft: WorkloadDraft, at: MountPoint, name: string = nameOf(at.path)): void {
  mount(draft, name, { emptyDir: {} }, at);
}

/** Mounts a directory in memory; what is written there counts as memory of the container. */
export function mountMemory(draft: WorkloadDraft, at: MountPoint, bytes?: number): void {
  const sizeLimit = bytes ? { sizeLimit: memoryQuantity(bytes) } : {};
  mount(draft, nameOf(at.path), { emptyDir: { medium: 'Memory', ...sizeLimit } }, at);
}

/** Mounts a path of whatever node the Pod runs on (https://kubernetes.io/docs/concepts/storage/volumes/#hostpath). */
export function mountHostPath(
  draft: WorkloadDraft,
  hostPath: string,
  at: MountPoint,
  type?: NonNullable<Volume['hostPath']>['type'],
): void {
  const source = { path: hostPath, ...(type === undefined ? {} : { type }) };
  mount(draft, nameOf(hostPath), { hostPath: source }, at);
}

/** Mounts the files of a ConfigMap or Secret: all of them, or the one of `at.subPath`. */
export function mountFiles(
  draft: WorkloadDraft,
  kind: 'configMap' | 'secret',
  name: string,
  at: MountPoint,
  items?: NonNullable<Volume['configMap']>['items'],
): void {
  const which = items ? { items } : {};
  const source =
    kind === 'configMap' ? { configMap: { name, ...which } } : { secret: { secretName: name, ...which } };
  mount(draft, name, source, { ...at, readOnly: true });
}

/** Mounts the files of another image; on by default from 1.35, GA in 1.36 (feature gate ImageVolume). */
export function mountImage(draft: WorkloadDraft, reference: string, at: MountPoint): void {
  mount(draft, nameOf(reference), { image: { reference } }, { ...at, readOnly: true });
}

/** Mounts storage of any kind; equal storage is one volume, mounted where it is wanted. */
export function mount(
  draft: WorkloadDraft,
  name: string,
  source: Omit<Volume, 'name'>,
  { path, readOnly, subPath, propagation, recursiveReadOnly }: MountPoint,
): void {
  const volumes = draft.pod.volumes ?? [];
  const wanted = 'emptyDir' in source ? undefined : JSON.stringify(source);
  const shared = wanted === undefined ? undefined : draft.volumeNames.get(wanted);
  const volume = shared ?? freeName(name, 'label', new Set(volumes.map((each) => each.name)));
  if (shared === undefined) {
    draft.pod.volumes = [...volumes, { name: volume, ...source }];
    if (wanted !== undefined) draft.volumeNames.set(wanted, volume);
  }
  const volumeMount: VolumeMount = {
    name: volume,
    mountPath: path,
    ...(readOnly ? { readOnly } : {}),
    ...(recursiveReadOnly ? { recursiveReadOnly } : {}),
    ...(subPath ? { subPath } : {}),
    ...(propagation ? { mountPropagation: propagation } : {}),
  };
  draft.container.volumeMounts = [...(draft.container.volumeMounts ?? []), volumeMount];
}

/** Whether something is mounted there already; the API refuses two mounts at one path, and so does docker. */
export function isMounted(draft: WorkloadDraft, path: string): boolean {
  return (draft.container.volumeMounts ?? []).some((each) => each.mountPath === path);
}

/** The last two parts of a path tell volumes apart and stay readable. */
function nameOf(path: string): string {
  return (
    path
      .split(/[/\\]+/)
      .filter(Boolean)
      .slice(-2)
      .join('-') || 'root'
  );
}

/**
 * Bytes of `size=64m` among the options of a tmpfs or a local volume (docs.docker.com/engine/storage/tmpfs).
 *
 * @returns undefined where there is none, or it is a share of the machine
 */
export function sizeOption(options: readonly string[]): number | undefined {
  const size = options.find((option) => option.startsWith('size='))?.slice('size='.length);
  if (size === undefined) return undefined;
  return unlessRefused(
    () => parseBytes(size) || undefined,
    () => undefined,
  );
}
