import type { HTTPGetAction } from '../../../../kubernetes/api.ts';
import type { HttpResponse } from '../../../runtime/container-runtime.ts';
import type { RoledContainer } from './pod-containers.ts';
import { sandboxOf } from './pod-facts.ts';
import type { PodWork } from './pod-work.ts';

/** What the kubelet got when it asked a container's server. */
export type Answer =
  | { readonly kind: 'answer'; readonly response: HttpResponse }
  /** Nobody answered; the message is that of Go's net/http. */
  | { readonly kind: 'failure'; readonly message: string }
  /** There is no telling whom to ask. */
  | { readonly kind: 'error'; readonly message: string };

/** The number of a port that is given by its number or its name; undefined for an unknown name. */
export function portOf({ spec }: RoledContainer, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  return spec.ports?.find(({ name }) => name === port)?.containerPort;
}

/** How the kubelet says that no port has a name: it then takes it for a number. */
export function unknownPort(name: number | string): string {
  return `strconv.Atoi: parsing "${name}": invalid syntax`;
}

/**
 * Asks a server in the Pod's network, as the kubelet of its node does.
 *
 * @param patience in milliseconds
 */
export function connect(
  work: PodWork,
  container: RoledContainer,
  action: HTTPGetAction,
  purpose: 'probe' | 'hook',
  patience = Number.POSITIVE_INFINITY,
): Answer {
  const { record, context } = work;
  const { host, scheme = 'HTTP', httpHeaders = [] } = action;
  const port = portOf(container, action.port);
  if (port === undefined) return { kind: 'error', message: unknownPort(action.port) };
  const path = (action.path ?? '').replace(/^(?!\/)/, '/');
  const sandbox = sandboxOf(record);
  const address = host || sandbox.address;
  const url = `${scheme.toLowerCase()}://${address}:${port}${path}`;
  if (![sandbox.address, '127.0.0.1'].includes(address)) {
    return { kind: 'failure', message: `Get "${url}": probes of other hosts are not simulated` };
  }
  const given = Object.fromEntries(httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]));
  const agent = purpose === 'probe' ? 'kube-probe/1.36' : 'kube-lifecycle/1.36';
  const response = context.runtime.ask(
    sandbox.network,
    port,
    {
      method: 'GET',
      path,
      host: given.host ?? `${address}:${port}`,
      headers: { 'user-agent': agent, accept: '*/*', ...given, connection: 'close' },
      body: '',
    },
    gatewayOf(address),
  );
  if (!response) return { kind: 'failure', message: `Get "${url}": ${refusal(address, port)}` };
  if (response.milliseconds > patience) {
    const why = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
    return { kind: 'failure', message: `Get "${url}": ${why}` };
  }
  return { kind: 'answer', response };
}

/** How Go says that nothing listens. */
export function refusal(address: string, port: number): string {
  return `dial tcp ${address}:${port}: connect: connection refused`;
}

/** The node as its Pods see it: the first address of their range. */
function gatewayOf(address: string): string {
  return address.replace(/\.\d+$/, '.1');
}
