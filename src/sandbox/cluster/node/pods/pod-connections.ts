import type { HTTPGetAction } from '../../../../kubernetes/api.ts';
import type { HttpResponse } from '../../../runtime/container-runtime.ts';
import type { RoledContainer } from './pod-containers.ts';
import type { PodWork } from './pod-work.ts';

/** What the kubelet got when it asked a container's server. */
export type Answer =
  | { readonly kind: 'answer'; readonly response: HttpResponse }
  /** The message is that of Go's net/http. */
  | { readonly kind: 'error'; readonly message: string };

/** The number of a port that is given by its number or its name; undefined for an unknown name. */
export function portOf({ spec }: RoledContainer, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  const named = spec.ports?.find(({ name }) => name === port)?.containerPort;
  if (named !== undefined) return named;
  return /^\d+$/.test(port) ? Number(port) : undefined;
}

/** Asks a server in the Pod's network, as the kubelet of its node does. */
export function connect(
  work: PodWork,
  container: RoledContainer,
  action: HTTPGetAction,
  purpose: 'probe' | 'hook',
): Answer {
  const { record, context } = work;
  const { host, scheme = 'HTTP', httpHeaders = [] } = action;
  const port = portOf(container, action.port);
  if (port === undefined) return { kind: 'error', message: `invalid port number: ${action.port}` };
  const path = (action.path ?? '').replace(/^(?!\/)/, '/');
  const address = host || (record.sandbox?.address ?? '');
  const url = `${scheme.toLowerCase()}://${address}:${port}${path}`;
  const network = record.sandbox?.network ?? '';
  if (host && host !== record.sandbox?.address && host !== '127.0.0.1') {
    return { kind: 'error', message: `Get "${url}": probes of other hosts are not simulated` };
  }
  if (!context.runtime.listens(network, port)) {
    return { kind: 'error', message: `Get "${url}": ${refusal(address, port)}` };
  }
  const given = Object.fromEntries(httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]));
  const agent = purpose === 'probe' ? 'kube-probe/1.36' : 'kube-lifecycle/1.36';
  const response = context.runtime.ask(
    network,
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
  if (!response) return { kind: 'error', message: `Get "${url}": ${refusal(address, port)}` };
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
