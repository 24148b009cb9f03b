import { sha256 } from '../../images/sha256.ts';
import type { CriContainer, CriSandbox } from './pods-on-node.ts';

/** Where the kubelet has containerd write the logs of a Pod. */
export function logFolder({ namespace, name, uid }: CriSandbox): string {
  return `/var/log/pods/${namespace}_${name}_${uid}`;
}

/** The log of one container: each start has a file of its own. */
export function logPath({ sandbox, name, attempt }: CriContainer): string {
  return `${logFolder(sandbox)}/${name}/${attempt}.log`;
}

/** The name by which log collectors find the log of a container. */
export function logLink({ sandbox, name, container }: CriContainer): string {
  return `/var/log/containers/${sandbox.name}_${sandbox.namespace}_${name}-${container.id}.log`;
}

/** The control group of a Pod, by its quality of service. */
export function podGroup({ uid, pod }: CriSandbox): string {
  const quality = pod?.status?.qosClass ?? 'BestEffort';
  const parent = quality === 'Guaranteed' ? '' : `${quality.toLowerCase()}/`;
  return `/kubepods/${parent}pod${uid}`;
}

/** Plugins by whose names the kubelet keeps volumes apart. */
const plugins: readonly (readonly [string, string])[] = [
  ['configMap', 'configmap'],
  ['secret', 'secret'],
  ['emptyDir', 'empty-dir'],
  ['projected', 'projected'],
  ['downwardAPI', 'downward-api'],
];

/** The plugin that fills a volume; undefined for one that a machine or a claim has. */
export function pluginOf(volume: object): string | undefined {
  return plugins.find(([field]) => field in volume)?.[1];
}

/** A mount of a container as containerd was told of it. */
export interface NodeMount {
  readonly containerPath: string;
  readonly hostPath: string;
  readonly readonly: boolean;
}

/**
 * What a container mounts, by paths of the node.
 *
 * @param claimPath where on the node the volume of a claim is
 */
export function mountsOnNode(
  { sandbox, name }: CriContainer,
  claimPath: (claim: string) => string | undefined,
): readonly NodeMount[] {
  const { pod, uid } = sandbox;
  const base = `/var/lib/kubelet/pods/${uid}`;
  const spec = [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])].find(
    (each) => each.name === name,
  );
  const own = (spec?.volumeMounts ?? []).flatMap((mount, place): NodeMount[] => {
    const volume = pod?.spec?.volumes?.find((each) => each.name === mount.name);
    if (!volume) return [];
    const plugin = pluginOf(volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    const path =
      volume.hostPath?.path ??
      (claim === undefined ? undefined : claimPath(claim)) ??
      `${base}/volumes/kubernetes.io~${plugin ?? 'unknown'}/${mount.name}`;
    const isGiven = plugin !== undefined && plugin !== 'empty-dir';
    // A part of a volume is bound to a place of its own, so that nobody can change what it leads to.
    const hostPath = mount.subPath ? `${base}/volume-subpaths/${mount.name}/${name}/${place}` : path;
    return [{ containerPath: mount.mountPath, hostPath, readonly: mount.readOnly === true || isGiven }];
  });
  const words = sha256(`last words ${uid} ${name}`).slice(0, 8);
  return [
    ...own,
    { containerPath: '/etc/hosts', hostPath: `${base}/etc-hosts`, readonly: false },
    {
      containerPath: spec?.terminationMessagePath ?? '/dev/termination-log',
      hostPath: `${base}/containers/${name}/${words}`,
      readonly: false,
    },
  ];
}
