import type { VolumeMountConfig } from '../../docker/compose/service-shape.ts';
import { unlessRefused } from '../../docker/refusal.ts';
import { toName } from '../../kubernetes/names.ts';
import { memoryQuantity } from '../../kubernetes/quantity.ts';
import { bindHostPath, propagationOf } from '../run/bind-mounts.ts';
import { anonymousVolume, refusedTarget } from '../run/volumes.ts';
import { addCaveat, isAtLeast, type WorkloadDraft } from '../workload/draft.ts';
import { judgeHostPath } from '../workload/judge-host-path.ts';
import { assumedStorage, type MountPoint, mountClaim, mountImage, mountMemory } from '../workload/storage.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';
import { mountNamedVolume, shareCaveat } from './named-volumes.ts';
import { shownPath } from './shown-path.ts';

const none = { grade: 'none', kubernetes: 'none' } as const;

/** What a service mounts. */
export const volumeKeys: readonly KeyRule[] = [
  {
    key: 'volumes',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'volumes, containers.volumeMounts',
    why: '',
    sources: [servicePage, 'k8s-volumes'],
    apply(draft, { index, value }, context) {
      const volume = context.service.config.volumes?.[index];
      return volume ? mountVolume(draft, volume, value, context) : none;
    },
  },
  {
    key: 'volumes_from',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'the same volumes, mounted here too',
    why: '',
    sources: [servicePage, 'k8s-persistent-volumes', 'k8s-pods'],
    apply(draft, { value }, context) {
      const [first = '', second = '', third = ''] = value.split(':');
      if (first === 'container') {
        return {
          ...none,
          why: `\`${second}\` is a container outside of this project, so its volumes are unknown here. Name them in \`volumes\`.`,
        };
      }
      const other = context.survey.byName.get(first);
      const readOnly = (third || second) === 'ro';
      const shared = (other?.config.volumes ?? []).filter(({ type }) => type === 'volume' || type === 'bind');
      const named = shared.filter(({ source, type }) => source !== undefined && type === 'volume');
      for (const volume of named)
        mountVolume(draft, { ...volume, ...(readOnly ? { read_only: true } : {}) }, value, context);
      const left = (other?.config.volumes?.length ?? 0) - named.length;
      const rest =
        left > 0 ? ` Its other mounts are not repeated: Pods share no directories but claims.` : '';
      return {
        why:
          named.length > 0
            ? `The claims of \`${first}\` are mounted at the same paths here.${rest}`
            : `\`${first}\` has no volumes with names, so there is nothing that two Pods could share. Containers of one Pod share all its volumes.`,
        ...(named.length > 0 ? {} : none),
      };
    },
  },
];

/** Mounts one volume of a service, by its type. */
function mountVolume(
  draft: WorkloadDraft,
  volume: VolumeMountConfig,
  value: string,
  context: ServiceContext,
): VerdictParts {
  const { target } = volume;
  const refused = refusedTarget(draft, target, `${volume.source ?? ''}:${target}`);
  if (refused) return refused;
  const at: MountPoint = { path: target, ...(volume.read_only ? { readOnly: true } : {}) };
  const mounted = (): VerdictParts => {
    switch (volume.type) {
      case 'bind':
        return bind(draft, volume, at, context);
      case 'volume':
      case 'cluster':
        if (volume.source === undefined || volume.source === '') return anonymousVolume(draft, at);
        return mountNamedVolume(
          draft,
          volume.source,
          withSubPath(at, volume.volume?.subpath),
          context,
          volume.volume?.nocopy ?? false,
        );
      case 'tmpfs':
        return memory(draft, volume, at);
      case 'image':
        return image(draft, volume, at);
      case 'npipe':
        return {
          ...none,
          why: `\`${value}\` is a named pipe of Windows. On a Windows node it is a hostPath.`,
          sources: [servicePage, 'k8s-windows'],
        };
    }
  };
  return unlessRefused(mounted, ({ message, hint }) => ({ ...none, why: `${message}. ${hint}` }));
}

function bind(
  draft: WorkloadDraft,
  { source = '', bind: options }: VolumeMountConfig,
  at: MountPoint,
  context: ServiceContext,
): VerdictParts {
  const { project, survey } = context;
  const shown = shownPath(source, project.directory);
  const judged = judgeHostPath(shown, at.path, at.readOnly ?? false);
  const users = survey.mountedBy.get(`bind:${source}`) ?? [];
  if (judged.use === 'data' && users.length > 1) return sharedData(draft, shown, at, users);
  const remarks = options?.selinux
    ? ' `z` is not needed: with SELinux, the kubelet labels volumes itself.'
    : '';
  const recursive =
    options?.recursive === 'readonly' && at.readOnly ? { recursiveReadOnly: 'Enabled' as const } : {};
  const { sources = [], ...parts } = bindHostPath(
    draft,
    shown,
    { ...at, ...propagationOf(options?.propagation ?? ''), ...recursive },
    { made: options?.create_host_path ?? true, remarks },
    context,
  );
  return {
    ...parts,
    sources: [servicePage, ...sources.filter((each) => each !== 'docker-bind-mounts')],
  };
}

/** A directory that several services share is one claim, as a volume would be. */
function sharedData(
  draft: WorkloadDraft,
  shown: string,
  at: MountPoint,
  users: readonly string[],
): VerdictParts {
  const name = toName(shown.replace(/^[./~]+/, ''), 'label').name;
  const claim = mountClaim(draft, name, at);
  shareCaveat(draft, claim, users);
  addCaveat(
    draft,
    `The size of the claim \`${claim}\`, ${assumedStorage}, is an assumption. It takes the default StorageClass, and stays Pending where there is none.`,
  );
  return {
    kubernetes: 'PersistentVolumeClaim, shared',
    why: `\`${shown}\` looks like data, and ${users.map((each) => `\`${each}\``).join(', ')} share it: it is the one claim \`${claim}\`, which starts empty. \`kubectl cp\` carries over what the directory holds.`,
    sources: [servicePage, 'k8s-persistent-volumes'],
  };
}

function memory(draft: WorkloadDraft, { tmpfs }: VolumeMountConfig, at: MountPoint): VerdictParts {
  mountMemory(draft, at, tmpfs?.size);
  const mode = tmpfs?.mode === undefined ? '' : ' Its mode cannot be set.';
  return {
    grade: mode === '' ? 'exact' : 'approximate',
    kubernetes: 'emptyDir with `medium: Memory`',
    why: `\`${at.path}\` is in memory${tmpfs?.size ? `, at most ${memoryQuantity(tmpfs.size)}` : ''}. It counts as memory of the container.${mode}`,
    sources: [servicePage, 'docker-tmpfs', 'k8s-volumes'],
  };
}

function image(
  draft: WorkloadDraft,
  { source = '', image: options }: VolumeMountConfig,
  at: MountPoint,
): VerdictParts {
  const sources = [servicePage, 'k8s-task-image-volumes'];
  if (!isAtLeast(draft, '1.35')) {
    return {
      ...none,
      why: `Image volumes are on by default from Kubernetes 1.35 on. In ${draft.kubernetes}, an init container of \`${source}\` can copy its files into an emptyDir.`,
      sources,
    };
  }
  mountImage(draft, source, withSubPath(at, options?.subpath));
  return {
    grade: 'exact',
    kubernetes: 'volumes.image',
    why: `The files of \`${source}\` are mounted, read-only, as in docker.`,
    sources,
  };
}

/** A subPath is relative and goes nowhere up, or the API refuses it. */
function withSubPath(at: MountPoint, path: string | undefined): MountPoint {
  if (!path || path.startsWith('/') || path.split('/').includes('..')) return at;
  return { ...at, subPath: path };
}
