import { EngineError } from '../../engine/engine-error.ts';
import type { HostConfig } from '../container-record.ts';

/** @throws EngineError when a port of the container or of the host is none */
export function checkPortBindings(bindings: HostConfig['PortBindings']): void {
  for (const [port, places] of Object.entries(bindings)) {
    const [number = ''] = port.split('/');
    const invalid = `invalid JSON: invalid port '${number}'`;
    if (!/^\d+$/.test(number)) throw new EngineError(400, `${invalid}: invalid syntax`);
    if (Number(number) > 65_535) throw new EngineError(400, `${invalid}: value out of range`);
    if (Number(number) === 0) throw new EngineError(400, `invalid port specification: "${port}"`);
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
