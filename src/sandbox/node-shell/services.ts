import type { CoreEvent } from '../../kubernetes/api.ts';
import { complain, now, print, type Steps } from '../effects.ts';
import type { Program } from '../shell/shell-context.ts';
import type { NodeParts } from './cri/node-parts.ts';
import { bootedAt } from './node-files.ts';
import { nodePids, nodeProcesses } from './processes/node-processes.ts';

interface Service {
  readonly name: string;
  readonly says: string;
  readonly docs: string;
  readonly pid: number;
}

const services: readonly Service[] = [
  {
    name: 'containerd',
    says: 'containerd container runtime',
    docs: 'https://containerd.io',
    pid: nodePids.containerd,
  },
  {
    name: 'kubelet',
    says: 'kubelet: The Kubernetes Node Agent',
    docs: 'https://kubernetes.io/docs/',
    pid: nodePids.kubelet,
  },
];

/** `systemctl` and `journalctl` of a node, for the two services that matter here. */
export function servicePrograms(parts: NodeParts): Readonly<Record<string, Program>> {
  return { systemctl: (words) => systemctl(words, parts), journalctl: (words) => journalctl(words, parts) };
}

function* systemctl(words: readonly string[], parts: NodeParts): Steps<number> {
  const [verb = '', ...names] = words.slice(1).filter((word) => !word.startsWith('-'));
  const [name = ''] = names.map((each) => each.replace(/\.service$/, ''));
  const service = services.find((each) => each.name === name);
  if (!['status', 'is-active', 'is-enabled'].includes(verb) || names.length !== 1) {
    yield* complain(
      `${words.join(' ')} is not simulated here. Everything that is: systemctl status, is-active and is-enabled for kubelet and containerd\n`,
    );
    return 1;
  }
  if (!service) {
    if (verb === 'status') yield* complain(`Unit ${name}.service could not be found.\n`);
    else yield* print(verb === 'is-active' ? 'inactive\n' : 'not-found\n');
    return 4;
  }
  if (verb !== 'status') {
    yield* print(verb === 'is-active' ? 'active\n' : 'enabled\n');
    return 0;
  }
  const processes = nodeProcesses(parts).filter(({ pid }) => pid === service.pid);
  const since = bootedAt(parts);
  const at = yield* now();
  const lines = [
    `● ${service.name}.service - ${service.says}`,
    `     Loaded: loaded (/lib/systemd/system/${service.name}.service; enabled; preset: enabled)`,
    `     Active: active (running) since ${dayText(since)}; ${agoText(at - since)} ago`,
    `       Docs: ${service.docs}`,
    `   Main PID: ${service.pid} (${service.name})`,
    ...processes.map(({ memoryBytes }) => `     Memory: ${(memoryBytes / 2 ** 20).toFixed(1)}M`),
    `     CGroup: /system.slice/${service.name}.service`,
    ...processes.map(({ pid, argv }) => `             └─${pid} ${argv.join(' ')}`),
    '',
    ...(yield* linesOf(service, parts)).slice(-5),
  ];
  yield* print(`${lines.join('\n')}\n`);
  return 0;
}

function* journalctl(words: readonly string[], parts: NodeParts): Steps<number> {
  const rest = words.slice(1);
  let unit = '';
  let most = Number.POSITIVE_INFINITY;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, flag, joined] = /^(-[un]|--unit|--lines)=?(.+)?$/.exec(word) ?? [];
    if (flag === undefined && !['--no-pager', '-e'].includes(word)) {
      yield* complain(
        `journalctl ${word} is not simulated here. Everything that is: journalctl -u kubelet, -u containerd, -n N\n`,
      );
      return 1;
    }
    if (flag === '-u' || flag === '--unit') unit = joined ?? rest.shift() ?? '';
    else if (flag !== undefined) most = Number(joined ?? rest.shift() ?? 10);
  }
  const service = services.find(({ name }) => name === unit.replace(/\.service$/, ''));
  if (!service) {
    yield* print('-- No entries --\n');
    return 0;
  }
  const lines = yield* linesOf(service, parts);
  const last = lines.slice(Math.max(0, lines.length - most));
  yield* print(last.map((line) => `${line}\n`).join(''));
  return 0;
}

/** What a service has written: that it started, and what the kubelet of the node has told of since. */
function* linesOf({ name, says, pid }: Service, parts: NodeParts): Steps<readonly string[]> {
  const start = bootedAt(parts);
  const line = (at: number, who: string, text: string): string =>
    `${stampText(at)} ${parts.node} ${who}: ${text}`;
  const first = [line(start, 'systemd[1]', `Started ${name}.service - ${says}.`)];
  if (name !== 'kubelet') return first;
  const events = (parts.cluster.list('events') as readonly CoreEvent[])
    .filter(({ source }) => source?.component === 'kubelet' && source.host === parts.node)
    .map((event) => ({ event, at: Date.parse(event.lastTimestamp ?? '') }))
    .sort((one, other) => one.at - other.at);
  return [
    ...first,
    ...events.map(({ event, at }) => {
      const { involvedObject, type, reason, message } = event;
      const level = type === 'Warning' ? 'E' : 'I';
      const date = new Date(at).toISOString();
      const stamp = `${level}${date.slice(5, 7)}${date.slice(8, 10)} ${date.slice(11, 19)}.000000`;
      const object = `${involvedObject.namespace ?? ''}/${involvedObject.name ?? ''}`.replace(/^\//, '');
      const about = `object="${object}" kind="${involvedObject.kind}" reason="${reason}" message=${JSON.stringify(message)}`;
      return line(
        at,
        `kubelet[${pid}]`,
        `${stamp} ${`${pid}`.padStart(7)} event.go:389] "Event occurred" ${about}`,
      );
    }),
  ];
}

const days = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function dayText(at: number): string {
  const date = new Date(at);
  return `${days[date.getUTCDay()]} ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function stampText(at: number): string {
  const date = new Date(at);
  return `${months[date.getUTCMonth()]} ${`${date.getUTCDate()}`.padStart(2, '0')} ${date.toISOString().slice(11, 19)}`;
}

/** How long something has gone on, as systemd writes it (src/basic/time-util.c). */
function agoText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  const weeks = Math.floor(days / 7);
  if (weeks >= 1) return `${weeks} week${weeks === 1 ? '' : 's'} ${days % 7} day${days % 7 === 1 ? '' : 's'}`;
  if (days >= 2) return `${days} days`;
  if (hours >= 25) return `1 day ${hours - 24}h`;
  if (hours >= 6) return `${hours}h`;
  if (hours >= 1) return `${hours}h ${minutes % 60}min`;
  if (minutes >= 5) return `${minutes}min`;
  return minutes >= 1 ? `${minutes}min ${seconds % 60}s` : `${seconds}s`;
}
