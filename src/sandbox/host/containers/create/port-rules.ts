import { EngineError } from '../../engine/engine-error.ts';
import type { HostConfig } from '../container-record.ts';

/** @throws EngineError when a port of the container or of the host is none */
export function checkPortBindings(bindings: HostConfig['PortBindings']): void {
  for (const [port, places] of Object.entries(bindings)) {
    const [number = '', protocol = 'tcp'] = port.split('/');
    if (!/^\d+$/.test(number))
      throw new EngineError(400, `invalid JSON: invalid port '${number}': invalid syntax`);
    if (Number(number) === 0 || Number(number) > 65_535 || !['tcp', 'udp', 'sctp'].includes(protocol))
      throw new EngineError(400, `invalid port specification: "${port}"`);
    for (const { HostPort: wanted = '' } of places ?? []) {
      if (wanted !== '' && !isRange(wanted))
        throw new EngineError(400, `invalid port specification: "${wanted}"`);
    }
  }
}

function isRange(text: string): boolean {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  return first !== '' && Number(last) <= 65_535 && Number(first) <= Number(last);
}
