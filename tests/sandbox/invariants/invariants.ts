import type { Pod, ReplicaSet } from '../../../src/kubernetes/api.ts';
import { type ApiObject, fitsSelector, type Stored } from '../../../src/sandbox/cluster/object.ts';
import { isResource, type Kinds, type Resource } from '../../../src/sandbox/cluster/resources.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

/**
 * What is wrong with a cluster that had time to come to rest, in sentences; nothing in a sound one. Whatever
 * was done to it, all of this holds.
 */
export function brokenInvariants(sandbox: Sandbox): readonly string[] {
  return [
    ...wrongVersions(sandbox),
    ...orphans(sandbox),
    ...sharedAddresses(sandbox),
    ...wrongClaims(sandbox),
    ...lostPods(sandbox),
    ...wrongReplicas(sandbox),
    ...unreadyPods(sandbox),
    ...wrongEndpoints(sandbox),
  ];
}

/** Images that start, stay up and answer. */
const goodImages = ['nginx:1.27', 'nginx:1.28', 'registry.example.com/shop/web:1.4'] as const;

function allObjects({ cluster }: Sandbox): readonly (readonly [Resource, Stored<ApiObject>])[] {
  return Object.entries(cluster.store.snapshot().tables).flatMap(([table, entries]) =>
    isResource(table)
      ? Object.values(entries).map((each) => [table, each as Stored<ApiObject>] as const)
      : [],
  );
}

function wrongVersions(sandbox: Sandbox): readonly string[] {
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const [table, { metadata }] of allObjects(sandbox)) {
    const { name, resourceVersion } = metadata;
    if (seen.has(resourceVersion)) wrong.push(`${table} ${name} shares the version ${resourceVersion}`);
    seen.add(resourceVersion);
    if (Number(resourceVersion) > sandbox.cluster.store.revision) {
      wrong.push(`${table} ${name} has a version to come: ${resourceVersion}`);
    }
  }
  return wrong;
}

function orphans(sandbox: Sandbox): readonly string[] {
  const objects = allObjects(sandbox);
  const uids = new Set(objects.map(([, { metadata }]) => metadata.uid));
  return objects
    .filter(([, { metadata }]) => {
      const owners = metadata.ownerReferences ?? [];
      // What is on its way out may wait for its node.
      if (owners.length === 0 || metadata.deletionTimestamp !== undefined) return false;
      return !owners.some(({ uid }) => uids.has(uid ?? ''));
    })
    .map(([table, { metadata }]) => `${table} ${metadata.namespace}/${metadata.name} has lost its owner`);
}

function sharedAddresses({ cluster }: Sandbox): readonly string[] {
  const pods = cluster
    .list('pods')
    .filter((pod) => !isFinished(pod) && !pod.spec?.hostNetwork && pod.status?.podIP)
    .map((pod) => [pod.status?.podIP ?? '', `Pod ${pod.metadata.name}`] as const);
  const services = cluster
    .list('services')
    .map(({ metadata, spec }) => [spec?.clusterIP ?? '', `Service ${metadata.name}`] as const)
    .filter(([address]) => address !== '' && address !== 'None');
  const owners = new Map<string, string>();
  const wrong: string[] = [];
  for (const [address, owner] of [...pods, ...services]) {
    const other = owners.get(address);
    if (other !== undefined) wrong.push(`${owner} has the address of ${other}: ${address}`);
    owners.set(address, owner);
  }
  return wrong;
}

function wrongClaims({ cluster }: Sandbox): readonly string[] {
  const claims = new Map(cluster.list('persistentvolumeclaims').map((each) => [each.metadata.uid, each]));
  const wrong: string[] = [];
  const claimed = new Map<string, string>();
  for (const { metadata, spec, status } of cluster.list('persistentvolumes')) {
    const uid = spec?.claimRef?.uid;
    if (
      status?.phase === 'Bound' &&
      (uid === undefined || claims.get(uid)?.spec?.volumeName !== metadata.name)
    ) {
      wrong.push(`volume ${metadata.name} is bound to a claim that does not name it`);
    }
    if (uid !== undefined && claimed.has(uid))
      wrong.push(`a claim has ${claimed.get(uid)} and ${metadata.name}`);
    if (uid !== undefined) claimed.set(uid, metadata.name);
  }
  const volumes = new Map(cluster.list('persistentvolumes').map((each) => [each.metadata.name, each]));
  for (const { metadata, spec, status } of claims.values()) {
    if (status?.phase !== 'Bound') continue;
    if (volumes.get(spec?.volumeName ?? '')?.spec?.claimRef?.uid !== metadata.uid) {
      wrong.push(`claim ${metadata.name} is bound to a volume that is not its own: ${spec?.volumeName}`);
    }
  }
  return wrong;
}

function lostPods({ cluster }: Sandbox): readonly string[] {
  return cluster
    .list('pods')
    .filter(({ spec }) => spec?.nodeName && !cluster.get('nodes', undefined, spec.nodeName))
    .map(({ metadata, spec }) => `Pod ${metadata.name} is on a node that is not there: ${spec?.nodeName}`);
}

function wrongReplicas({ cluster }: Sandbox): readonly string[] {
  const wrong: string[] = [];
  // A Namespace that is on its way out takes nothing new, and may wait for what is on a node without power.
  const isClosing = ({ metadata }: Stored<ApiObject>): boolean =>
    cluster.get('namespaces', undefined, metadata.namespace ?? '')?.metadata.deletionTimestamp !== undefined;
  const owned = (owner: Stored<ApiObject>): readonly Stored<Pod>[] =>
    cluster
      .list('pods', owner.metadata.namespace)
      .filter((pod) =>
        pod.metadata.ownerReferences?.some(({ uid, controller }) => controller && uid === owner.metadata.uid),
      )
      .filter((pod) => pod.metadata.deletionTimestamp === undefined && !isFinished(pod));
  for (const set of cluster.list('replicasets.apps') as readonly Stored<ReplicaSet>[]) {
    if (set.metadata.deletionTimestamp !== undefined || isClosing(set)) continue;
    const [wanted, there] = [set.spec?.replicas ?? 1, owned(set).length];
    if (wanted !== there) wrong.push(`ReplicaSet ${set.metadata.name} wants ${wanted} Pods and has ${there}`);
    if ((set.status?.replicas ?? 0) !== there) {
      wrong.push(`ReplicaSet ${set.metadata.name} says ${set.status?.replicas} and has ${there}`);
    }
  }
  for (const set of cluster.list('daemonsets.apps')) {
    if (set.metadata.deletionTimestamp !== undefined || isClosing(set)) continue;
    // A Pod that it took up is for no node as long as it is on none.
    const places = owned(set).flatMap(({ spec }) => spec?.nodeName ?? []);
    const wanted = set.status?.desiredNumberScheduled ?? 0;
    const isTwice = new Set(places).size < places.length;
    if (isTwice || owned(set).length < wanted) {
      wrong.push(`DaemonSet ${set.metadata.name} wants ${wanted} Pods and has them on ${places}`);
    }
  }
  for (const set of cluster.list('statefulsets.apps')) {
    const most = set.spec?.replicas ?? 1;
    if (owned(set).length > most) wrong.push(`StatefulSet ${set.metadata.name} has more Pods than ${most}`);
  }
  return wrong;
}

/** What could run does, and what is said of it is true. */
function unreadyPods(sandbox: Sandbox): readonly string[] {
  const { cluster } = sandbox;
  return cluster
    .list('pods')
    .filter(({ metadata, spec }) => {
      const node = cluster.get('nodes', undefined, spec?.nodeName ?? '');
      const isUp = node?.status?.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      );
      // Two servers in one Pod cannot have the same port.
      const isGood =
        spec?.containers.length === 1 && goodImages.some((each) => each === spec.containers[0]?.image);
      return isUp && isGood && metadata.deletionTimestamp === undefined;
    })
    .filter((pod) => !isFinished(pod) && !isReady(pod))
    .map(({ metadata, status }) => `Pod ${metadata.name} could be ready: ${JSON.stringify(status)}`);
}

function wrongEndpoints({ cluster }: Sandbox): readonly string[] {
  return cluster.list('services').flatMap((service): readonly string[] => {
    const { name, namespace } = service.metadata;
    const selector = service.spec?.selector;
    if (!selector || Object.keys(selector).length === 0) return [];
    const expected = cluster
      .list('pods', namespace)
      .filter((pod) => fitsSelector({ matchLabels: selector }, pod.metadata.labels))
      .filter((pod) => pod.metadata.deletionTimestamp === undefined && isReady(pod) && !isFinished(pod))
      .map((pod) => pod.status?.podIP ?? '')
      .sort();
    const found = cluster
      .list('endpointslices.discovery.k8s.io', namespace)
      .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
      .flatMap(({ endpoints = [] }) => endpoints)
      .filter(({ conditions }) => conditions?.ready)
      .flatMap(({ addresses }) => addresses)
      .sort();
    if (JSON.stringify(expected) === JSON.stringify(found)) return [];
    return [`Service ${name} has the endpoints ${found} and the ready Pods ${expected}`];
  });
}

function isReady(pod: Kinds['pods']): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function isFinished(pod: Kinds['pods']): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}
