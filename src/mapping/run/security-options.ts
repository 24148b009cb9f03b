import { baseName } from '../../docker/base-name.ts';
import type { FlagUse } from '../../docker/parse.ts';
import { addCaveat, isAtLeast, type WorkloadDraft } from '../workload/draft.ts';
import { secureContainer } from '../workload/identity.ts';
import { isOn, lastValue, type RunContext, type VerdictParts } from './flag-rule.ts';

const none = { grade: 'none', kubernetes: 'none' } as const;

/** A value of `--security-opt`, by its key: `seccomp=unconfined`, `no-new-privileges`, `label=level:s0`. */
export function applySecurityOption(
  draft: WorkloadDraft,
  { value }: FlagUse,
  context: RunContext,
): VerdictParts {
  const [, key = value, setting = ''] = /^([^=:]+)[=:]?(.*)$/s.exec(value) ?? [];
  switch (key) {
    case 'no-new-privileges':
      return noNewPrivileges(draft, setting, context);
    case 'seccomp':
      return seccomp(draft, setting);
    case 'apparmor':
      return appArmor(draft, setting);
    case 'label':
      return seLinux(draft, setting);
    case 'systempaths':
      return systemPaths(draft, setting, context);
    case 'credentialspec':
      return {
        ...none,
        why: 'A credential spec of Windows is a `GMSACredentialSpec` in the cluster, which `windowsOptions.gmsaCredentialSpecName` names.',
        sources: ['docker-container-run', 'k8s-windows'],
      };
    default:
      return { ...none, why: `\`${value}\` has no field in a security context.` };
  }
}

function noNewPrivileges(draft: WorkloadDraft, setting: string, { command }: RunContext): VerdictParts {
  const off = setting === 'false';
  if (!off && (isOn(command, '--privileged') || lastValue(command, '--device') !== undefined)) {
    return {
      ...none,
      why: 'The API refuses `allowPrivilegeEscalation: false` in a privileged container, which may do everything anyway.',
    };
  }
  secureContainer(draft, { allowPrivilegeEscalation: off });
  return {
    kubernetes: 'securityContext.allowPrivilegeEscalation',
    why: off
      ? 'Processes may gain privileges, as they may by default.'
      : 'No process gains more privileges than its parent has, by setuid for example: `allowPrivilegeEscalation: false`.',
  };
}

function seccomp(draft: WorkloadDraft, profile: string): VerdictParts {
  const kubernetes = 'securityContext.seccompProfile';
  const sources = ['docker-seccomp', 'k8s-seccomp'];
  if (profile === 'unconfined') {
    secureContainer(draft, { seccompProfile: { type: 'Unconfined' } });
    return {
      kubernetes,
      sources,
      why: "`Unconfined` is what Kubernetes does by default, unless the kubelet says otherwise: docker's own profile is `RuntimeDefault` there.",
    };
  }
  if (profile === 'builtin') {
    secureContainer(draft, { seccompProfile: { type: 'RuntimeDefault' } });
    return {
      kubernetes,
      sources,
      why: '`RuntimeDefault` is the profile of the container runtime, as docker has one. Kubernetes does not use it by default.',
    };
  }
  const file = baseName(profile);
  if (file === '' || file === '..') return { ...none, sources, why: 'No profile is named.' };
  secureContainer(draft, { seccompProfile: { type: 'Localhost', localhostProfile: file } });
  addCaveat(
    draft,
    `The seccomp profile \`${file}\` has to lie on every node, in /var/lib/kubelet/seccomp, before the Pod starts there.`,
  );
  return {
    grade: 'approximate',
    kubernetes,
    sources,
    why: `Docker reads \`${profile}\` on your machine. A \`Localhost\` profile is a file on the node, below /var/lib/kubelet/seccomp: copy it there.`,
  };
}

function appArmor(draft: WorkloadDraft, profile: string): VerdictParts {
  const kubernetes = 'securityContext.appArmorProfile';
  const sources = ['docker-container-run', 'k8s-apparmor'];
  if (profile === 'unconfined') {
    secureContainer(draft, { appArmorProfile: { type: 'Unconfined' } });
    return { kubernetes, sources, why: '`Unconfined`: no AppArmor profile, on nodes that have AppArmor.' };
  }
  if (profile === '' || profile === 'docker-default') {
    secureContainer(draft, { appArmorProfile: { type: 'RuntimeDefault' } });
    return {
      kubernetes,
      sources,
      why: "`RuntimeDefault` is the runtime's own profile, as `docker-default` is docker's.",
    };
  }
  secureContainer(draft, {
    appArmorProfile: { type: 'Localhost', localhostProfile: profile.slice(0, 4095) },
  });
  return {
    grade: 'approximate',
    kubernetes,
    sources,
    why: `The profile \`${profile}\` has to be loaded on every node that may run the Pod.`,
  };
}

function seLinux(draft: WorkloadDraft, setting: string): VerdictParts {
  const kubernetes = 'securityContext.seLinuxOptions';
  const known = draft.container.securityContext?.seLinuxOptions;
  if (setting === 'disable') {
    secureContainer(draft, { seLinuxOptions: { ...known, type: 'spc_t' } });
    return {
      grade: 'approximate',
      kubernetes,
      why: 'There is no switch to turn it off. The type `spc_t` is the one of containers that SELinux does not confine.',
    };
  }
  const [, part = '', text = ''] = /^(user|role|type|level):(.+)$/.exec(setting) ?? [];
  if (part === '') return { ...none, why: `\`label=${setting}\` is no label of SELinux that has a field.` };
  secureContainer(draft, { seLinuxOptions: { ...known, [part]: text } });
  return { kubernetes, why: `\`${part}: ${text}\` is the SELinux label, on nodes that have SELinux.` };
}

function systemPaths(draft: WorkloadDraft, setting: string, { command }: RunContext): VerdictParts {
  const sources = ['docker-container-run', 'k8s-security-context', 'k8s-user-namespaces'];
  if (setting !== 'unconfined')
    return { ...none, why: `\`systempaths=${setting}\` is nothing that docker knows.`, sources };
  if (isOn(command, '--privileged')) {
    return {
      grade: 'exact',
      kubernetes: 'securityContext.privileged',
      why: 'A privileged container sees /proc and /sys as they are.',
      sources,
    };
  }
  const onHost = ['--network', '--pid', '--ipc'].some((flag) => lastValue(command, flag) === 'host');
  if (!isAtLeast(draft, '1.33') || onHost) {
    return {
      ...none,
      why: `\`procMount: Unmasked\` needs user namespaces, which ${onHost ? 'go with no namespace of the host' : `are off by default in ${draft.kubernetes}`}.`,
      sources,
    };
  }
  secureContainer(draft, { procMount: 'Unmasked' });
  draft.pod.hostUsers = false;
  return {
    grade: 'approximate',
    kubernetes: 'securityContext.procMount',
    why: '`procMount: Unmasked` shows /proc as it is. The API takes it only with `hostUsers: false`, so the Pod has users of its own.',
    sources,
  };
}
