import type { Pod, PodSpec } from '../../../../src/kubernetes/api.ts';
import { Cluster } from '../../../../src/sandbox/cluster/cluster.ts';
import { addNodeNetwork } from '../../../../src/sandbox/cluster/network/pod-networks.ts';
import { nodeObject } from '../../../../src/sandbox/cluster/new-cluster/nodes.ts';
import { settledProbes } from '../../../../src/sandbox/cluster/node/containers/settled-probes.ts';
import { kubelet } from '../../../../src/sandbox/cluster/node/kubelet.ts';
import { volumeRefresh } from '../../../../src/sandbox/cluster/node/volumes/volume-refresh.ts';
import { Runtime } from '../../../../src/sandbox/runtime/runtime.ts';
import { Simulation } from '../../../../src/sandbox/simulation.ts';
import { Store } from '../../../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../../../src/sandbox/world.ts';

export const begin = Date.parse('2026-11-20T09:00:00Z');
export const node = 'worker-1';

/** A cluster of one node, with the kubelet and the runtime, and nothing else that acts. */
export class OneNode {
  readonly simulation: Simulation;
  readonly cluster: Cluster;
  readonly runtime: Runtime;

  constructor(world: World = emptyWorld(begin, 7)) {
    const store = new Store(world);
    this.simulation = new Simulation(store);
    this.cluster = new Cluster(store);
    this.runtime = new Runtime(this.simulation);
    const context = { cluster: this.cluster, simulation: this.simulation, runtime: this.runtime };
    this.simulation.add(kubelet(context));
    this.simulation.add(settledProbes(context));
    this.simulation.add(volumeRefresh(context));
  }

  /** With the node, the namespace and these images. */
  static fresh(...images: readonly string[]): OneNode {
    const made = new OneNode();
    made.cluster.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', labels: { 'kubernetes.io/metadata.name': 'default' } },
    });
    made.cluster.create('nodes', nodeObject(1, begin));
    addNodeNetwork(made.cluster.store, node, '172.30.0.12');
    for (const image of images) {
      const pull = made.runtime.resolvePull(node, image);
      if ('image' in pull) made.runtime.keepImage(node, image, pull.image);
    }
    return made;
  }

  pod(name: string): Pod | undefined {
    return this.cluster.get('pods', 'default', name);
  }

  /** Makes a Pod that is on the node already, as the scheduler leaves it. */
  run(name: string, spec: Partial<PodSpec> & Pick<PodSpec, 'containers'>, labels = {}): void {
    this.cluster.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec: {
        nodeName: node,
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
        enableServiceLinks: true,
        ...spec,
      },
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'True' }],
      },
    });
  }

  /** Everything that a Pod's status said in the course of some time, each thing once in a row. */
  watch(name: string, seconds: number): readonly string[] {
    const said: string[] = [];
    const listen = (change: { table: string; key: string; after: unknown }) => {
      if (change.table !== 'pods' || change.key !== `default/${name}`) return;
      const text = change.after === undefined ? 'gone' : summary(change.after as Pod);
      if (said.at(-1) !== text) said.push(text);
    };
    this.cluster.store.listen(listen);
    this.simulation.advance(seconds * 1000);
    this.cluster.store.unlisten(listen);
    return said;
  }

  /** What was told about a Pod: `Reason xN: message`. */
  events(name: string): readonly string[] {
    return this.cluster
      .list('events', 'default')
      .filter(({ involvedObject }) => involvedObject.name === name)
      .map(({ reason, count, message }) => `${reason} x${count}: ${message}`)
      .sort();
  }
}

/** A Pod in a few words: `Running web:Running/1*`, where * means ready and 1 how often it was restarted. */
function summary({ status }: Pod): string {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const parts = all.map(({ name, state, restartCount, ready }) => {
    const text = state?.running ? 'Running' : (state?.waiting?.reason ?? state?.terminated?.reason ?? '?');
    return `${name}:${text}${restartCount > 0 ? `/${restartCount}` : ''}${ready ? '*' : ''}`;
  });
  return [status?.phase, status?.reason, ...parts].filter(Boolean).join(' ');
}

/** A container of busybox that runs a line of shell. */
export function shell(name: string, line: string) {
  return { name, image: 'busybox:1.36', command: ['sh', '-c', line], resources: {} };
}
