import { DockerfileError } from '../dockerfile/dockerfile-error.ts';

/** A port as EXPOSE has it, in its parts. */
export interface ExposedPort {
  /** Such as `80/tcp`; several of a range. */
  readonly ports: readonly string[];
  /** The protocol has capital letters. */
  readonly hasCapitals: boolean;
  /** An address or a port of the host stands before it. */
  readonly hasHost: boolean;
}

/**
 * Reads what EXPOSE says of a port.
 *
 * @param text such as `80`, `8000-8002/udp`
 * @throws DockerfileError
 */
export function exposedPort(text: string): ExposedPort {
  const parts = text.split(':');
  const whole = parts.at(-1) ?? '';
  const host = parts.slice(0, -1).join(':');
  const slash = whole.indexOf('/');
  const [number, protocol] = slash < 0 ? [whole, undefined] : [whole.slice(0, slash), whole.slice(slash + 1)];
  const invalid = (why: string) => new DockerfileError(`invalid port: ${JSON.stringify(text)}: ${why}`);
  if (number === '') throw invalid('no port specified');
  const type = protocol || 'tcp';
  if (!['tcp', 'udp', 'sctp'].includes(type.toLowerCase())) throw invalid(`invalid proto: ${type}`);
  const [, first = '', last] = /^(\d+)(?:-(\d+))?$/.exec(number) ?? [];
  const from = Number(first);
  const to = Number(last ?? first);
  if (first === '' || from > 65_535 || to > 65_535 || to < from)
    throw new DockerfileError(`invalid containerPort: ${number}`);
  const ports = Array.from({ length: to - from + 1 }, (_, place) => `${from + place}/${type.toLowerCase()}`);
  return { ports, hasCapitals: type !== type.toLowerCase(), hasHost: host !== '' };
}
