import { canonicalAddress } from './addresses.ts';
import { cut, parseDecimal } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/** A protocol that docker publishes. */
export type Protocol = 'tcp' | 'udp' | 'sctp';

/** A port inside a container, and where the host publishes it. */
export interface PortBinding {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** Empty for every address of the host. */
  readonly hostIp: string;
  /** Empty for one that docker picks; `8000-8010` for one it picks from these. */
  readonly hostPort: string;
}

/** A port a container says it listens on. */
export interface ExposedPort {
  readonly port: number;
  /** In small letters; the client passes on what it does not know. */
  readonly protocol: string;
}

const highestPort = 65_535;
const howToPublish =
  'Write [address:][host port:]container port[/protocol], such as 8080:80 or 127.0.0.1:8080:80.';

/**
 * A value of `--publish`, with a range taken apart: `80`, `8080:80`, `127.0.0.1::80`, `[::1]:80:80/udp`,
 * `3000-3005:3000-3005`, `published=8080,target=80,protocol=tcp` (ParsePortSpec of docker/go-connections,
 * convertToStandardNotation of docker/cli).
 */
export function parsePort(text: string): PortBinding[] {
  const standard = text.includes('=') ? fromLongForm(text) : text;
  const { address, hostPort, containerPort: withProtocol } = splitPort(standard);
  const [containerPort, protocol] = splitProtocol(withProtocol);
  if (containerPort === '') throw new DockerRefusal(`no port specified: ${standard}<empty>`, howToPublish);
  const known = readProtocol(protocol);
  const hostIp = readHostAddress(address);
  const inside = readRange(containerPort);
  if (!inside) throw new DockerRefusal(`invalid containerPort: ${containerPort}`, howToPublish);
  const outside = hostPort === '' ? undefined : readRange(hostPort);
  if (hostPort !== '' && !outside) throw new DockerRefusal(`invalid hostPort: ${hostPort}`, howToPublish);
  const count = inside.last - inside.first + 1;
  if (outside && outside.last - outside.first !== count - 1 && count > 1) {
    throw new DockerRefusal(
      `invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`,
      'Both ranges have to be of the same length.',
    );
  }
  return Array.from({ length: count }, (_, place) => ({
    containerPort: inside.first + place,
    protocol: known,
    hostIp,
    hostPort: hostPortAt(outside, place, count),
  }));
}

/** A value of `--expose`, with a range taken apart: `80`, `53/udp`, `3000-3005/tcp`. */
export function parseExpose(text: string): ExposedPort[] {
  const [ports, protocol] = splitProtocol(text);
  const range = readRange(ports);
  if (text.includes(':') || !range) {
    throw new DockerRefusal(
      `invalid range format for --expose: ${wrongRange(ports)}`,
      'Write port[/protocol] or first-last[/protocol]; only --publish takes a port of the host.',
    );
  }
  const count = range.last - range.first + 1;
  return Array.from({ length: count }, (_, place) => ({
    port: range.first + place,
    protocol: protocol.toLowerCase(),
  }));
}

/** What ParsePortRange of moby's api/types/network says of a range that it does not take. */
function wrongRange(text: string): string {
  if (text === '') return 'invalid port range: value is empty';
  const [start, end, isRange] = cut(text, '-');
  const [which, port] = readNumber(start) === undefined ? ['start', start] : ['end', end];
  if (isRange && readNumber(start) !== undefined && readNumber(end) !== undefined) {
    return `invalid port range: ${text}`;
  }
  const isNumber = /^\d+$/.test(port);
  return `invalid ${which} port '${port}': ${isNumber ? 'value out of range' : 'invalid syntax'}`;
}

function hostPortAt(range: Range | undefined, place: number, count: number): string {
  if (!range) return '';
  const first = String(range.first + place);
  return count === 1 && range.first !== range.last ? `${first}-${range.last}` : first;
}

function fromLongForm(text: string): string {
  const given: Record<string, string> = { protocol: 'tcp', published: '', target: '' };
  for (const field of text.split(',')) {
    const [key, value, found] = cut(field, '=');
    if (!found || key === '') {
      throw new DockerRefusal(
        `invalid publish opts format (should be name=value but got '${field}')`,
        howToPublish,
      );
    }
    given[key] = value;
  }
  return `${given.published}:${given.target}/${given.protocol}`;
}

function splitPort(text: string): { address: string; hostPort: string; containerPort: string } {
  const parts = text.split(':');
  const containerPort = parts.pop() ?? '';
  const hostPort = parts.pop() ?? '';
  return { address: parts.join(':'), hostPort, containerPort };
}

function splitProtocol(text: string): [port: string, protocol: string] {
  const [port, protocol] = cut(text, '/');
  return port === '' ? ['', ''] : [port, protocol === '' ? 'tcp' : protocol];
}

function readProtocol(text: string): Protocol {
  const protocol = text.toLowerCase();
  if (protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp') return protocol;
  throw new DockerRefusal(`invalid proto: ${text}`, 'The protocol is tcp, udp or sctp.');
}

function readHostAddress(text: string): string {
  if (text === '') return '';
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const address = canonicalAddress(bare);
  if (address !== undefined) return address;
  throw new DockerRefusal(`invalid IP address: ${bare}`, howToPublish);
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function readRange(text: string): Range | undefined {
  const [start, end, isRange] = cut(text, '-');
  const first = readNumber(start);
  const last = isRange && start !== end ? readNumber(end) : first;
  return first === undefined || last === undefined || last < first ? undefined : { first, last };
}

function readNumber(text: string): number | undefined {
  const value = parseDecimal(text);
  return value === undefined || value < 0n || value > highestPort ? undefined : Number(value);
}
