import { parseBytes } from './bytes.ts';
import { cut, parseDecimal, parseFields } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/** A device of the host in the container, as the API has it. */
export interface DeviceMapping {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
}

/** A request for devices that a driver finds, as the API has it: `--gpus`, and CDI names of `--device`. */
export interface DeviceRequest {
  readonly Driver: string;
  /** How many; -1 for all. */
  readonly Count: number;
  readonly DeviceIDs: readonly string[];
  readonly Capabilities: readonly (readonly string[])[];
  readonly Options: Readonly<Record<string, string>>;
}

const howToMap = 'Write /dev/path, or /dev/path:/dev/inside:rwm; the letters are read, write and mknod.';

/** A value of `--device`: a path of the host, or the name of a CDI device such as `vendor.com/gpu=0`. */
export function parseDevice(text: string): DeviceMapping | { readonly cdi: string } {
  if (isCdiName(text)) return { cdi: text };
  const parts = text.split(':');
  const [path = '', second = '', third = ''] = parts;
  if (parts.length > 3 || path === '') throw new DockerRefusal(`bad format for path: ${text}`, howToMap);
  if (parts.length === 1 || (parts.length === 2 && isDeviceMode(second))) {
    checkAbsolute(path);
    const clean = cleanPath(path);
    return {
      PathOnHost: clean,
      PathInContainer: clean,
      CgroupPermissions: parts.length === 1 ? 'rwm' : second,
    };
  }
  if (parts.length === 3 && !isDeviceMode(third)) {
    throw new DockerRefusal(`bad mode specified: ${third}`, howToMap);
  }
  checkAbsolute(second);
  const inside = parts.length === 2 ? cleanPath(second) : second;
  return { PathOnHost: path, PathInContainer: inside, CgroupPermissions: parts.length === 2 ? 'rwm' : third };
}

function checkAbsolute(path: string): void {
  if (!path.startsWith('/')) throw new DockerRefusal(`${path} is not an absolute path`, howToMap);
}

/** Each letter of `rwm` at most once (validDeviceMode of docker/cli). */
function isDeviceMode(text: string): boolean {
  return /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;
}

/** A path without `.`, `..` and doubled slashes, as Go's path.Clean writes it. */
function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}

/** `vendor/class=name` (ParseQualifiedName of the Container Device Interface). */
function isCdiName(text: string): boolean {
  return /^[A-Za-z]([\w.-]*[A-Za-z0-9])?\/[A-Za-z]([\w.-]*[A-Za-z0-9])?=[A-Za-z0-9]([\w.:-]*[A-Za-z0-9])?$/.test(
    text,
  );
}

/** A value of `--gpus`: `all`, a number, `device=0`, `"device=0,1"`, `driver=nvidia,capabilities=compute`. */
export function parseGpus(text: string): DeviceRequest {
  const seen = new Set<string>();
  let request: DeviceRequest = { Driver: '', Count: 0, DeviceIDs: [], Capabilities: [], Options: {} };
  for (const field of parseFields(text)) {
    const [key, value, hasValue] = cut(field, '=');
    if (seen.has(key)) {
      throw new DockerRefusal(`gpu request key '${key}' can be specified only once`, 'Name it once.');
    }
    seen.add(hasValue ? key : 'count');
    if (!hasValue) {
      seen.add(key);
      request = { ...request, Count: readCount(key) };
    } else if (key === 'count') request = { ...request, Count: readCount(value) };
    else if (key === 'driver') request = { ...request, Driver: value };
    else if (key === 'device') request = { ...request, DeviceIDs: value.split(',') };
    else if (key === 'capabilities') request = { ...request, Capabilities: [[...value.split(','), 'gpu']] };
    else if (key === 'options') {
      request = { ...request, Options: Object.fromEntries(parseFields(value).map((pair) => cut(pair, '='))) };
    } else
      throw new DockerRefusal(
        `unexpected key '${key}' in '${field}'`,
        'Keys are driver, count, device, capabilities and options.',
      );
  }
  const counted = seen.has('count') || request.DeviceIDs.length > 0;
  return {
    ...request,
    Count: counted ? request.Count : 1,
    Capabilities: request.Capabilities.length > 0 ? request.Capabilities : [['gpu']],
  };
}

function readCount(text: string): number {
  if (text === 'all') return -1;
  const count = parseDecimal(text);
  if (count !== undefined) return Number(count);
  throw new DockerRefusal(
    `invalid count (${text}): value must be either "all" or an integer: invalid syntax`,
    'Give all, a number, or device=….',
  );
}

/** A value of `--device-read-bps` and `--device-write-bps`: `/dev/sda:10mb`. */
export function parseThrottle(text: string): { readonly Path: string; readonly Rate: number } {
  const [path, rate] = splitDevice(text);
  const wrong = new DockerRefusal(
    `invalid rate for device: ${text}. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb`,
    'Write /dev/sda:10mb.',
  );
  try {
    return { Path: path, Rate: parseBytes(rate) };
  } catch {
    throw wrong;
  }
}

/** A value of `--device-read-iops` and `--device-write-iops`: `/dev/sda:1000`. */
export function parseThrottleOperations(text: string): { readonly Path: string; readonly Rate: number } {
  const [path, rate] = splitDevice(text);
  if (/^\d{1,19}$/.test(rate)) return { Path: path, Rate: Number(rate) };
  throw new DockerRefusal(
    `invalid rate for device: ${text}. The correct format is <device-path>:<number>. Number must be a positive integer`,
    'Write /dev/sda:1000.',
  );
}

/** A value of `--blkio-weight-device`: `/dev/sda:500`; from 10 to 1000, or 0. */
export function parseWeight(text: string): { readonly Path: string; readonly Weight: number } {
  const [path, weight] = splitDevice(text);
  const number = /^\d{1,9}$/.test(weight) ? Number(weight) : -1;
  if (number === 0 || (number >= 10 && number <= 1000)) return { Path: path, Weight: number };
  throw new DockerRefusal(
    `invalid weight for device: ${text}`,
    'Write /dev/sda:500; the weight goes from 10 to 1000.',
  );
}

function splitDevice(text: string): [path: string, value: string] {
  const [path, value, found] = cut(text, ':');
  if (!found || path === '') throw new DockerRefusal(`bad format: ${text}`, 'Write /dev/sda:value.');
  if (!path.startsWith('/dev/')) {
    throw new DockerRefusal(`bad format for device path: ${text}`, 'The path begins with /dev/.');
  }
  return [path, value];
}

/** A value of `--device-cgroup-rule`: `c 42:* rmw`. */
export function parseDeviceRule(text: string): string {
  if (/^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(text)) return text;
  throw new DockerRefusal(
    `invalid device cgroup format '${text}'`,
    "Write 'type major:minor mode', such as 'c 42:* rmw'.",
  );
}
