import type { Store } from '../../store.ts';

/** A network that something in the cluster has an address in: that of a Pod, or of a node. */
export interface ClusterNetworkRecord {
  readonly id: string;
  readonly address: string;
  readonly node: string;
  /** Key of the Pod whose own it is; a node's has none. */
  readonly pod?: string;
}

const table = 'network/networks';
const lastTable = 'network/last-address';

/** How many Pods a node of the sandbox has room for: 10.244.1.2 to 10.244.1.254. */
const mostPerNode = 253;

/** The network of the Pod with a uid. */
export function networkOfPod(uid: string): string {
  return `pod/${uid}`;
}

/** The network of a node, which its own processes and the Pods with `hostNetwork` are in. */
export function networkOfNode(node: string): string {
  return `node/${node}`;
}

/** What is known of a network. */
export function networkRecord(store: Store, network: string): ClusterNetworkRecord | undefined {
  return store.read(table, network) as ClusterNetworkRecord | undefined;
}

/** The network that has an address. */
export function networkAt(store: Store, address: string): string | undefined {
  const [found] = byAddress(store).entries(address) as readonly ClusterNetworkRecord[];
  return found?.id;
}

/**
 * Gives a Pod's network the next free address of its node's range, one after the other and then from the
 * beginning, as the plugin host-local does (github.com/containernetworking/plugins).
 *
 * @param range of the node, such as `10.244.1.0/24`
 * @throws Error when no address is left
 */
export function joinNetwork(store: Store, network: string, node: string, range: string, pod: string): string {
  const known = networkRecord(store, network);
  if (known) return known.address;
  const base = range.slice(0, range.lastIndexOf('.'));
  const index = byAddress(store);
  let last = (store.read(lastTable, node) as number | undefined) ?? 1;
  for (let tries = 0; tries < mostPerNode; tries++) {
    last = last >= mostPerNode + 1 ? 2 : last + 1;
    const address = `${base}.${last}`;
    if (index.count(address) > 0) continue;
    store.write(lastTable, node, last);
    store.write(table, network, { id: network, address, node, pod });
    return address;
  }
  throw new Error(`no addresses available in range ${range}`);
}

/** Makes the network of a node known. */
export function addNodeNetwork(store: Store, node: string, address: string): void {
  const id = networkOfNode(node);
  store.write(table, id, { id, address, node });
}

/** Gives an address back. */
export function leaveNetwork(store: Store, network: string): void {
  store.delete(table, network);
}

function byAddress(store: Store) {
  return store.index(table, 'address', ({ address }: ClusterNetworkRecord) => [address]);
}
