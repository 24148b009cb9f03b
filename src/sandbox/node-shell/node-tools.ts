import { amountsOf } from '../cluster/controllers/scheduler/requests.ts';
import { addressOfNode } from '../cluster/node/node-context.ts';
import { complain, now, print, type Steps } from '../effects.ts';
import { sha256 } from '../images/sha256.ts';
import { RuntimeError } from '../runtime/container-runtime.ts';
import { signalName } from '../runtime/program.ts';
import { showDisks } from '../shell/laptop/disks.ts';
import { identityPrograms } from '../shell/programs/identity-programs.ts';
import type { Program } from '../shell/shell-context.ts';
import { type NodeParts, podRange } from './cri/node-parts.ts';
import { podsOnNode, sandboxesOf } from './cri/pods-on-node.ts';
import { bootedAt } from './node-files.ts';
import { nodeProcesses } from './processes/node-processes.ts';

/** Small programs of a node that say what it is. */
export function nodeTools(parts: NodeParts): Readonly<Record<string, Program>> {
  return {
    ...identityPrograms({
      host: parts.node,
      addresses: () => addressesOf(parts),
      user: [0, 'root'],
      groups: [[0, 'root']],
    }),
    nproc: () => said(`${sizeOf(parts).cpus}`),
    uptime: () => uptime(parts),
    df: (words) => df(words, parts),
    free: (words) => free(words, parts),
    ip: (words) => ip(words, parts),
    kill: (words) => kill(words, parts),
  };
}

function* said(text: string): Steps<number> {
  yield* print(`${text}\n`);
  return 0;
}

function* refuse(what: string, instead: string): Steps<number> {
  yield* complain(`${what} is not simulated here. Everything that is: ${instead}\n`);
  return 1;
}

function sizeOf({ cluster, node }: NodeParts): { readonly cpus: number; readonly bytes: number } {
  const { cpuMilli, memory } = amountsOf(cluster.get('nodes', undefined, node)?.status?.capacity);
  return { cpus: cpuMilli / 1000, bytes: memory };
}

function* uptime(parts: NodeParts): Steps<number> {
  const at = yield* now();
  const minutes = Math.floor((at - bootedAt(parts)) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest =
    hours > 0 ? `${`${hours}`.padStart(2)}:${`${minutes % 60}`.padStart(2, '0')}` : `${minutes % 60} min`;
  const up = days > 0 ? `${days} day${days === 1 ? '' : 's'}, ${rest}` : rest;
  const clock = new Date(at).toISOString().slice(11, 19);
  return yield* said(` ${clock} up ${up},  1 user,  load average: 0.08, 0.12, 0.10`);
}

function df(words: readonly string[], parts: NodeParts): Steps<number> {
  const { bytes } = sizeOf(parts);
  const images = parts.runtime.images(parts.node).reduce((sum, { image }) => sum + image.size, 0);
  return showDisks(words, [
    { device: '/dev/vda1', size: 100 * 2 ** 30, used: 6 * 2 ** 30 + images, target: '/' },
    { device: 'tmpfs', size: bytes / 2, used: 0, target: '/dev/shm' },
    { device: 'tmpfs', size: bytes / 5, used: 2 * 2 ** 20, target: '/run' },
  ]);
}

function* free(words: readonly string[], parts: NodeParts): Steps<number> {
  const [, option = '-k'] = words;
  const unit = { '-b': 1, '-k': 2 ** 10, '-m': 2 ** 20, '-g': 2 ** 30, '-h': 0 }[option];
  if (unit === undefined) return yield* refuse(words.join(' '), 'free, and -b -k -m -g -h');
  const { bytes } = sizeOf(parts);
  const used = nodeProcesses(parts).reduce((sum, { memoryBytes }) => sum + memoryBytes, 120 * 2 ** 20);
  const cache = bytes * 0.22;
  const cell = (value: number): string =>
    (unit === 0 ? gibi(value) : `${Math.floor(value / unit)}`).padStart(12);
  const cells = [bytes, used, bytes - used - cache, 3 * 2 ** 20, cache, bytes - used].map(cell).join('');
  return yield* said(
    [
      '               total        used        free      shared  buff/cache   available',
      `Mem:    ${cells}`,
      `Swap:   ${[0, 0, 0].map(cell).join('')}`,
    ].join('\n'),
  );
}

function gibi(bytes: number): string {
  if (bytes === 0) return '0B';
  const units = ['B', 'Ki', 'Mi', 'Gi', 'Ti'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)}${units[unit]}`;
}

function addressesOf({ cluster, node }: NodeParts): readonly string[] {
  const found = cluster.get('nodes', undefined, node);
  const range = podRange(found);
  return [addressOfNode(found), range.replace(/\.0\/\d+$/, '.1')];
}

/** Hardware addresses that are always the same for the same name. */
function hardware(name: string): string {
  const digits = sha256(name);
  return `02:${[0, 2, 4, 6, 8].map((at) => digits.slice(at, at + 2)).join(':')}`;
}

function* ip(words: readonly string[], parts: NodeParts): Steps<number> {
  const line = words.slice(1).join(' ');
  if (/^a(d(d(r(e(s(s)?)?)?)?)?)?( s(how)?)?$/.test(line)) return yield* said(addressText(parts));
  if (/^r(o(u(t(e)?)?)?)?( s(how)?)?$/.test(line)) return yield* said(routeText(parts));
  return yield* refuse(words.join(' '), 'ip address, ip route');
}

function addressText(parts: NodeParts): string {
  const [own = '', bridge = ''] = addressesOf(parts);
  const lines = [
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000',
    '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    '    inet 127.0.0.1/8 scope host lo',
    '       valid_lft forever preferred_lft forever',
    '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000',
    `    link/ether ${hardware(`eth0 ${parts.node}`)} brd ff:ff:ff:ff:ff:ff`,
    `    inet ${own}/24 scope global eth0`,
    '       valid_lft forever preferred_lft forever',
    '3: cni0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000',
    `    link/ether ${hardware(`cni0 ${parts.node}`)} brd ff:ff:ff:ff:ff:ff`,
    `    inet ${bridge}/24 brd ${bridge.replace(/\.1$/, '.255')} scope global cni0`,
    '       valid_lft forever preferred_lft forever',
  ];
  // One end of the pair is in the Pod, where it is called eth0.
  const own4 = sandboxesOf(podsOnNode(parts))
    .filter(({ isReady, address }) => isReady && address !== own)
    .reverse();
  for (const [place, sandbox] of own4.entries()) {
    const name = `veth${sha256(`veth ${sandbox.id}`).slice(0, 8)}`;
    const space = `cni-${sandbox.id.slice(0, 8)}-${sandbox.id.slice(8, 12)}-${sandbox.id.slice(12, 16)}-${sandbox.id.slice(16, 20)}-${sandbox.id.slice(20, 32)}`;
    lines.push(
      `${place + 4}: ${name}@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP group default`,
      `    link/ether ${hardware(name)} brd ff:ff:ff:ff:ff:ff link-netns ${space}`,
    );
  }
  return lines.join('\n');
}

function routeText({ cluster, node }: NodeParts): string {
  const lines = cluster.list('nodes').map((each) => {
    const range = podRange(each);
    const isOwn = each.metadata.name === node;
    const via = isOwn
      ? `dev cni0 proto kernel scope link src ${range.replace(/\.0\/\d+$/, '.1')}`
      : `via ${addressOfNode(each)} dev eth0`;
    return `${range} ${via}`;
  });
  const own = addressOfNode(cluster.get('nodes', undefined, node));
  const network = own.replace(/\.\d+$/, '.0/24');
  return [
    `default via ${own.replace(/\.\d+$/, '.1')} dev eth0`,
    ...lines,
    `${network} dev eth0 proto kernel scope link src ${own}`,
  ].join('\n');
}

/** A signal for a process of a container; the kubelet then does what the Pod wants. */
function* kill(words: readonly string[], parts: NodeParts): Steps<number> {
  const { runtime, node } = parts;
  const options = words.slice(1);
  const [first = ''] = options;
  if (first.startsWith('-')) options.shift();
  const [named = ''] =
    first === '-s' ? options.splice(0, 1) : [first.startsWith('-') ? first.slice(1) : 'TERM'];
  const signal = signalName(named);
  if (signal === undefined || options.length === 0) {
    yield* complain('kill: usage: kill [-SIGNAL] PID ...\n');
    return 2;
  }
  let code = 0;
  for (const word of options) {
    const found = runtime
      .containers(node)
      .find(({ id }) => runtime.processes(node, id).some(({ pid }) => `${pid}` === word));
    const isThere = nodeProcesses(parts).some(({ pid }) => `${pid}` === word);
    if (!found) {
      yield* complain(
        isThere
          ? `kill: ${word}: only processes of containers can be ended here\n`
          : `-bash: kill: (${word}) - No such process\n`,
      );
      code = 1;
      continue;
    }
    parts.acted();
    try {
      const own = runtime.processes(node, found.id).find(({ pid }) => `${pid}` === word);
      if (found.pid === Number(word)) runtime.kill(node, found.id, signal);
      // A worker that its master keeps up is there again at once.
      else if (own && !own.id.includes('+')) runtime.signal(node, own.id, signal);
    } catch (problem) {
      if (!(problem instanceof RuntimeError)) throw problem;
      code = 1;
    }
    parts.simulation.settle();
  }
  return code;
}
