import type { Pod, Service, ServicePort } from '../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { isTrue } from '../../cluster/controllers/conditions.ts';
import { isAllowed, policiesFor } from '../../cluster/network/network-policies.ts';
import { networkOfPod } from '../../cluster/network/pod-networks.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { serviceOutline } from '../service-outline.ts';
import { amount, type Finding, listed } from '../why/account.ts';
import { onItsWay, trouble } from './finding.ts';
import { namespaceFlag } from './pod-flags.ts';

/** Why nothing answers behind a Service; nothing when something does. */
export function serviceFindings(sandbox: Sandbox, service: Stored<Service>): readonly Finding[] {
  const { cluster } = sandbox;
  const { name, namespace = '' } = service.metadata;
  const { selector = {}, type } = service.spec ?? {};
  const about = `Service ${name}`;
  const flag = namespaceFlag(service);
  const found: Finding[] = [];
  if (type === 'ExternalName') return found;
  if (type === 'LoadBalancer' && !service.status?.loadBalancer?.ingress?.length) {
    const because =
      'It waits for an address of a load balancer, and nobody in this cluster gives one. Its NodePort works.';
    found.push(trouble(about, [because], [`kubectl get service ${name}${flag}`]));
  }
  const { ready: endpoints } = serviceOutline(cluster, service);
  if (Object.keys(selector).length === 0) {
    if (endpoints > 0) return found;
    const because =
      'It has no selector, so nobody lists Pods behind it; and nobody has made an EndpointSlice by hand.';
    return [...found, trouble(about, [because], [`kubectl describe service ${name}${flag}`])];
  }
  const pods = cluster
    .select('pods', namespace, { matchLabels: selector })
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (pods.length === 0) {
    const because = `It has no endpoints: no Pod in the namespace ${namespace} has the labels ${labelText(selector)}.`;
    const near = nearestPods(cluster, namespace, selector);
    return [...found, trouble(about, [because, ...near], [`kubectl get pods --show-labels${flag}`])];
  }
  if (endpoints === 0) {
    const names = pods.map(({ metadata }) => metadata.name);
    const because = `${amount(pods.length, 'Pod')} ${pods.length === 1 ? 'has' : 'have'} its labels, and none is ready: ${listed(names)}.`;
    return [...found, onItsWay(about, [because], [`why pod/${names[0]}${flag}`])];
  }
  const ready = pods.filter(({ status }) => isTrue(status?.conditions, 'Ready'));
  const deaf = deafPort(sandbox, service, ready);
  if (deaf !== undefined) found.push(trouble(about, [deaf], [`kubectl describe service ${name}${flag}`]));
  const closed = closedPort(cluster, service, ready);
  if (closed !== undefined) found.push(trouble(about, [closed], [`kubectl describe networkpolicy${flag}`]));
  return found;
}

/** A port of a Service, and the ports of Pods that it leads to. */
interface Way {
  readonly port: ServicePort;
  readonly to: readonly { readonly pod: Stored<Pod>; readonly number: number }[];
}

function waysOf({ spec }: Service, pods: readonly Stored<Pod>[]): readonly Way[] {
  const { ports = [] } = spec ?? {};
  return ports.map((port) => {
    const { targetPort = port.port } = port;
    const to = pods.flatMap((pod) => {
      const number = typeof targetPort === 'number' ? targetPort : portNamed(pod, targetPort);
      return number === undefined ? [] : [{ pod, number }];
    });
    return { port, to };
  });
}

/** A port to which it sends what comes, and on which no process of its Pods listens. */
function deafPort({ runtime }: Sandbox, service: Service, pods: readonly Stored<Pod>[]): string | undefined {
  for (const { port, to } of waysOf(service, pods)) {
    if (port.protocol !== 'TCP') continue;
    const [first] = to;
    if (!first) {
      return `Its targetPort is ${port.targetPort}, and no container of its Pods has a port of that name.`;
    }
    if (!to.some(({ pod, number }) => runtime.listens(networkOfPod(pod.metadata.uid), number))) {
      return `It sends what comes on port ${port.port} to port ${first.number} of its Pods, and nothing listens there.`;
    }
  }
  return undefined;
}

/** A port that no Pod may reach, for what NetworkPolicies say. */
function closedPort(cluster: Cluster, service: Service, pods: readonly Stored<Pod>[]): string | undefined {
  const others = cluster.list('pods').filter(({ spec }) => !spec?.hostNetwork);
  for (const { port, to } of waysOf(service, pods)) {
    const policies = to.flatMap(({ pod }) => policiesFor(cluster, pod, 'Ingress'));
    const protocol = port.protocol === 'UDP' ? 'UDP' : 'TCP';
    const isOpen = to.some(
      ({
        pod: {
          metadata: { uid },
        },
        number,
      }) =>
        others.some(({ metadata: from }) => {
          if (from.uid === uid) return false;
          return isAllowed(cluster, networkOfPod(from.uid), networkOfPod(uid), number, protocol);
        }),
    );
    if (policies.length > 0 && !isOpen) {
      const names = listed(policies.map(({ metadata }) => metadata.name));
      return `NetworkPolicy ${names} lets no Pod that is here reach port ${port.port} of it.`;
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
): readonly string[] {
  const others = new Set<string>();
  for (const { metadata } of cluster.list('pods', namespace)) {
    for (const key of Object.keys(selector)) {
      const value = metadata.labels?.[key];
      if (value !== undefined && value !== selector[key]) others.add(`${key}=${value}`);
    }
  }
  return others.size === 0 ? [] : [`There are Pods with ${listed([...others].sort())}.`];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
