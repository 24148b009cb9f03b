import { canonicalAddress } from './addresses.ts';
import { cut, parseDecimal, parseFields } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/** A value of `--network`. */
export interface NetworkAttachment {
  /** Name of the network, or `bridge`, `host`, `none`, `default`, `container:…`. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocalAddresses: readonly string[];
  readonly macAddress: string;
  readonly gatewayPriority: number;
}

const howToAttach = 'Give the name of a network, or name=app,alias=db,ip=172.20.0.5.';

/**
 * A value of `--network`: a name, or pairs such as `name=app,alias=db,driver-opt=key=value` (NetworkOpt of
 * docker/cli opts, which turns the pairs into lower case).
 */
export function parseNetwork(text: string): NetworkAttachment {
  const attachment = {
    name: text,
    aliases: [] as string[],
    driverOptions: {} as Readonly<Record<string, string>>,
    ipv4: '',
    ipv6: '',
    linkLocalAddresses: [] as string[],
    macAddress: '',
    gatewayPriority: 0,
  };
  // The client looks for /\w+=\w+(,\w+=\w+)*/ anywhere in the value, which is this.
  if (!/\w=\w/.test(text)) return attachment;
  attachment.name = '';
  for (const field of parseFields(text)) {
    const [rawKey, rawValue, found] = cut(field.toLowerCase(), '=');
    if (!found || rawKey === '') throw new DockerRefusal(`invalid field ${field}`, howToAttach);
    const [key, value] = [rawKey.trim(), rawValue.trim()];
    if (key === 'name') attachment.name = value;
    else if (key === 'alias') attachment.aliases.push(value);
    else if (key === 'ip') attachment.ipv4 = readAddress(value);
    else if (key === 'ip6') attachment.ipv6 = readAddress(value);
    else if (key === 'link-local-ip') attachment.linkLocalAddresses.push(readAddress(value));
    else if (key === 'mac-address') attachment.macAddress = value;
    else if (key === 'driver-opt') {
      attachment.driverOptions = { ...attachment.driverOptions, ...readDriverOption(value) };
    } else if (key === 'gw-priority') attachment.gatewayPriority = readPriority(value);
    else throw new DockerRefusal(`invalid field key ${key}`, howToAttach);
  }
  if (attachment.name === '') throw new DockerRefusal('network name/id is not specified', 'Add name=….');
  return attachment;
}

/** Whether a network is one that a user made, on which containers find each other by name. */
export function isUserDefined(network: string): boolean {
  return !['default', 'bridge', 'host', 'none', ''].includes(network) && !network.startsWith('container:');
}

function readAddress(value: string): string {
  const address = canonicalAddress(value);
  if (address === undefined) {
    throw new DockerRefusal(
      `ParseAddr(${JSON.stringify(value)}): unable to parse IP`,
      'Give an address such as 172.20.0.5.',
    );
  }
  return address;
}

function readDriverOption(text: string): Record<string, string> {
  const [key, value, found] = cut(text, '=');
  if (!found || key === '') {
    throw new DockerRefusal('invalid key value pair format in driver options', 'Write driver-opt=key=value.');
  }
  return { [key.trim()]: value.trim() };
}

function readPriority(text: string): number {
  const value = parseDecimal(text);
  if (value === undefined)
    throw new DockerRefusal(`invalid gw-priority (${text}): invalid syntax`, 'Give a whole number.');
  return Number(value);
}
