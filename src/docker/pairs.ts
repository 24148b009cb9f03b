import { normalizeAddress } from './addresses.ts';
import { cut } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/** A name with a value, or without where a shell or a file has it. */
export interface Pair {
  readonly name: string;
  readonly value?: string;
}

/**
 * A value of `--env`. Without `=`, docker takes the value of the shell it was typed in, and leaves the
 * variable out where the shell has none; here it has no value.
 */
export function parseEnv(text: string): Pair {
  const [name, value, found] = cut(text, '=');
  if (name === '') throw new DockerRefusal(`invalid environment variable: ${text}`, 'Write NAME=value.');
  return found ? { name, value } : { name };
}

/** A value of `--label`; without `=` its value is empty. */
export function parseLabel(text: string): { readonly name: string; readonly value: string } {
  const [name, value] = cut(text, '=');
  const bare = name.replace(/^[ \t]+/, '');
  if (bare === '') throw new DockerRefusal(`invalid label '${text}': empty name`, 'Write name=value.');
  if (/[ \t]/.test(bare)) {
    throw new DockerRefusal(`label '${bare}' contains whitespaces`, 'Names of labels have no blanks.');
  }
  return { name, value };
}

/** A value of `--add-host`: `name:address` or `name=address`, or `host-gateway` for the address. */
export function parseExtraHost(text: string): { readonly name: string; readonly address: string } {
  const [name, written, found] = cut(text, text.includes('=') ? '=' : ':');
  if (!found || name === '' || name.includes(':')) {
    throw new DockerRefusal(
      `bad format for add-host: ${JSON.stringify(text)}`,
      'Write name:address, such as db:10.0.0.5.',
    );
  }
  const address = /^\[(.+)\]$/.exec(written)?.[1] ?? written;
  if (address !== 'host-gateway' && normalizeAddress(address.trim()) === undefined) {
    throw new DockerRefusal(
      `invalid IP address in add-host: ${JSON.stringify(address)}`,
      'Give an address of IPv4 or IPv6, or host-gateway.',
    );
  }
  return { name, address };
}

/** A value of `--link`: `container` or `container:alias`. */
export function parseLink(text: string): { readonly container: string; readonly alias: string } {
  if (text === '') throw new DockerRefusal('empty string specified for links', 'Write container:alias.');
  const [container = '', alias = container, ...more] = text.split(':');
  if (more.length > 0) throw new DockerRefusal(`bad format for links: ${text}`, 'Write container:alias.');
  return { container, alias };
}

const domain =
  /^(:?(:?[a-zA-Z0-9]|(:?[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))(:?\.(:?[a-zA-Z0-9]|(:?[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])))*)\.?\s*$/;

/** A longer name is refused whatever it is. */
const longestDomain = 300;

/** A value of `--dns-search`: a domain, or `.` for none. */
export function parseSearchDomain(text: string): string {
  if (text.length > longestDomain) throw notADomain(text);
  const trimmed = text.replace(/^ +| +$/g, '');
  if (trimmed === '.') return trimmed;
  const found = /[a-zA-Z]/.test(trimmed) ? domain.exec(trimmed)?.[1] : undefined;
  if (found !== undefined && found.length < 255) return found;
  throw notADomain(trimmed);
}

function notADomain(text: string): DockerRefusal {
  return new DockerRefusal(`${text} is not a valid domain`, 'Give a domain such as example.com.');
}

const kernelSettings = 'msgmax msgmnb msgmni sem shmall shmmax shmmni shm_rmid_forced'.split(' ');

/** A value of `--sysctl`: only settings of the container's own namespaces are taken. */
export function parseSysctl(text: string): { readonly name: string; readonly value: string } {
  const [name, value, found] = cut(text, '=');
  const known = /^(net|fs\.mqueue)\./.test(name) || kernelSettings.includes(name.replace(/^kernel\./, ''));
  if (found && known && (name.startsWith('kernel.') || /^(net|fs)\./.test(name))) return { name, value };
  throw new DockerRefusal(
    `sysctl '${text}' is not allowed`,
    'Only net.*, fs.mqueue.* and a few kernel.* settings are.',
  );
}

/** A value of `--attach`. */
export function parseStream(text: string): 'stdin' | 'stdout' | 'stderr' {
  const stream = text.toLowerCase();
  if (stream === 'stdin' || stream === 'stdout' || stream === 'stderr') return stream;
  throw new DockerRefusal('valid streams are STDIN, STDOUT and STDERR', 'Give one of these three.');
}

/** A value of `--filter`: `name=value`. */
export function parseFilter(text: string): { readonly name: string; readonly value: string } | undefined {
  if (text === '') return undefined;
  const [name, value, found] = cut(text, '=');
  if (!found) {
    throw new DockerRefusal(
      'bad format of filter (expected name=value)',
      'Write name=value, such as status=exited.',
    );
  }
  return { name: name.trim().toLowerCase(), value: value.trim() };
}
