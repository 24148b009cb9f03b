import type { Pod } from '../../kubernetes/api.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Cluster } from './cluster.ts';
import { addNodeNetwork } from './network/pod-networks.ts';
import { clusterRoleBindings, clusterRoles } from './new-cluster/access.ts';
import {
  addOnAccounts,
  addOnConfigs,
  addOnDeployments,
  addOnServices,
  kubeProxy,
} from './new-cluster/add-ons.ts';
import {
  apiEndpointSlice,
  apiEndpoints,
  apiService,
  kubeadmConfig,
  namespaces,
  priorityClasses,
  standardStorageClass,
} from './new-cluster/basics.ts';
import { controlPlanePods } from './new-cluster/control-plane-pods.ts';
import { nodeAddress, nodeName } from './new-cluster/names.ts';
import { type NodeSize, nodeObject } from './new-cluster/nodes.ts';
import { containersOf } from './node/pods/pod-containers.ts';
import { keepManifest } from './node/pods/static-pods.ts';

/** How a cluster begins. */
export interface ClusterShape {
  /** How many there are in all; the first is the control plane. At least 1. */
  readonly nodes: number;
  readonly size?: NodeSize;
}

/**
 * Puts into an empty world what a cluster made by kubeadm has when it begins. What its own parts need stands
 * on its nodes already, so that they run within seconds.
 */
export function layOutCluster(cluster: Cluster, runtime: Runtime, { nodes, size }: ClusterShape): void {
  for (const each of namespaces()) cluster.create('namespaces', each);
  for (const each of priorityClasses()) cluster.create('priorityclasses.scheduling.k8s.io', each);
  for (const each of clusterRoles()) cluster.create('clusterroles.rbac.authorization.k8s.io', each);
  for (const each of clusterRoleBindings()) {
    cluster.create('clusterrolebindings.rbac.authorization.k8s.io', each);
  }
  cluster.create('storageclasses.storage.k8s.io', standardStorageClass());
  cluster.create('services', apiService());
  cluster.create('endpoints', apiEndpoints());
  cluster.create('endpointslices.discovery.k8s.io', apiEndpointSlice());
  for (const each of [kubeadmConfig(), ...addOnConfigs()]) cluster.create('configmaps', each);
  for (const each of addOnAccounts()) cluster.create('serviceaccounts', each);
  for (const each of addOnServices()) cluster.create('services', each);
  for (let place = 0; place < nodes; place++) {
    cluster.create('nodes', nodeObject(place, cluster.now, size));
    addNodeNetwork(cluster.store, nodeName(place), nodeAddress(place));
  }
  const pods = controlPlanePods();
  for (const each of pods) keepManifest(cluster.store, each);
  const deployments = addOnDeployments();
  const proxy = kubeProxy();
  for (const each of deployments) cluster.create('deployments.apps', each);
  cluster.create('daemonsets.apps', proxy);
  const onAll = imagesOf(proxy.spec?.template as Pod);
  const onFirst = [...pods, ...deployments.map(({ spec }) => spec?.template as Pod)].flatMap(imagesOf);
  for (let place = 0; place < nodes; place++) {
    for (const image of place === 0 ? [...onAll, ...onFirst] : onAll)
      haveImage(runtime, nodeName(place), image);
  }
}

function imagesOf(pod: Pod): readonly string[] {
  return containersOf(pod).map(({ spec }) => spec.image ?? '');
}

function haveImage(runtime: Runtime, node: string, image: string): void {
  const pull = runtime.resolvePull(node, image);
  if ('image' in pull) runtime.keepImage(node, pull.reference, pull.image);
}
