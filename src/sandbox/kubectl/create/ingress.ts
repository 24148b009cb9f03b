import type { Steps } from '../../effects.ts';
import { onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { createGenerated } from './generated.ts';

/** `kubectl create ingress NAME --rule=host/path=service:port[,tls[=secret]]` */
export function* runCreateIngress(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const rules = options.all('--rule');
  const fallback = options.text('--default-backend', '');
  const annotations = options.all('--annotation');
  demandFitting(rules, annotations, fallback);
  const className = options.text('--class');
  const tls = tlsOf(rules);
  return yield* createGenerated(
    context,
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name,
        ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations.map(pairOf)) } : {}),
      },
      spec: {
        ...(className ? { ingressClassName: className } : {}),
        ...(fallback === '' ? {} : { defaultBackend: backendOf(fallback) }),
        ...(tls.length > 0 ? { tls } : {}),
        rules: rulesOf(rules),
      },
    },
    'ingress:',
  );
}

function demandFitting(rules: readonly string[], annotations: readonly string[], fallback: string): void {
  if (fallback === '' && rules.length === 0) {
    throw new CommandFailure(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  }
  const odd = rules.find((rule) => !/^[\w*.-]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/.test(rule));
  if (odd !== undefined) {
    throw new CommandFailure(
      `rule ${odd} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
    );
  }
  const strange = annotations.find((annotation) => !annotation.includes('='));
  if (strange !== undefined) {
    throw new CommandFailure(`annotation ${strange} is invalid and should be in format key=[value]`);
  }
  if (fallback !== '' && fallback.split(':').length !== 2) {
    throw new CommandFailure('default-backend should be in format servicename:serviceport');
  }
}

function pairOf(text: string): [string, string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals), text.slice(equals + 1)];
}

interface Tls {
  readonly hosts?: string[];
  readonly secretName?: string;
}

/** Hosts with the same secret stand together; each host is named once. */
function tlsOf(rules: readonly string[]): readonly Tls[] {
  const found: Tls[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const parts = rule.split(',');
    if (parts.length !== 2) continue;
    const [host = ''] = rule.split('/');
    const secretName = parts[1]?.split('=')[1] ?? '';
    if (seen.has(host)) continue;
    seen.add(host);
    const same = found.find((each) => (each.secretName ?? '') === secretName);
    if (same?.hosts) same.hosts.push(host);
    else if (host !== '' || secretName !== '') {
      found.push({ ...(host === '' ? {} : { hosts: [host] }), ...(secretName === '' ? {} : { secretName }) });
    }
  }
  return found;
}

interface Rule {
  readonly host?: string;
  readonly http: { readonly paths: unknown[] };
}

function rulesOf(rules: readonly string[]): readonly Rule[] {
  const found: Rule[] = [];
  for (const rule of rules) {
    const [address = ''] = rule.split(',');
    const slash = address.indexOf('/');
    const host = address.slice(0, slash);
    const path = pathOf(address.slice(slash + 1));
    const same = found.find((each) => (each.host ?? '') === host);
    if (same) same.http.paths.push(path);
    else found.push({ ...(host === '' ? {} : { host }), http: { paths: [path] } });
  }
  return found;
}

function pathOf(text: string): unknown {
  const [start = '', service = ''] = text.split('=');
  const path = `/${start}`;
  const isPrefix = path.endsWith('*');
  return {
    path: isPrefix ? path.slice(0, -1) : path,
    pathType: isPrefix ? 'Prefix' : 'Exact',
    backend: backendOf(service),
  };
}

function backendOf(text: string): unknown {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}
