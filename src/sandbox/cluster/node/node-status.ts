import type { ContainerImage, Node, NodeCondition } from '../../../kubernetes/api.ts';
import { tables } from '../../runtime/records.ts';
import type { Controller } from '../../simulation.ts';
import { timestamp } from '../object.ts';
import { downloadSize } from './images/image-pulls.ts';
import { type NodeContext, tell } from './node-context.ts';
import { isNodeUp, nodePowerTable } from './node-power.ts';

/** A kubelet says at least this often that its node is well (`nodeStatusReportFrequency`). */
const reportPeriod = 300_000;

/** Of more images a node does not tell (`nodeStatusMaxImages`). */
const mostImages = 50;

/**
 * What the kubelets say of their nodes: that they are well, and which images they have. A node that does not
 * run says nothing, and the node lifecycle controller draws its conclusions. Keyed by node.
 */
export function nodeStatus(context: NodeContext): Controller {
  const { cluster, simulation, runtime } = context;
  const { store } = cluster;
  return {
    name: 'node-status',
    tables: [nodePowerTable, tables.images, 'nodes'],
    concerns({ table, key, before, after }) {
      if (table === nodePowerTable) return [key];
      if (table === tables.images) return [key.slice(0, key.indexOf('/'))];
      if (table !== 'nodes') return [];
      const old = before as Node | undefined;
      const next = after as Node | undefined;
      // Somebody else took away that it is ready.
      const isDoubted = next?.status?.conditions?.some(({ status }) => status === 'Unknown');
      return !old || !next || isDoubted || old.spec !== next.spec ? [key.slice(1)] : [];
    },
    reconcile(name) {
      const node = cluster.get('nodes', undefined, name);
      if (!node || !isNodeUp(store, name)) return;
      const conditions = (node.status?.conditions ?? []).map((each) => beating(each, cluster.now));
      const wasReady = node.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
      sayCordon(node);
      const images = imagesOn(name);
      cluster.updateStatus('nodes', { ...node, status: { ...node.status, conditions, images } } as Node);
      if (!wasReady)
        tell(context, node, name, 'Normal', 'NodeReady', `Node ${name} status is now: NodeReady`);
      simulation.wake('node-status', name, cluster.now + reportPeriod);
    },
  };

  /** The kubelet tells once that somebody cordoned its node, or let Pods in again. */
  function sayCordon(node: Node): void {
    const place = `${node.metadata.name} cordoned`;
    const isCordoned = node.spec?.unschedulable === true;
    const wasCordoned = store.read(cordonTable, place) === true;
    if (isCordoned === wasCordoned) return;
    if (isCordoned) store.write(cordonTable, place, true);
    else store.delete(cordonTable, place);
    const reason = isCordoned ? 'NodeNotSchedulable' : 'NodeSchedulable';
    const { name = '' } = node.metadata;
    tell(context, node, name, 'Normal', reason, `Node ${name} status is now: ${reason}`);
  }

  function imagesOn(name: string): readonly ContainerImage[] {
    return runtime
      .images(name)
      .map(({ image, tags, digests }) => ({ names: [...digests, ...tags], sizeBytes: downloadSize(image) }))
      .sort((one, other) => other.sizeBytes - one.sizeBytes)
      .slice(0, mostImages);
  }
}

const cordonTable = 'kubelet/cordons';

/** A condition as the kubelet says it now: nothing is wrong with the node. */
function beating(condition: NodeCondition, now: number): NodeCondition {
  const { type, status } = condition;
  const at = timestamp(now);
  const wanted = type === 'Ready' ? 'True' : 'False';
  const { reason, message } = well[type] ?? condition;
  // Pressure is told of by those who notice it; only what nobody knew is known again.
  if (status === wanted || (type !== 'Ready' && status !== 'Unknown')) {
    return { ...condition, lastHeartbeatTime: at };
  }
  return {
    lastHeartbeatTime: at,
    lastTransitionTime: at,
    ...(message === undefined ? {} : { message }),
    ...(reason === undefined ? {} : { reason }),
    status: wanted,
    type,
  };
}

const well: Readonly<Record<string, { readonly reason: string; readonly message: string }>> = {
  MemoryPressure: {
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  DiskPressure: { reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  PIDPressure: { reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  Ready: { reason: 'KubeletReady', message: 'kubelet is posting ready status' },
};
