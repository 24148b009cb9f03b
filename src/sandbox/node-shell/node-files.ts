import type { Pod } from '../../kubernetes/api.ts';
import { addressOfNode } from '../cluster/node/node-context.ts';
import { goYaml } from '../go/go-yaml.ts';
import type { FileNode } from '../runtime/file-tree.ts';
import type { Volume } from '../runtime/volume.ts';
import { volumeTable } from '../runtime/volume.ts';
import type { Machine } from '../shell/laptop/laptop.ts';
import { type NodeParts, podRange } from './cri/node-parts.ts';
import { logFolder, logLink, logPath, pluginOf } from './cri/node-paths.ts';
import { type CriContainer, podsOnNode } from './cri/pods-on-node.ts';
import { crictlConfig } from './crictl/info.ts';

/** Folders that hold what the machinery of a node writes by itself: here it can only be read. */
const sealed: readonly string[] = [
  '/etc/cni',
  '/etc/containerd',
  '/etc/crictl.yaml',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/kubernetes',
  '/etc/os-release',
  '/var/lib/kubelet',
  '/var/log/containers',
  '/var/log/pods',
];

/** The volume in which a node's own files are: what a `hostPath` mounts is a part of it. */
const ownVolume = 'node';

/** Folders that every machine has. */
const usualFolders = [
  '/etc',
  '/home',
  '/mnt',
  '/opt',
  '/root',
  '/srv',
  '/tmp',
  '/usr/bin',
  '/var/lib',
  '/var/log',
  '/var/tmp',
];

/** A node as a machine that somebody types on. */
export function nodeMachine(parts: NodeParts): Machine {
  return {
    files: `${parts.node}/${ownVolume}`,
    settings: `node-shell/${parts.node}`,
    home: '/root',
    user: 'root',
    owner: '0:0',
    shown: () => shownFiles(parts),
    sealed,
  };
}

/** Sees to it that a node has the folders that every machine has. */
export function layOutNode({ cluster, node }: NodeParts): void {
  const key = `${node}/${ownVolume}`;
  const volume = (cluster.store.read(volumeTable, key) ?? { files: {} }) as Volume;
  const missing = usualFolders.filter((path) => !volume.files[path]);
  if (missing.length === 0) return;
  const made = missing.map((path): [string, FileNode] => {
    const mode = path === '/tmp' || path === '/var/tmp' ? 0o1777 : path === '/root' ? 0o700 : 0o755;
    return [path, { kind: 'folder', mode, owner: '0:0', at: bootedAt({ cluster, node }) }];
  });
  const files = { ...volume.files, ...Object.fromEntries(made) };
  cluster.store.write(volumeTable, key, { ...volume, files });
}

/** When a node came into being. */
export function bootedAt({ cluster, node }: Pick<NodeParts, 'cluster' | 'node'>): number {
  return Date.parse(cluster.get('nodes', undefined, node)?.metadata.creationTimestamp ?? '') || 0;
}

/** What the kubelet, containerd and kubeadm have written on a node. */
function shownFiles(parts: NodeParts): Volume['files'] {
  const at = bootedAt(parts);
  const file = (content: string, mode = 0o644): FileNode => {
    return { kind: 'file', content, mode, owner: '0:0', at };
  };
  const folder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at };
  const files: Record<string, FileNode> = {
    '/etc/cni/net.d/10-pods.conflist': file(networkConfig(parts)),
    '/etc/containerd/config.toml': file(containerdConfig),
    '/etc/crictl.yaml': file(crictlYaml()),
    '/etc/hostname': file(`${parts.node}\n`),
    '/etc/hosts': file(hostsFile(parts)),
    '/etc/kubernetes/kubelet.conf': file(kubeletKubeconfig, 0o600),
    '/etc/kubernetes/manifests': folder,
    '/etc/kubernetes/pki': folder,
    '/etc/os-release': file(osRelease),
    '/var/lib/kubelet/config.yaml': file(kubeletSettings),
    '/var/lib/kubelet/kubeadm-flags.env': file(`KUBELET_KUBEADM_ARGS="--node-ip=${addressOf(parts)}"\n`),
    '/var/lib/kubelet/pods': folder,
    '/var/log/containers': folder,
    '/var/log/pods': folder,
  };
  for (const manifest of manifestsOn(parts)) {
    files[`/etc/kubernetes/manifests/${manifest.metadata.labels?.component ?? manifest.metadata.name}.yaml`] =
      file(goYaml(withoutStatus(manifest)), 0o600);
  }
  for (const { sandboxes, containers } of podsOnNode(parts)) {
    for (const sandbox of sandboxes) files[logFolder(sandbox)] = { ...folder, at: sandbox.createdAt };
    for (const each of containers) {
      const path = logPath(each);
      files[path] = logFile(parts, each);
      files[logLink(each)] = { kind: 'link', target: path, at: each.container.createdAt };
    }
  }
  Object.assign(files, volumeFiles(parts));
  return files;
}

/** The log of a container in the form that the kubelet and containerd have agreed on; it is read when it is asked for. */
function logFile({ runtime, node }: NodeParts, { container }: CriContainer): FileNode {
  return {
    kind: 'file',
    get content() {
      return runtime
        .logs(node, container.id)
        .map(({ at, stream, text }) => {
          const time = new Date(at).toISOString().replace('Z', '000000Z');
          const [tag, line] = text.endsWith('\n') ? ['F', text.slice(0, -1)] : ['P', text];
          return `${time} ${stream} ${tag} ${line}\n`;
        })
        .join('');
    },
    mode: 0o640,
    owner: '0:0',
    at: container.createdAt,
  };
}

/** What stands in the volumes of the Pods that go with them. */
function volumeFiles({ cluster, node }: NodeParts): Record<string, FileNode> {
  const found: Record<string, FileNode> = {};
  const start = `${node}/pods/`;
  for (const [key, volume] of Object.entries(cluster.store.table(volumeTable)) as [string, Volume][]) {
    const [uid = '', name = '', ...rest] = key.startsWith(start) ? key.slice(start.length).split('/') : [];
    if (uid === '' || name === 'last-words' || name === 'frozen' || rest.length > 0) continue;
    const pod = cluster.podsOn(node).find(({ metadata }) => metadata.uid === uid);
    const kind = pod?.spec?.volumes?.find((each) => each.name === name);
    const plugin = pluginOf(kind ?? {}) ?? 'empty-dir';
    const folder = `/var/lib/kubelet/pods/${uid}/volumes/kubernetes.io~${plugin}/${name}`;
    found[folder] = { kind: 'folder', mode: 0o777, owner: '0:0', at: cluster.now };
    for (const [path, file] of Object.entries(volume.files)) found[`${folder}${path}`] = file;
  }
  return found;
}

function manifestsOn({ cluster, node }: NodeParts): readonly Pod[] {
  const all = Object.values(cluster.store.table('kubelet/manifests')) as Pod[];
  return all.filter(({ spec }) => spec?.nodeName === node);
}

/** A manifest says nothing of where it is: it is on that node. */
function withoutStatus({ apiVersion, kind, metadata, spec }: Pod): object {
  const { nodeName: _, ...own } = spec ?? {};
  const { labels, namespace } = metadata;
  const name = labels?.component ?? metadata.name;
  return { apiVersion, kind, metadata: { labels, name, namespace }, spec: own };
}

function addressOf({ cluster, node }: NodeParts): string {
  return addressOfNode(cluster.get('nodes', undefined, node));
}

function hostsFile({ cluster }: NodeParts): string {
  const nodes = cluster.list('nodes').map((each) => `${addressOfNode(each)}\t${each.metadata.name}\n`);
  return `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${nodes.join('')}`;
}

function crictlYaml(): string {
  const lines = Object.entries(crictlConfig).slice(0, 3);
  return lines.map(([key, value]) => `${key}: ${value}\n`).join('');
}

function networkConfig({ cluster, node }: NodeParts): string {
  const subnet = podRange(cluster.get('nodes', undefined, node));
  const plugins = [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      hairpinMode: true,
      ipam: { type: 'host-local', ranges: [[{ subnet }]], routes: [{ dst: '0.0.0.0/0' }] },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ];
  return `${JSON.stringify({ cniVersion: '1.0.0', name: 'pods', plugins }, null, 2)}\n`;
}

const kubeletKubeconfig = goYaml({
  apiVersion: 'v1',
  clusters: [
    {
      cluster: {
        'certificate-authority': '/etc/kubernetes/pki/ca.crt',
        server: 'https://172.30.0.11:6443',
      },
      name: 'default-cluster',
    },
  ],
  contexts: [
    {
      context: { cluster: 'default-cluster', namespace: 'default', user: 'default-auth' },
      name: 'default-context',
    },
  ],
  'current-context': 'default-context',
  kind: 'Config',
  users: [
    {
      name: 'default-auth',
      user: {
        'client-certificate': '/var/lib/kubelet/pki/kubelet-client-current.pem',
        'client-key': '/var/lib/kubelet/pki/kubelet-client-current.pem',
      },
    },
  ],
});

const kubeletSettings = goYaml({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  cgroupDriver: 'systemd',
  clusterDNS: ['10.96.0.10'],
  clusterDomain: 'cluster.local',
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  kind: 'KubeletConfiguration',
  staticPodPath: '/etc/kubernetes/manifests',
});

const containerdConfig = `version = 3

[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = 'registry.k8s.io/pause:3.10.2'

[plugins.'io.containerd.cri.v1.runtime'.containerd]
  default_runtime_name = 'runc'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = 'io.containerd.runc.v2'
`;

const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;
