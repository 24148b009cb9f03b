import { byText } from '../../go/go-order.ts';
/** A port of a container, as lists of containers have it. */
export interface PortSummary {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

interface Group {
  readonly key: string;
  first: number;
  last: number;
}

/**
 * Ports as `docker ps` shows them, such as `0.0.0.0:80->9090/tcp, 9988/tcp`: those beside one another are put
 * together (DisplayablePorts of docker/cli).
 */
export function displayablePorts(ports: readonly PortSummary[]): string {
  const groups = new Map<string, Group>();
  const result: string[] = [];
  const mappings: string[] = [];
  for (const port of [...ports].sort(compared)) {
    const { IP, PrivatePort: current, PublicPort, Type } = port;
    if (IP && PublicPort !== undefined && PublicPort !== current) {
      mappings.push(`${hostPort(IP, PublicPort)}->${current}/${Type}`);
      continue;
    }
    const key = IP ? `${IP}/${Type}` : Type;
    const group = groups.get(key);
    if (group && current === group.last + 1) group.last = current;
    else {
      if (group) result.push(shown(group));
      groups.set(key, { key, first: current, last: current });
    }
  }
  return [...result, ...[...groups.values()].map(shown), ...mappings].join(', ');
}

/** An address and a port; an address of IPv6 stands in brackets. */
export function hostPort(address: string, port: number | string): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function shown({ key, first, last }: Group): string {
  const slash = key.lastIndexOf('/');
  const type = key.slice(slash + 1);
  const range = first === last ? `${first}` : `${first}-${last}`;
  return slash < 0 ? `${range}/${type}` : `${hostPort(key.slice(0, slash), range)}->${range}/${type}`;
}

function compared(one: PortSummary, other: PortSummary): number {
  const [left, right] = [sortKey(one), sortKey(other)];
  return one.PrivatePort - other.PrivatePort || byText(left, right);
}

function sortKey({ IP = '', PublicPort = 0, Type }: PortSummary): string {
  return `${IP} ${String(PublicPort).padStart(5, '0')} ${Type}`;
}
