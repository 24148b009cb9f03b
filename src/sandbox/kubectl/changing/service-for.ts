import { CommandFailure } from '../failures.ts';

/** What a Service that kubectl puts together is to be. */
export interface ServiceWish {
  readonly name: string;
  /** As `app=web,tier=front`. */
  readonly selector: string;
  readonly labels: string;
  /** Numbers of ports with commas between. */
  readonly ports: string;
  /** One for all ports; empty for what the ports themselves have. */
  readonly protocol: string;
  /** Which protocols the ports have, by their number. */
  readonly protocols: Readonly<Record<string, readonly string[]>>;
  readonly targetPort: string;
  readonly portName?: string;
  readonly externalIp?: string;
  readonly type?: string;
  readonly loadBalancerIp?: string;
  readonly sessionAffinity?: string;
  readonly clusterIp?: string;
}

interface Port {
  readonly name?: string;
  readonly protocol: string;
  readonly port: number;
}

/**
 * A Service, as `kubectl expose` and `kubectl run --expose` make one (k8s.io/kubectl/pkg/cmd/expose).
 *
 * @throws CommandFailure
 */
export function serviceFor(wish: ServiceWish): Record<string, unknown> {
  const selector = readLabels(wish.selector);
  const labels = wish.labels === '' ? undefined : readLabels(wish.labels);
  const ports = portsOf(wish).map((port) => ({ ...port, targetPort: targetOf(wish, port.port) }));
  const { sessionAffinity = '' } = wish;
  if (!['', 'None', 'ClientIP'].includes(sessionAffinity)) {
    throw new CommandFailure(`unknown session affinity: ${sessionAffinity}`);
  }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: wish.name, ...(labels ? { labels } : {}) },
    spec: {
      ...(ports.length > 0 ? { ports } : {}),
      selector,
      ...(wish.clusterIp ? { clusterIP: wish.clusterIp } : {}),
      ...(wish.type ? { type: wish.type } : {}),
      ...(wish.externalIp ? { externalIPs: [wish.externalIp] } : {}),
      ...(sessionAffinity === '' ? {} : { sessionAffinity }),
      ...(wish.type === 'LoadBalancer' && wish.loadBalancerIp ? { loadBalancerIP: wish.loadBalancerIp } : {}),
    },
  };
}

/** Labels such as `a=b,c=d`. @throws CommandFailure */
export function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const parts = pair.split('=');
      const [key = '', value = ''] = parts;
      if (parts.length !== 2) throw new CommandFailure(`unexpected label spec: ${pair}`);
      if (key === '') throw new CommandFailure('unexpected empty label key');
      return [key, value];
    }),
  );
}

function portsOf({ ports, protocol, protocols, portName }: ServiceWish): readonly Port[] {
  if (ports === '') return [];
  const texts = ports.split(',');
  return texts.flatMap((text, index): readonly Port[] => {
    const port = readPort(text);
    const name = texts.length > 1 ? `port-${index + 1}` : (portName ?? '');
    const named = name === '' ? {} : { name };
    const own = protocol === '' ? (protocols[text] ?? ['TCP']) : [protocol];
    const [first = 'TCP', ...others] = own;
    if (others.length === 0) return [{ ...named, protocol: first, port }];
    return own.map((each) => ({
      name: `port-${index + 1}-${each.toLowerCase()}`,
      protocol: each,
      port,
    }));
  });
}

function readPort(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new CommandFailure(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function targetOf({ targetPort }: ServiceWish, port: number): number | string {
  if (targetPort === '') return port;
  return /^[+-]?\d+$/.test(targetPort) ? Number(targetPort) : targetPort;
}
