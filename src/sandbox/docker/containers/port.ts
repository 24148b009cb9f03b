import { print, type Steps } from '../../effects.ts';
import { naturalOrder } from '../../go/natural-order.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import type { Inspected } from './inspected.ts';
import { hostPort } from './ports.ts';

/** `docker container port` (cli/command/container/port.go of docker/cli). */
export function* runPort({ args: [name = '', wanted] }: DockerContext): Steps<number> {
  const { NetworkSettings } = yield* ask<Inspected>('GET', `/containers/${encoded(name)}/json`);
  const { Ports: ports } = NetworkSettings;
  const lines: string[] = [];
  if (wanted === undefined || wanted === '') {
    for (const [port, bindings] of Object.entries(ports)) {
      for (const { HostIp, HostPort } of bindings ?? []) {
        lines.push(`${port} -> ${hostPort(HostIp, HostPort)}`);
      }
    }
  } else {
    const bindings = ports[normalPort(wanted)] ?? [];
    if (bindings.length === 0) throw new CommandFailure(`no public port '${wanted}' published for ${name}`);
    for (const { HostIp, HostPort } of bindings) lines.push(hostPort(HostIp, HostPort));
  }
  if (lines.length > 0) yield* print(`${lines.sort(naturalOrder).join('\n')}\n`);
  return 0;
}

const mostPort = 65_535;

/** A port with its protocol, which is TCP where none is given. @throws CommandFailure */
function normalPort(text: string): string {
  const [number = '', protocol = 'tcp'] = text.split('/');
  if (!/^\d+$/.test(number)) {
    throw new CommandFailure(
      number === '' ? "invalid port '': value is empty" : `invalid port '${number}': invalid syntax`,
    );
  }
  if (Number(number) > mostPort) throw new CommandFailure(`invalid port '${number}': value out of range`);
  return `${Number(number)}/${protocol.toLowerCase()}`;
}
