/** What Linux lets a process do beyond its user's rights, in the order of their bits (capabilities(7), Linux 6.12). */
export const capabilityNames: readonly string[] = [
  ...['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP'],
  ...['LINUX_IMMUTABLE', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW', 'IPC_LOCK'],
  ...['IPC_OWNER', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT', 'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN'],
  ...['SYS_BOOT', 'SYS_NICE', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD', 'LEASE'],
  ...['AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP', 'MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM'],
  ...['BLOCK_SUSPEND', 'AUDIT_READ', 'PERFMON', 'BPF', 'CHECKPOINT_RESTORE'],
];

/** What a container has that nobody said anything of; Docker's and containerd's defaults are the same. */
const usual: readonly string[] = [
  ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP'],
  ...['NET_BIND_SERVICE', 'NET_RAW', 'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP'],
];

/** What was asked for, as a flag or a Pod has it: any case, with or without `CAP_`, or ALL. */
export interface WantedCapabilities {
  readonly add?: readonly string[] | null | undefined;
  readonly drop?: readonly string[] | null | undefined;
  readonly privileged?: boolean | undefined;
}

/**
 * What a container's processes may have; undefined where that is the usual
 * (github.com/moby/moby, daemon/pkg/oci/caps, `TweakCapabilities`).
 */
export function capabilitiesOf(wanted: WantedCapabilities): readonly string[] | undefined {
  if (wanted.privileged) return capabilityNames;
  const add = (wanted.add ?? []).map(plainName);
  const drop = (wanted.drop ?? []).map(plainName);
  if (add.length === 0 && drop.length === 0) return undefined;
  const from = add.includes('ALL') ? capabilityNames : drop.includes('ALL') ? [] : usual;
  return capabilityNames.filter(
    (each) => (from.includes(each) || add.includes(each)) && (!drop.includes(each) || add.includes(each)),
  );
}

/** Whether root in a container may do what a capability is for. */
export function includesCapability(of: readonly string[] | undefined, name: string): boolean {
  return (of ?? usual).includes(name);
}

/** A set of them as `/proc/PID/status` writes it. */
export function capabilityMask(of: readonly string[] | undefined): string {
  const bits = (of ?? usual).map((name) => 1n << BigInt(capabilityNames.indexOf(name)));
  return bits
    .reduce((sum, bit) => sum | bit, 0n)
    .toString(16)
    .padStart(16, '0');
}

function plainName(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '');
}
