import { complain, print, type Steps } from '../effects.ts';
import type { Program } from '../shell/shell-context.ts';

/** What people look for on a node, and where it is instead. */
const missing: Readonly<Record<string, string>> = {
  docker:
    'This node has containerd, and no Docker: the kubelet does not need it.\n  What crictl lists is what runs here: crictl ps, crictl pods',
  nerdctl: 'This node has containerd alone: crictl ps, ctr -n k8s.io containers ls',
  podman: 'This node has containerd: crictl ps',
  kubectl: 'A node has no kubeconfig of yours. exit takes you back to your machine.',
  k: 'A node has no kubeconfig of yours. exit takes you back to your machine.',
  helm: 'exit takes you back to your machine.',
  node: 'You are on a node. exit takes you back to your machine.',
  show: 'exit takes you back to your machine.',
  why: 'exit takes you back to your machine.',
};

/** What a node has in life, and the sandbox does not simulate. */
const unsimulated: Readonly<Record<string, string>> = {
  'iptables-save': 'What kube-proxy writes is not simulated rule by rule; curl of a Service goes its way.',
  iptables: 'What kube-proxy writes is not simulated rule by rule.',
  nft: 'What kube-proxy writes is not simulated rule by rule.',
  ipvsadm: 'kube-proxy uses iptables here.',
  ss: 'crictl inspectp shows the address of a Pod.',
  netstat: 'crictl inspectp shows the address of a Pod.',
  top: 'crictl stats shows what containers use.',
  htop: 'crictl stats shows what containers use.',
  nsenter: 'crictl exec runs a command inside of a container.',
  runc: 'crictl ps and ctr -n k8s.io tasks ls list what it has started.',
  mount: 'crictl inspect shows the mounts of a container.',
  lsns: 'crictl inspect shows the namespaces of a container.',
  strace: 'crictl logs shows what a container writes.',
  tcpdump: 'It is not in the sandbox.',
  apt: 'Nothing can be installed on a node.',
  'apt-get': 'Nothing can be installed on a node.',
  reboot: 'exit, and then: node stop NAME, node start NAME',
  shutdown: 'exit, and then: node stop NAME',
  kubeadm: 'The cluster is made already.',
  vi: 'Write a file with cat > FILE << EOF.',
  vim: 'Write a file with cat > FILE << EOF.',
  nano: 'Write a file with cat > FILE << EOF.',
};

/** Programs that say that they are not there, and what is. */
export const refusedOnNode: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(Object.entries(missing).map(([name, text]) => [name, () => notFound(name, text)])),
  ...Object.fromEntries(
    Object.entries(unsimulated).map(([name, text]) => [name, () => notSimulated(name, text)]),
  ),
};

function* notFound(name: string, text: string): Steps<number> {
  yield* complain(`-bash: ${name}: command not found\n→ ${text}\n`);
  return 127;
}

function* notSimulated(name: string, text: string): Steps<number> {
  yield* complain(`${name} is not simulated here.\n→ ${text}\n`);
  return 1;
}

/** At most 60 columns with the names before them. */
const described: readonly (readonly [string, string])[] = [
  ['crictl ps', 'the containers; -a ended ones too'],
  ['crictl pods', 'the Pods they belong to'],
  ['crictl images', 'what was pulled to this node'],
  ['crictl logs ID', 'what a container wrote'],
  ['crictl exec -it ID sh', 'a shell in a container'],
  ['crictl inspect ID', 'all that containerd knows of it'],
  ['crictl stop ID', 'the kubelet starts it again'],
  ['ctr -n k8s.io c ls', 'one floor below: containerd'],
  ['ps -ef, pstree', 'containerd, shims, pause, yours'],
  ['systemctl status', 'of kubelet and containerd'],
  ['journalctl -u kubelet', 'what the kubelet told of'],
  ['ip a, ip route', 'the network of the node'],
  ['ls /var/log/pods', 'logs as files'],
  ['exit', 'back to your machine; Ctrl-D too'],
];

/** What can be typed on a node. */
export function* nodeHelp(node: string, commands: readonly string[]): Steps<number> {
  const widest = Math.max(...described.map(([name]) => name.length));
  const lines = described.map(([name, means]) => `  ${name.padEnd(widest)}  ${means}`);
  const known = commands.filter((name) => !Object.hasOwn(refusedOnNode, name));
  const all: string[] = ['All:'];
  for (const name of known) {
    const last = all.at(-1) ?? '';
    if (last.length + name.length < 60) all[all.length - 1] = `${last} ${name}`;
    else all.push(`    ${name}`);
  }
  yield* print(`You are root on the node ${node}.\n\n${lines.join('\n')}\n\n${all.join('\n')}\n`);
  return 0;
}
