import type { WorkloadDraft } from './draft.ts';

/** Puts a line into the Pod's /etc/hosts (https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/). */
export function addHostAlias(draft: WorkloadDraft, ip: string, hostname: string): void {
  const aliases = draft.pod.hostAliases ?? [];
  const known = aliases.find((each) => each.ip === ip);
  if (known?.hostnames.includes(hostname)) return;
  draft.pod.hostAliases = known
    ? aliases.map((each) => (each === known ? { ip, hostnames: [...each.hostnames, hostname] } : each))
    : [...aliases, { ip, hostnames: [hostname] }];
}

/** The most of each that the API takes (pkg/apis/core/validation). */
export const dnsLimits = { nameservers: 3, searches: 32 } as const;

/** Adds a resolver's address or a search domain. @returns whether there was room for it */
export function addDns(draft: WorkloadDraft, kind: 'nameservers' | 'searches', value: string): boolean {
  const known = draft.pod.dnsConfig?.[kind] ?? [];
  if (known.includes(value)) return true;
  if (known.length >= dnsLimits[kind]) return false;
  draft.pod.dnsConfig = { ...draft.pod.dnsConfig, [kind]: [...known, value] };
  return true;
}

/** Adds an option of resolv.conf, `ndots:2` or `rotate`. */
export function addDnsOption(draft: WorkloadDraft, option: string): void {
  const colon = option.indexOf(':');
  const entry =
    colon < 0 ? { name: option } : { name: option.slice(0, colon), value: option.slice(colon + 1) };
  const others = (draft.pod.dnsConfig?.options ?? []).filter((each) => each.name !== entry.name);
  draft.pod.dnsConfig = { ...draft.pod.dnsConfig, options: [...others, entry] };
}
