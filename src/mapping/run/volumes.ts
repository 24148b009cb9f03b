import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import {
  assumedStorage,
  isMounted,
  type MountPoint,
  mountClaim,
  mountEmptyDir,
} from '../workload/storage.ts';
import type { VerdictParts } from './flag-rule.ts';

/** Says why nothing can be mounted there; undefined where it can. */
export function refusedTarget(draft: WorkloadDraft, target: string, value: string): VerdictParts | undefined {
  const none = { grade: 'none', kubernetes: 'none' } as const;
  if (target.includes('$')) {
    return {
      ...none,
      why: `Only your shell knows the path \`${target}\` in the container. Write what it is, and ask again.`,
    };
  }
  if (target.includes(':') && !/^[A-Za-z]:[\\/]/.test(target)) {
    return { ...none, why: `A path in a container cannot hold a colon: the API refuses \`${target}\`.` };
  }
  if (/^[A-Za-z]:\//.test(target) && !/^[A-Za-z]:\/.*:/.test(value)) {
    return {
      ...none,
      why: `The docker client takes a single letter before a colon for a drive of Windows, so \`${value}\` is an anonymous volume at \`${target}\`. Give the volume a longer name.`,
    };
  }
  if (!target.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(target)) {
    return {
      ...none,
      why: `\`${target}\` is not absolute, and docker refuses it when it creates the container.`,
    };
  }
  if (target === '/')
    return {
      ...none,
      why: 'Nothing can be mounted over the root of the container, in docker or in Kubernetes.',
    };
  if (isMounted(draft, target)) {
    return {
      ...none,
      why: `Something is mounted at \`${target}\` already; docker refuses two as well. The first one stands.`,
    };
  }
  return undefined;
}

/** A volume without a name is thrown away with what it belongs to. */
export function anonymousVolume(draft: WorkloadDraft, at: MountPoint): VerdictParts {
  mountEmptyDir(draft, at);
  return {
    kubernetes: 'emptyDir',
    why: `\`${at.path}\` is an emptyDir: empty at the start, not filled from the image, and gone with the Pod. Docker keeps an anonymous volume until the container is removed with \`-v\`.`,
    sources: ['docker-volumes', 'k8s-volumes'],
  };
}

/** A volume with a name outlives its container, so it is a claim. */
export function namedVolume(
  draft: WorkloadDraft,
  volume: string,
  at: MountPoint,
  { filled = true, remarks = '' }: { filled?: boolean; remarks?: string } = {},
): VerdictParts {
  const claim = mountClaim(draft, volume, at);
  addCaveat(
    draft,
    `The size of the claim \`${claim}\`, ${assumedStorage}, is an assumption: docker knows no sizes. It takes the default StorageClass, and stays Pending where there is none.`,
  );
  const renamed = claim !== volume ? ` The name \`${volume}\` became one that the API accepts.` : '';
  const empty = filled
    ? ' It starts empty: docker fills a new volume from the image, Kubernetes does not.'
    : '';
  return {
    kubernetes: 'PersistentVolumeClaim',
    why: `The volume \`${volume}\` is the claim \`${claim}\`, of ${assumedStorage} since some size has to be given, and ReadWriteOnce: one node at a time.${at.readOnly ? ' The container mounts it read-only.' : ''}${empty}${renamed}${remarks}`,
    sources: ['docker-volumes', 'k8s-persistent-volumes'],
  };
}
