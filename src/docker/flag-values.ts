import { normalizeNetwork, parseAddress } from './addresses.ts';
import { parseBytes, parseSwap } from './bytes.ts';
import { parseCpus } from './cpus.ts';
import {
  parseDeviceRule,
  parseGpus,
  parseThrottle,
  parseThrottleOperations,
  parseWeight,
} from './devices.ts';
import { parseDuration } from './durations.ts';
import { cut, parseFields, parseFloating, parseInteger, parseSwitch, parseUnsigned } from './go-values.ts';
import type { FlagGrammar } from './grammar.ts';
import { parseUlimit } from './limits.ts';
import { parseMount } from './mounts.ts';
import { parseNetwork } from './networks.ts';
import {
  parseEnv,
  parseExtraHost,
  parseFilter,
  parseLabel,
  parseLink,
  parseSearchDomain,
  parseStream,
  parseSysctl,
} from './pairs.ts';
import { parsePort } from './ports.ts';
import { DockerRefusal, reworded } from './refusal.ts';

type Check = (text: string) => unknown;

/** What each type of flag takes; a type that is not here takes anything. */
const byType: Readonly<Record<string, Check>> = {
  bool: parseSwitch,
  int: parseInteger,
  uint: parseUnsigned,
  uint16: (text) => parseUnsigned(text, 16),
  uint32: (text) => parseUnsigned(text, 32),
  float: parseFloat64,
  bytes: parseBytes,
  decimal: parseCpus,
  duration: parseDuration,
  filter: parseFilter,
  'gpu-request': parseGpus,
  ip: (text) => text === '' || checkedAddress(text, `failed to parse IP: ${JSON.stringify(text)}`),
  ipSlice: (text) =>
    parseFields(text).map((field) => checkedAddress(field, `${notConverted} IP address: ${text}`)),
  ipNetSlice: (text) => parseFields(text).map(parseNetworkAddress),
  mount: parseMount,
  network: parseNetwork,
  port: parseServicePort,
  stringSlice: (text) => (text === '' ? [] : parseFields(text)),
  stringToString: parsePairs,
  ulimit: parseUlimit,
};

/** Lists and maps whose values docker checks one by one (NewListOpts with a validator in docker/cli). */
const byName: Readonly<Record<string, Check>> = {
  '--add-host': parseExtraHost,
  '--attach': parseStream,
  '--blkio-weight-device': parseWeight,
  '--device-cgroup-rule': parseDeviceRule,
  '--device-read-bps': parseThrottle,
  '--device-read-iops': parseThrottleOperations,
  '--device-write-bps': parseThrottle,
  '--device-write-iops': parseThrottleOperations,
  '--dns': parseAddress,
  '--dns-add': parseAddress,
  '--dns-search': parseSearchDomain,
  '--dns-search-add': parseSearchDomain,
  '--env': parseEnv,
  '--env-add': parseEnv,
  '--host': parseExtraHost,
  '--host-add': parseExtraHost,
  '--container-label': parseLabel,
  '--container-label-add': parseLabel,
  '--label': parseLabel,
  '--label-add': parseLabel,
  '--link': parseLink,
  '--sysctl': parseSysctl,
};

/**
 * Refuses a value that the client refuses as it reads its flags.
 *
 * @param position where in the line the flag stands
 * @throws DockerRefusal in the client's words
 */
export function checkValue(command: string, flag: FlagGrammar, value: string, position: number): void {
  const check = checkFor(command, flag);
  if (!check) return;
  reworded(
    () => check(value),
    ({ message, hint }) => {
      const names = flag.shorthand === undefined ? flag.name : `${flag.shorthand}, ${flag.name}`;
      const said = `invalid argument ${JSON.stringify(value)} for "${names}" flag: ${message}`;
      return new DockerRefusal(said, hint, position);
    },
  );
}

function checkFor(command: string, { name, type }: FlagGrammar): Check | undefined {
  if (name === '--memory-swap' && type === 'bytes') return parseSwap;
  // The labels of a node are checked by the daemon alone.
  if (command === 'docker node update') return undefined;
  if ((type === 'list' || type === 'map') && !/^docker (compose|buildx) /.test(command)) {
    return Object.hasOwn(byName, name) ? byName[name] : undefined;
  }
  return Object.hasOwn(byType, type) ? byType[type] : undefined;
}

function parseFloat64(text: string): number {
  const value = parseFloating(text);
  if (value !== undefined) return value;
  throw new DockerRefusal(
    `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`,
    'Give a number.',
  );
}

/** What pflag says of an element of a list. */
const notConverted = 'invalid string being converted to';

function checkedAddress(text: string, wrong: string): void {
  reworded(
    () => parseAddress(text),
    ({ hint }) => new DockerRefusal(wrong, hint),
  );
}

function parseNetworkAddress(text: string): string {
  const network = normalizeNetwork(text.trim());
  if (network !== undefined) return network;
  throw new DockerRefusal(
    `${notConverted} CIDR: ${text}`,
    'Give an address and a length, such as 10.0.0.0/8.',
  );
}

function parsePairs(text: string): void {
  for (const field of parseFields(text)) {
    if (!cut(field, '=')[2])
      throw new DockerRefusal(`${field} must be formatted as key=value`, 'Write key=value.');
  }
}

/** A service's port has a form of its own beside the short one (PortOpt of docker/cli opts/swarmopts). */
function parseServicePort(text: string): void {
  if (!/\w=\w/.test(text)) {
    if (parsePort(text).some(({ hostIp }) => hostIp !== '')) {
      throw new DockerRefusal(
        'hostip is not supported',
        'A service publishes on every address of its nodes.',
      );
    }
    return;
  }
  let target = '';
  for (const field of parseFields(text)) {
    const [key, value, found] = cut(field.toLowerCase(), '=');
    if (!found || key === '')
      throw new DockerRefusal(`invalid field: ${field}`, 'Write published=8080,target=80.');
    checkServicePort(key, value);
    if (key === 'target') target = value;
  }
  if (Number(target) === 0) {
    throw new DockerRefusal("missing mandatory field 'target'", 'Add target=….');
  }
}

function checkServicePort(key: string, value: string): void {
  if (key === 'protocol' && !['tcp', 'udp', 'sctp'].includes(value)) {
    throw new DockerRefusal(`invalid protocol value '${value}'`, 'It is tcp, udp or sctp.');
  }
  if (key === 'mode' && !['ingress', 'host'].includes(value)) {
    throw new DockerRefusal(
      `invalid publish mode value (${value}): must be either 'ingress' or 'host'`,
      'Choose ingress or host.',
    );
  }
  const isPort = key === 'target' || key === 'published';
  if (isPort && !(/^\d{1,10}$/.test(value) && Number(value) < 65_536)) {
    throw new DockerRefusal(
      `invalid ${key} port (${value}): value must be an integer`,
      'Give a port up to 65535.',
    );
  }
  if (!isPort && key !== 'protocol' && key !== 'mode') {
    throw new DockerRefusal(`invalid field key: ${key}`, 'Keys are published, target, protocol and mode.');
  }
}
