import { EngineError } from '../../engine/engine-error.ts';
import type { ContainerRecord } from '../container-record.ts';

/** The devices of the laptop that a container may be given. */
const devices: ReadonlySet<string> = new Set([
  ...[
    '/dev/console',
    '/dev/full',
    '/dev/fuse',
    '/dev/kvm',
    '/dev/mem',
    '/dev/net/tun',
    '/dev/null',
    '/dev/ptmx',
  ],
  ...['/dev/random', '/dev/snd', '/dev/tty', '/dev/urandom', '/dev/vda', '/dev/zero'],
]);

/** @throws EngineError in the daemon's words when a container is to have a device that the laptop has not */
export function demandDevices({ hostConfig }: ContainerRecord): void {
  const wanted = (hostConfig.Devices ?? []) as readonly { readonly PathOnHost?: string }[];
  for (const { PathOnHost: path = '' } of wanted) {
    if (devices.has(path)) continue;
    const what = `error gathering device information while adding custom device ${JSON.stringify(path)}`;
    throw new EngineError(500, `${what}: no such file or directory`);
  }
  const requests = (hostConfig.DeviceRequests ?? []) as readonly unknown[];
  if (requests.length > 0)
    throw new EngineError(500, 'failed to discover GPU vendor from CDI: no known GPU vendor found');
}
