import type { Pod, Service } from '../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { networkOfPod } from '../../cluster/network/pod-networks.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { serviceOutline } from '../service-outline.ts';
import { amount, type Finding, listed } from '../why/account.ts';
import { namespaceFlag } from './pod-flags.ts';

/** Why nothing answers behind a Service; nothing when something does. */
export function serviceFindings(sandbox: Sandbox, service: Stored<Service>): readonly Finding[] {
  const { cluster } = sandbox;
  const { metadata, spec } = service;
  const selector = spec?.selector ?? {};
  const wanted = labelText(selector);
  const flag = namespaceFlag(service);
  const found: Finding[] = [];
  const say = (because: readonly string[], next: readonly string[], isPassing = false): void => {
    found.push({ about: `Service ${metadata.name}`, because, next, isPassing });
  };
  if (spec?.type === 'LoadBalancer' && (service.status?.loadBalancer?.ingress ?? []).length === 0) {
    say(
      [
        'It waits for an address of a load balancer, and nobody in this cluster gives one. Its NodePort works.',
      ],
      [`kubectl get service ${metadata.name}${flag}`],
    );
  }
  if (spec?.type === 'ExternalName' || wanted === '') return found;
  const pods = cluster.select('pods', metadata.namespace ?? '', { matchLabels: selector });
  const live = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const { ready } = serviceOutline(cluster, service);
  if (live.length === 0) {
    const near = nearestPods(cluster, metadata.namespace ?? '', selector);
    say(
      [
        `It has no endpoints: no Pod in the namespace ${metadata.namespace} has the labels ${wanted}.`,
        ...(near === undefined ? [] : [near]),
      ],
      [`kubectl get pods --show-labels${flag}`],
    );
    return found;
  }
  if (ready === 0) {
    say(
      [
        `${amount(live.length, 'Pod')} ${live.length === 1 ? 'has' : 'have'} its labels, and none is ready: ${listed(live.map((pod) => pod.metadata.name))}.`,
      ],
      [`why pod/${live[0]?.metadata.name}`],
      true,
    );
    return found;
  }
  const deaf = deafPort(sandbox, service, live);
  if (deaf !== undefined) say([deaf], [`kubectl describe service ${metadata.name}${flag}`]);
  return found;
}

/** A port to which it sends what comes, and on which no process of its Pods listens. */
function deafPort({ runtime }: Sandbox, { spec }: Service, pods: readonly Stored<Pod>[]): string | undefined {
  const ready = pods.filter(({ status }) =>
    status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True'),
  );
  for (const { port, targetPort = port, protocol = 'TCP' } of spec?.ports ?? []) {
    if (protocol !== 'TCP') continue;
    const named = ready.flatMap((pod) => {
      const number = typeof targetPort === 'number' ? targetPort : portNamed(pod, targetPort);
      return number === undefined ? [] : [{ pod, number }];
    });
    if (named.length === 0 && typeof targetPort === 'string') {
      return `Its targetPort is ${targetPort}, and no container of its Pods has a port of that name.`;
    }
    const isHeard = named.some(({ pod, number }) => runtime.listens(networkOfPod(pod.metadata.uid), number));
    if (named.length > 0 && !isHeard) {
      return `It sends what comes on port ${port} to port ${named[0]?.number} of its Pods, and nothing listens there.`;
    }
  }
  return undefined;
}

function portNamed({ spec }: Pod, name: string): number | undefined {
  return spec?.containers.flatMap(({ ports = [] }) => ports).find((each) => each.name === name)
    ?.containerPort;
}

/** Pods that have one of the keys with another value: most often the label has a typing mistake. */
function nearestPods(
  cluster: Cluster,
  namespace: string,
  selector: Readonly<Record<string, string>>,
): string | undefined {
  const others = new Set<string>();
  for (const { metadata } of cluster.list('pods', namespace)) {
    for (const key of Object.keys(selector)) {
      const value = metadata.labels?.[key];
      if (value !== undefined && value !== selector[key]) others.add(`${key}=${value}`);
    }
  }
  return others.size === 0 ? undefined : `There are Pods with ${listed([...others].sort())}.`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
