import type { ServiceSpec } from '../../../../src/kubernetes/api.ts';
import { ClusterNetwork } from '../../../../src/sandbox/cluster/network/cluster-network.ts';
import { OneNode } from '../node/one-node.ts';

/** A shop, and the network it is in. */
export interface Place {
  readonly world: OneNode;
  readonly network: ClusterNetwork;
  /** Networks of the Pods by name. */
  readonly of: (pod: string) => string;
}

/** Two Pods of a shop, a name server, and what leads to them. */
export function shop(): Place {
  const world = OneNode.fresh('nginx:1.28');
  const { cluster } = world;
  const container = { name: 'web', image: 'nginx:1.28', ports: [{ containerPort: 80, name: 'http' }] };
  for (const name of ['web', 'client', 'dns']) world.run(name, { containers: [container] }, { app: name });
  world.watch('web', 5);
  const network = new ClusterNetwork(cluster);
  const service = (namespace: string, name: string, spec: ServiceSpec, pod?: string, port = 80) => {
    cluster.create('services', { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });
    const found = pod === undefined ? undefined : world.pod(pod);
    cluster.create('endpointslices.discovery.k8s.io', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: found
        ? [
            {
              addresses: [found.status?.podIP ?? ''],
              conditions: { ready: true },
              ...(name === 'plain' ? {} : { hostname: 'web-0' }),
              nodeName: 'worker-1',
            },
          ]
        : [],
      ports: [{ name: '', port, protocol: spec.ports?.[0]?.protocol ?? 'TCP' }],
    });
  };
  cluster.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } });
  service(
    'kube-system',
    'kube-dns',
    { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP' }] },
    'dns',
    53,
  );
  service(
    'default',
    'web',
    { clusterIP: '10.96.1.1', ports: [{ port: 8080, targetPort: 80, nodePort: 30080 }] },
    'web',
  );
  service('default', 'empty', { clusterIP: '10.96.1.2', ports: [{ port: 80 }] });
  service('default', 'peers', { clusterIP: 'None', ports: [{ port: 80 }] }, 'web');
  service('default', 'plain', { clusterIP: 'None', ports: [{ port: 80 }] }, 'web');
  service('default', 'outside', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' });
  return { world, network, of: (pod) => `pod/${world.pod(pod)?.metadata.uid}` };
}
