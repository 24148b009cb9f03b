import { isName } from '../../../kubernetes/names.ts';
import { noPortName } from '../changing/name-rules.ts';
import { demandFlags, onlyName } from '../changing/usage.ts';
import type { KubectlContext, RunCommand } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { createGenerated } from './generated.ts';

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

/** `kubectl create service clusterip|nodeport|loadbalancer|externalname NAME --tcp=port[:targetPort]` */
export function createService(type: ServiceType): RunCommand {
  return function* (context: KubectlContext) {
    const { options } = context;
    if (type === 'ExternalName') demandFlags(options, '--external-name');
    const name = onlyName(context);
    const clusterIP = options.text('--clusterip', '');
    const pairs = options.list('--tcp');
    const externalName = options.text('--external-name', '');
    if (clusterIP !== 'None' && pairs.length === 0 && type !== 'ExternalName') {
      throw new CommandFailure('at least one tcp port specifier must be provided');
    }
    if (type === 'ExternalName' && !isName(externalName, 'subdomain')) {
      throw new CommandFailure(`invalid service external name ${externalName}`);
    }
    const nodePort = options.number('--node-port', 0);
    const ports = pairs.map((pair) => ({
      name: pair.replaceAll(':', '-'),
      protocol: 'TCP',
      ...readPorts(pair),
      ...(nodePort === 0 ? {} : { nodePort }),
    }));
    return yield* createGenerated(
      context,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, labels: { app: name } },
        spec: {
          type,
          selector: { app: name },
          ...(ports.length > 0 ? { ports } : {}),
          ...(externalName === '' ? {} : { externalName }),
          ...(clusterIP === '' ? {} : { clusterIP }),
        },
      },
      `${type} service:`,
    );
  };
}

function readPorts(pair: string): { readonly port: number; readonly targetPort: number | string } {
  const [first = '', target] = pair.split(':');
  const port = parsePort(first);
  if (target === undefined) return { port, targetPort: port };
  if (/^[+-]?\d+$/.test(target)) {
    const number = Number(target);
    if (number >= 1 && number <= 65535) return { port, targetPort: number };
    throw new CommandFailure('must be between 1 and 65535, inclusive');
  }
  const why = noPortName(target);
  if (why) throw new CommandFailure(why);
  return { port, targetPort: target };
}

function parsePort(text: string): number {
  const says = `strconv.ParseUint: parsing ${JSON.stringify(text)}`;
  if (!/^\d+$/.test(text)) throw new CommandFailure(`${says}: invalid syntax`);
  if (Number(text) > 65535) throw new CommandFailure(`${says}: value out of range`);
  return Number(text);
}
