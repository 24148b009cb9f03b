import { parseBytes } from '../../docker/bytes.ts';
import { parseMount } from '../../docker/mounts.ts';
import { parseTmpfs, parseVolume, parseVolumesFrom } from '../../docker/volumes.ts';
import { memoryQuantity } from '../../kubernetes/quantity.ts';
import { setLimit } from '../workload/limits.ts';
import { isMounted, mountMemory, sizeOption } from '../workload/storage.ts';
import { bindHostPath, propagationOf } from './bind-mounts.ts';
import type { FlagRule } from './flag-rule.ts';
import { mountByType } from './mount-types.ts';
import { anonymousVolume, namedVolume, refusedTarget } from './volumes.ts';

const lesson = 'storage';
/** A mount is told apart by what it most likely holds. */
const alsoCites = [
  'docker-tmpfs',
  'docker-bind-mounts',
  'k8s-persistent-volumes',
  'k8s-container-runtimes',
  'k8s-service-accounts',
  'k8s-pod-security-standards',
  'k8s-secret',
  'k8s-configmap',
  'k8s-kubectl-create-secret-generic',
  'k8s-kubectl-create-configmap',
  'k8s-images',
];

/** What the container finds on its disks. */
export const volumeFlags: readonly FlagRule[] = [
  {
    flag: '--volume',
    takesVariables: true,
    grade: 'approximate',
    kubernetes: 'volumes, containers.volumeMounts',
    why: '',
    alsoCites,
    sources: ['docker-volumes', 'k8s-volumes'],
    lesson,
    apply(draft, { value }, context) {
      const spec = parseVolume(value);
      const at = { path: spec.target, readOnly: spec.readOnly };
      const refused = refusedTarget(draft, spec.target, value);
      if (refused) return refused;
      const relabels = spec.options.some((option) => option === 'z' || option === 'Z');
      const remarks = relabels ? ' `z` is not needed: with SELinux, the kubelet labels volumes itself.' : '';
      if (spec.source === '') return anonymousVolume(draft, at);
      // A variable of a shell, of cmd too, stands for a path: no name of a volume has these signs.
      if (spec.type === 'volume' && !/[$%]/.test(spec.source)) {
        return namedVolume(draft, spec.source, at, { filled: !spec.noCopy, remarks });
      }
      const propagation = propagationOf(spec.propagation);
      return bindHostPath(draft, spec.source, { ...at, ...propagation }, { made: true, remarks }, context);
    },
  },
  {
    flag: '--mount',
    takesVariables: true,
    grade: 'approximate',
    kubernetes: 'volumes, containers.volumeMounts',
    why: '',
    alsoCites: [...alsoCites, 'docker-container-run', 'k8s-task-image-volumes', 'k8s-windows'],
    sources: ['docker-volumes', 'k8s-volumes'],
    lesson,
    apply: (draft, { value }, context) => mountByType(draft, parseMount(value), value, context),
  },
  {
    flag: '--tmpfs',
    grade: 'exact',
    kubernetes: 'emptyDir with `medium: Memory`',
    why: '',
    sources: ['docker-tmpfs', 'k8s-volumes'],
    lesson,
    apply(draft, { value }) {
      const { target, options } = parseTmpfs(value);
      const refused = refusedTarget(draft, target, value);
      if (refused) return refused;
      const list = options.split(',').filter(Boolean);
      const size = sizeOption(list);
      const others = list.filter(
        (option) => !option.startsWith('size=') && option !== 'rw' && option !== 'ro',
      );
      mountMemory(draft, { path: target, readOnly: list.includes('ro') }, size);
      const limit = size
        ? `at most ${memoryQuantity(size)}`
        : 'with no limit but the memory of the container, as long as `sizeLimit` is not set';
      return {
        ...(others.length > 0 ? { grade: 'approximate' as const } : {}),
        why: `\`${target}\` is in memory, ${limit}. It counts as memory of the container, and outlives a restart of it, but not the Pod.${others.length > 0 ? ` \`${others.join(',')}\` has no field.` : ''}`,
      };
    },
  },
  {
    flag: '--shm-size',
    grade: 'approximate',
    kubernetes: 'emptyDir with `medium: Memory` at /dev/shm',
    why: '',
    sources: ['docker-container-run', 'k8s-volumes'],
    lesson,
    apply(draft, { value }) {
      const bytes = parseBytes(value);
      if (bytes === 0)
        return {
          grade: 'exact',
          kubernetes: 'the default',
          why: 'It means the default size, 64 MiB, which /dev/shm has in a Pod too.',
        };
      if (isMounted(draft, '/dev/shm')) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: 'Something else is mounted at /dev/shm, and that decides.',
        };
      }
      mountMemory(draft, { path: '/dev/shm' }, bytes);
      return {
        why: `There is no field for its size. An emptyDir in memory of ${memoryQuantity(bytes)} is mounted over /dev/shm; what is in it counts as memory of the container.`,
      };
    },
  },
  {
    flag: '--volumes-from',
    grade: 'approximate',
    kubernetes: 'containers of one Pod, or one claim in both',
    why: '',
    sources: ['docker-container-run', 'k8s-pods', 'k8s-persistent-volumes'],
    lesson,
    apply(_draft, { value }) {
      const { container } = parseVolumesFrom(value);
      return {
        why: `Which volumes \`${container}\` has is not on this line, so nothing is mounted here. Containers of one Pod share its volumes; two Pods can mount the same claim, on several nodes only with \`ReadWriteMany\`.`,
      };
    },
  },
  {
    flag: '--volume-driver',
    grade: 'none',
    kubernetes: 'none',
    why: "Docker's volume plugin `{value}` is none of Kubernetes. Storage comes from a CSI driver: name its StorageClass in the claim, `spec.storageClassName`.",
    sources: ['docker-volume-plugins', 'k8s-storage-classes'],
    lesson,
    apply: (_draft, { value }) =>
      value === 'local'
        ? {
            grade: 'exact',
            kubernetes: 'the default',
            why: "`local` is docker's own driver; a claim takes the default StorageClass of the cluster.",
          }
        : {},
  },
  {
    flag: '--storage-opt',
    grade: 'none',
    kubernetes: 'none',
    why: "`{value}` is for docker's storage driver, and nodes have their own.",
    sources: ['docker-container-run', 'k8s-manage-resources'],
    lesson,
    apply(draft, { value }) {
      const size = sizeOption([value]);
      if (!size) return {};
      const quantity = memoryQuantity(size);
      setLimit(draft, 'ephemeral-storage', quantity);
      return {
        grade: 'approximate',
        kubernetes: 'resources.limits.ephemeral-storage',
        why: `A limit of ${quantity} for the writable layer, the logs and the emptyDirs together. Above it the Pod is evicted; in docker the disk is full.`,
      };
    },
  },
];
