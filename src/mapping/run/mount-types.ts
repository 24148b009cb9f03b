import type { Mount } from '../../docker/mounts.ts';
import { memoryQuantity } from '../../kubernetes/quantity.ts';
import { isAtLeast, type WorkloadDraft } from '../workload/draft.ts';
import { type MountPoint, mount, mountImage, mountMemory } from '../workload/storage.ts';
import { bindHostPath, propagationOf } from './bind-mounts.ts';
import type { RunContext, VerdictParts } from './flag-rule.ts';
import { anonymousVolume, namedVolume, refusedTarget } from './volumes.ts';

/** A value of `--mount`, by its type. */
export function mountByType(
  draft: WorkloadDraft,
  given: Mount,
  value: string,
  context: RunContext,
): VerdictParts {
  const { Target: target = '' } = given;
  const refused = refusedTarget(draft, target, value);
  if (refused) return refused;
  const at: MountPoint = { path: target, ...(given.ReadOnly ? { readOnly: true } : {}) };
  switch (given.Type) {
    case 'bind':
      return bind(draft, given, at, context);
    case 'volume':
      return volume(draft, given, at);
    case 'tmpfs':
      return memory(draft, given, at);
    case 'image':
      return image(draft, given, at);
    case 'cluster':
      return cluster(draft, given, at);
    default:
      return {
        grade: 'none',
        kubernetes: 'none',
        why: `Mounts of the type \`${given.Type}\` are docker's alone; on Windows nodes a named pipe is a hostPath.`,
        sources: ['docker-bind-mounts', 'k8s-windows'],
      };
  }
}

function cluster(draft: WorkloadDraft, { Source: source = '' }: Mount, at: MountPoint): VerdictParts {
  return namedVolume(draft, source || at.path, at, { filled: false });
}

function bind(draft: WorkloadDraft, given: Mount, at: MountPoint, context: RunContext): VerdictParts {
  const { BindOptions: options, Source: source = '' } = given;
  const propagation = propagationOf(options?.Propagation ?? '');
  const recursive =
    options?.ReadOnlyForceRecursive && at.readOnly ? { recursiveReadOnly: 'Enabled' as const } : {};
  const remarks = options?.NonRecursive
    ? ' `bind-recursive=disabled` has no field: what is mounted below comes along.'
    : '';
  const made = options?.CreateMountpoint ?? false;
  return bindHostPath(draft, source, { ...at, ...propagation, ...recursive }, { made, remarks }, context);
}

function volume(draft: WorkloadDraft, given: Mount, at: MountPoint): VerdictParts {
  const options = given.VolumeOptions;
  const driver = options?.DriverConfig;
  const { type = '', o = '', device = '' } = driver?.Options ?? {};
  if (/^nfs4?$/.test(type)) {
    const server = /(?:^|,)addr=([^,]+)/.exec(o)?.[1];
    if (server) return nfs(draft, given.Source ?? type, server, device.replace(/^[^/]*:/, ''), at);
  }
  if (type === 'tmpfs') return memory(draft, given, at);
  const subPath = options?.Subpath;
  const place = { ...at, ...(isInside(subPath) ? { subPath } : {}) };
  const filled = !options?.NoCopy;
  const remarks =
    driver?.Name && driver.Name !== 'local'
      ? ` Docker's volume plugin \`${driver.Name}\` is none of Kubernetes: name a StorageClass in the claim.`
      : Object.keys(driver?.Options ?? {}).length > 0
        ? ' The options of the driver have no place in a claim: they belong to a StorageClass or a PersistentVolume.'
        : '';
  if (!given.Source) return anonymousVolume(draft, place);
  return namedVolume(draft, given.Source, place, { filled, remarks });
}

function nfs(draft: WorkloadDraft, name: string, server: string, path: string, at: MountPoint): VerdictParts {
  mount(draft, name, { nfs: { server, path: path || '/' } }, at);
  return {
    kubernetes: 'volumes.nfs',
    why: `The options name a share, \`${server}:${path || '/'}\`, and a Pod mounts it directly. A PersistentVolume with a claim hides the address from the workload.`,
    sources: ['docker-volumes', 'k8s-volumes'],
  };
}

function memory(draft: WorkloadDraft, given: Mount, at: MountPoint): VerdictParts {
  const size = given.TmpfsOptions?.SizeBytes;
  mountMemory(draft, at, size);
  const mode = given.TmpfsOptions?.Mode === undefined ? '' : ' Its mode cannot be set.';
  return {
    grade: mode === '' ? 'exact' : 'approximate',
    kubernetes: 'emptyDir with `medium: Memory`',
    why: `\`${at.path}\` is in memory${size ? `, at most ${memoryQuantity(size)}` : ''}. It counts as memory of the container.${mode}`,
    sources: ['docker-tmpfs', 'k8s-volumes'],
  };
}

function image(draft: WorkloadDraft, given: Mount, at: MountPoint): VerdictParts {
  const { Source: reference = '' } = given;
  const sources = ['docker-container-run', 'k8s-task-image-volumes'];
  if (!isAtLeast(draft, '1.35')) {
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `Image volumes are on by default from Kubernetes 1.35 on. In ${draft.kubernetes}, an init container of \`${reference}\` can copy its files into an emptyDir.`,
      sources,
    };
  }
  const subPath = isInside(given.ImageOptions?.Subpath) ? given.ImageOptions?.Subpath : undefined;
  mountImage(draft, reference, { ...at, ...(subPath ? { subPath } : {}) });
  return {
    grade: 'exact',
    kubernetes: 'volumes.image',
    why: `The files of \`${reference}\` are mounted, read-only, as in docker. The node has to be able to pull it.`,
    sources,
  };
}

/** A subPath is relative and goes nowhere up, or the API refuses it. */
function isInside(path: string | undefined): path is string {
  return path !== undefined && path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
}
