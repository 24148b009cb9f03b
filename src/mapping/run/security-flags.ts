import { parseSysctl } from '../../docker/pairs.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import {
  addGroup,
  changeCapability,
  isSafeSysctl,
  secureContainer,
  setSysctl,
} from '../workload/identity.ts';
import { type FlagRule, lastValue, type VerdictParts } from './flag-rule.ts';
import { applySecurityOption } from './security-options.ts';

const lesson = 'pods';
const context = ['docker-container-run', 'k8s-security-context'];

/** Who the processes are, and what they may do. */
export const securityFlags: readonly FlagRule[] = [
  {
    flag: '--user',
    grade: 'exact',
    kubernetes: 'securityContext.runAsUser, runAsGroup',
    why: '',
    sources: context,
    lesson,
    apply: (draft, { value }) => runAs(draft, value),
  },
  {
    flag: '--group-add',
    grade: 'exact',
    kubernetes: 'spec.securityContext.supplementalGroups',
    why: "The group {value} is added for the whole Pod: supplementary groups are the Pod's, not the container's.",
    sources: context,
    lesson,
    apply(draft, { value }) {
      const group = identifier(value);
      if (group === undefined) return noName(value, 'group');
      addGroup(draft, group);
      return {};
    },
  },
  {
    flag: '--cap-add',
    grade: 'exact',
    kubernetes: 'securityContext.capabilities.add',
    why: '',
    sources: [...context, 'k8s-pod-security-standards'],
    lesson,
    apply(draft, { value }) {
      const name = changeCapability(draft, 'add', value);
      return {
        why: `\`${name}\` is added, written without \`CAP_\`. A namespace on the level Baseline of the Pod Security Standards refuses most of them.`,
      };
    },
  },
  {
    flag: '--cap-drop',
    grade: 'exact',
    kubernetes: 'securityContext.capabilities.drop',
    why: '',
    sources: context,
    lesson,
    apply(draft, { value }) {
      const name = changeCapability(draft, 'drop', value);
      return {
        why: `\`${name}\` is dropped, written without \`CAP_\`.${name === 'ALL' ? ' The level Restricted of the Pod Security Standards asks for this.' : ''}`,
      };
    },
  },
  {
    flag: '--privileged',
    grade: 'exact',
    kubernetes: 'securityContext.privileged',
    why: 'The container may do on the node what root may. Most clusters allow it in few namespaces: the Pod Security Standards forbid it in the levels Baseline and Restricted.',
    sources: [...context, 'k8s-pod-security-standards'],
    lesson,
    apply(draft) {
      secureContainer(draft, { privileged: true });
      return {};
    },
  },
  {
    flag: '--security-opt',
    grade: 'exact',
    kubernetes: 'securityContext',
    why: '',
    alsoCites: ['docker-seccomp', 'k8s-seccomp', 'k8s-apparmor', 'k8s-user-namespaces', 'k8s-windows'],
    sources: [...context, 'k8s-kernel-constraints'],
    lesson,
    apply: applySecurityOption,
  },
  {
    flag: '--read-only',
    grade: 'exact',
    kubernetes: 'securityContext.readOnlyRootFilesystem',
    why: "The image's files cannot be written; mounted volumes can. What needs a place to write gets an emptyDir, as it got a `--tmpfs`.",
    sources: context,
    lesson,
    apply(draft) {
      secureContainer(draft, { readOnlyRootFilesystem: true });
      return {};
    },
  },
  {
    flag: '--sysctl',
    grade: 'exact',
    kubernetes: 'spec.securityContext.sysctls',
    why: '',
    sources: ['docker-container-run', 'k8s-sysctls'],
    lesson,
    apply(draft, { value }, { command }) {
      const { name, value: setting } = parseSysctl(value);
      const network = lastValue(command, '--network');
      if (
        (network === 'host' && name.startsWith('net.')) ||
        (lastValue(command, '--ipc') === 'host' && !name.startsWith('net.'))
      ) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `\`${name}\` would change the node itself here, which docker refuses and the API too.`,
        };
      }
      if (!/^[a-z0-9][-_a-z0-9]*([./][a-z0-9][-_a-z0-9]*)*$/.test(name)) {
        return { grade: 'none', kubernetes: 'none', why: `The API takes no sysctl of the name \`${name}\`.` };
      }
      setSysctl(draft, name, setting);
      if (isSafeSysctl(name))
        return {
          why: `\`${name}\` is set for the whole Pod, and is one of those that every cluster allows.`,
        };
      addCaveat(
        draft,
        `\`${name}\` is an unsafe sysctl: without \`--allowed-unsafe-sysctls\` on the kubelet, the Pod fails with SysctlForbidden.`,
      );
      return {
        grade: 'approximate',
        why: `\`${name}\` is set for the whole Pod, but is not one of the safe ones: the kubelet has to be told to allow it.`,
      };
    },
  },
];

/** The largest number that the API takes for a user or a group. */
const largest = 2 ** 31 - 1;

function identifier(text: string): number | undefined {
  if (text === 'root') return 0;
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= largest ? number : undefined;
}

function runAs(draft: WorkloadDraft, value: string): VerdictParts {
  const [user = '', group] = value.split(':');
  const uid = identifier(user);
  const gid = group === undefined || group === '' ? undefined : identifier(group);
  if (uid === undefined) {
    if (user !== '') return noName(user, 'user');
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `\`${value}\` sets the group alone. A container's \`runAsGroup\` needs \`runAsUser\` beside it; give the number of the user too.`,
    };
  }
  secureContainer(draft, { runAsUser: uid, ...(gid === undefined ? {} : { runAsGroup: gid }) });
  if (group !== undefined && group !== '' && gid === undefined) {
    return {
      grade: 'approximate',
      kubernetes: 'securityContext.runAsUser',
      why: `The user is ${uid}. The group \`${group}\` has to be a number: Kubernetes reads no /etc/group of the image.`,
    };
  }
  const fields =
    gid === undefined ? `\`runAsUser: ${uid}\`` : `\`runAsUser: ${uid}\` and \`runAsGroup: ${gid}\``;
  return {
    kubernetes: gid === undefined ? 'securityContext.runAsUser' : 'securityContext.runAsUser, runAsGroup',
    why: `It is ${fields}. A volume has to be writable for it: \`fsGroup\` on the Pod sees to that for claims.`,
  };
}

function noName(name: string, kind: 'user' | 'group'): VerdictParts {
  const option = kind === 'user' ? 'id -u' : 'getent group';
  return {
    grade: 'none',
    kubernetes: 'none',
    why: `\`${name}\` is a name, and Kubernetes takes numbers only: it does not look into the image. \`docker run --rm IMAGE ${option} ${name}\` tells the number; give that.`,
  };
}
