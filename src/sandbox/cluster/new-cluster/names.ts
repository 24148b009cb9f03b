/** The release of Kubernetes that the sandbox is. */
export const kubernetesVersion = 'v1.36.3';

/** The name of the node that the control plane runs on. */
export const controlPlaneNode = 'control-plane';

/** The address of a node, by its place: the control plane has the first. */
export function nodeAddress(place: number): string {
  const last = 11 + place;
  return `172.30.${Math.floor(last / 256)}.${last % 256}`;
}

/** The name of a node, by its place. */
export function nodeName(place: number): string {
  return place === 0 ? controlPlaneNode : `worker-${place}`;
}

/** The range of the addresses of a node's Pods, by its place. */
export function podRange(place: number): string {
  return `10.244.${place}.0/24`;
}
