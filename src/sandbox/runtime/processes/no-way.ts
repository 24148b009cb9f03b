import type { Way } from '../network-ways.ts';

type Failure = Extract<Way, { readonly failure: string }>['failure'];

const texts: Readonly<Record<Failure, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  unreachable: 'Network is unreachable',
};

/** Why there is no connection, as the C library calls it. */
export function noWay(failure: Failure): string {
  return texts[failure];
}
