import type { PodSecurityContext, SecurityContext } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from './draft.ts';

/** Adds to the security context of the container. */
export function secureContainer(draft: WorkloadDraft, context: SecurityContext): void {
  const { allowPrivilegeEscalation, ...rest } = { ...draft.container.securityContext, ...context };
  // The API refuses the two together: what is privileged has its privileges.
  const refused = rest.privileged && allowPrivilegeEscalation === false;
  const escalation = allowPrivilegeEscalation === undefined || refused ? {} : { allowPrivilegeEscalation };
  draft.container.securityContext = { ...rest, ...escalation };
}

/** Adds to the security context of the Pod, where groups and sysctls belong. */
function securePod(draft: WorkloadDraft, context: PodSecurityContext): void {
  draft.pod.securityContext = { ...draft.pod.securityContext, ...context };
}

/** Adds or drops a capability, written without `CAP_`. */
export function changeCapability(draft: WorkloadDraft, change: 'add' | 'drop', name: string): string {
  const capability = name.toUpperCase().replace(/^CAP_/, '');
  const { capabilities } = draft.container.securityContext ?? {};
  const known = capabilities?.[change] ?? [];
  if (!known.includes(capability)) {
    secureContainer(draft, { capabilities: { ...capabilities, [change]: [...known, capability] } });
  }
  return capability;
}

/** Adds a supplementary group; by number, since Kubernetes reads no /etc/group. */
export function addGroup(draft: WorkloadDraft, group: number): void {
  const groups = draft.pod.securityContext?.supplementalGroups ?? [];
  if (!groups.includes(group)) securePod(draft, { supplementalGroups: [...groups, group] });
}

/** Sets a kernel parameter of the Pod; the last word counts. */
export function setSysctl(draft: WorkloadDraft, name: string, value: string): void {
  const others = (draft.pod.securityContext?.sysctls ?? []).filter((each) => each.name !== name);
  securePod(draft, { sysctls: [...others, { name, value }] });
}

/**
 * The sysctls that every cluster allows; the others need `--allowed-unsafe-sysctls` on the kubelet
 * (pkg/kubelet/sysctl/safe_sysctls.go, the same list in 1.32 to 1.36).
 */
const safeSysctls: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** Whether a cluster allows the sysctl without being told to. */
export function isSafeSysctl(name: string): boolean {
  return safeSysctls.has(name);
}
