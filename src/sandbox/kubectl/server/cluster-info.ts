import type { Service } from '../../../kubernetes/api.ts';
import { print, type Steps } from '../../effects.ts';
import { findServer } from '../config.ts';
import type { KubectlContext } from '../context.ts';
import type { ObjectList } from '../selecting/selection.ts';
import { get } from './client.ts';

/** `kubectl cluster-info` (k8s.io/kubectl/pkg/cmd/clusterinfo); its dump is not simulated. */
export function* runClusterInfo(context: KubectlContext): Steps<number> {
  const { options, surroundings } = context;
  yield* context.target();
  const server = yield* findServer(options, surroundings);
  const namespace = options.text('--namespace') || 'kube-system';
  const list = yield* get<ObjectList>(`/api/v1/namespaces/${namespace}/services`, {
    labelSelector: 'kubernetes.io/cluster-service=true',
  });
  yield* print(`Kubernetes control plane is running at ${server}\n`);
  for (const service of list.items as readonly unknown[] as readonly Service[]) {
    const { labels, name } = service.metadata;
    yield* print(`${labels?.['kubernetes.io/name'] || name} is running at ${linkTo(service, server)}\n`);
  }
  yield* print("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  return 0;
}

function linkTo({ metadata, spec, status }: Service, server: string): string {
  const [balancer] = status?.loadBalancer?.ingress ?? [];
  const { namespace, name = '' } = metadata;
  if (balancer) {
    const host = balancer.ip || balancer.hostname || '';
    return (spec?.ports ?? []).map(({ port }) => `http://${host}:${port} `).join('');
  }
  const [port] = spec?.ports ?? [];
  const isSecure = port?.name === 'https' || port?.port === 443;
  const scheme = isSecure ? 'https' : '';
  const whole = port ? joinedName(scheme, name, port.name ?? '') : name;
  return `${server}/api/v1/namespaces/${namespace}/services/${whole}/proxy`;
}

/** `https:web:http`, without what is not there. */
function joinedName(scheme: string, name: string, port: string): string {
  if (scheme !== '') return `${scheme}:${name}:${port}`;
  return port === '' ? name : `${name}:${port}`;
}
