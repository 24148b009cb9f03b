import { addCaveat } from '../workload/draft.ts';
import { type FlagRule, lastValue } from './flag-rule.ts';

const lesson = 'pods';
const sources = ['docker-container-run', 'k8s-pods', 'k8s-pod-security-standards'];
const hostCaveat =
  'Namespaces of the node, such as `hostNetwork`, `hostPID` and `hostIPC`, are forbidden by the Pod Security Standards in the levels Baseline and Restricted.';

/** Which namespaces of Linux the container has for itself. */
export const namespaceFlags: readonly FlagRule[] = [
  {
    flag: '--pid',
    grade: 'exact',
    kubernetes: 'spec.hostPID',
    why: 'The Pod sees the processes of its node.',
    sources: [...sources, 'k8s-share-process-namespace'],
    lesson,
    apply(draft, { value }) {
      if (value.startsWith('container:'))
        return sharedWith(value, 'processes', '`shareProcessNamespace: true`');
      if (value !== 'host') return ownNamespace(value);
      draft.pod.hostPID = true;
      addCaveat(draft, hostCaveat);
      return {};
    },
  },
  {
    flag: '--ipc',
    grade: 'exact',
    kubernetes: 'spec.hostIPC',
    why: 'The Pod shares the memory segments and semaphores of its node.',
    sources,
    lesson,
    apply(draft, { value }) {
      if (value === 'host') {
        draft.pod.hostIPC = true;
        addCaveat(draft, hostCaveat);
        return {};
      }
      if (value.startsWith('container:')) return sharedWith(value, 'IPC', 'nothing more: they always do');
      if (value === 'none') {
        return { grade: 'none', kubernetes: 'none', why: 'A Pod always has /dev/shm, of 64 MiB.' };
      }
      return {
        kubernetes: 'the way Pods are',
        why: `\`${value}\`: a Pod has an IPC namespace of its own, and its containers share it.`,
      };
    },
  },
  {
    flag: '--uts',
    grade: 'none',
    kubernetes: 'none',
    why: 'The name of the node comes with `hostNetwork: true` only. Alone, a Pod can learn it by the downward API: `spec.nodeName`.',
    sources: ['docker-container-run', 'k8s-pod-hostname'],
    lesson,
    apply(_draft, { value }, { command }) {
      if (value !== 'host') return ownNamespace(value);
      return lastValue(command, '--network') === 'host'
        ? {
            grade: 'exact',
            kubernetes: 'spec.hostNetwork',
            why: 'With `hostNetwork: true` the Pod has the name of its node.',
          }
        : {};
    },
  },
  {
    flag: '--userns',
    grade: 'exact',
    kubernetes: 'spec.hostUsers',
    why: '`host` is the default of a Pod: `hostUsers: true`. With `hostUsers: false` it has users of its own, by default possible since 1.33.',
    sources: ['docker-userns', 'k8s-user-namespaces'],
    lesson,
    apply: (_draft, { value }) => (value === 'host' || value === '' ? {} : ownNamespace(value)),
  },
  {
    flag: '--cgroupns',
    grade: 'none',
    kubernetes: 'none',
    why: '`{value}` cannot be chosen: the runtime of the node gives each container a cgroup namespace of its own with cgroup v2.',
    sources: ['docker-container-run', 'k8s-container-runtimes'],
    lesson,
    apply: (_draft, { value }) =>
      value === 'private'
        ? {
            grade: 'exact',
            kubernetes: 'the way runtimes are',
            why: 'With cgroup v2, the runtime of the node gives each container a cgroup namespace of its own.',
          }
        : {},
  },
  {
    flag: '--cgroup-parent',
    grade: 'none',
    kubernetes: 'none',
    why: 'The kubelet makes the cgroups, by the quality of service of the Pod. `{value}` has no place in that tree.',
    sources: ['docker-container-run', 'k8s-pod-qos'],
    lesson,
  },
];

function sharedWith(value: string, what: string, how: string) {
  const other = value.slice('container:'.length);
  return {
    grade: 'approximate' as const,
    kubernetes: 'containers of one Pod',
    why: `Only containers of one Pod share their ${what}: put this one into the Pod of \`${other}\`, with ${how}. It cannot be said here, where that Pod is unknown.`,
  };
}

function ownNamespace(value: string) {
  return {
    grade: 'exact' as const,
    kubernetes: 'the way Pods are',
    why:
      value === '' || value === 'private'
        ? 'A Pod has a namespace of its own.'
        : `\`${value}\` is no mode that docker knows; a Pod has a namespace of its own.`,
  };
}
