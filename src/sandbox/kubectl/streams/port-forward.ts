import type { Pod, Service } from '../../../kubernetes/api.ts';
import type { ForwardStream } from '../../cluster/api/request.ts';
import { complain, listen, pause, print, type Steps, unlisten } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { usageFailure } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, UpgradeFailure } from '../failures.ts';
import { connect, get } from '../server/client.ts';
import { nameOf, namespaceOf, type Served } from '../server/served-object.ts';
import { objectNamed, podFor, podTimeout } from './pod-for.ts';

/** A port of the learner's machine, and the one it leads to. */
interface Forward {
  readonly local: number;
  readonly remote: number;
}

/** `kubectl port-forward TYPE/NAME [LOCAL:]REMOTE …` (k8s.io/kubectl/pkg/cmd/portforward). */
export function* runPortForward(context: KubectlContext): Steps<number> {
  const { options } = context;
  const [word = '', ...ports] = [...options.args, ...options.command.afterDashes];
  if (word === '' || ports.length === 0) {
    throw usageFailure(options, 'TYPE/NAME and list of ports are required for port-forward');
  }
  const timeout = podTimeout(options);
  const named = yield* objectNamed(context, [word]);
  const { metadata } = yield* podFor(named, timeout);
  const path = `/api/v1/namespaces/${encodeURIComponent(namespaceOf(metadata))}/pods/${encodeURIComponent(nameOf(metadata))}`;
  const pod = yield* get<Served<Pod>>(path);
  const wanted =
    named.resource.kind === 'Service'
      ? ports.map((port) => portOfService(port, named.object as Served<Service>, pod))
      : ports.map((port) => portOfPod(port, pod));
  if (pod.status?.phase !== 'Running') {
    throw new CommandFailure(
      `unable to forward port because pod is not running. Current status=${pod.status?.phase}`,
    );
  }
  const addresses = addressesOf(options.list('--address'));
  const forwards = wanted.map(readForward);
  const stream = yield* forwarded(`${path}/portforward`);
  return yield* keptOpen(stream, forwards, addresses, path);
}

function* forwarded(path: string): Steps<ForwardStream> {
  try {
    return yield* connect('forward', { method: 'POST', path, query: {} });
  } catch (failure) {
    throwUnless(failure, UpgradeFailure);
    throw new CommandFailure(`error upgrading connection: ${failure.message}`);
  }
}

function splitPort(port: string): readonly [local: string, remote: string] {
  const [local = '', remote = local] = port.split(':');
  return [local, remote];
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

function demandTcp(port: number, shown: string, ports: readonly { port: number; protocol?: string }[]): void {
  const own = ports.filter((each) => each.port === port).map(({ protocol = 'TCP' }) => protocol);
  if (own.includes('UDP') && !own.includes('TCP')) {
    throw new CommandFailure(`UDP protocol is not supported for ${shown}`);
  }
}

function portOfService(text: string, { metadata, spec }: Served<Service>, pod: Served<Pod>): string {
  const [local, remote] = splitPort(text);
  const { ports = [], clusterIP } = spec;
  const number = isNumber(remote) ? Number(remote) : ports.find(({ name }) => name === remote)?.port;
  if (number === undefined) {
    throw new CommandFailure(`Service '${metadata.name}' does not have a named port '${remote}'`);
  }
  demandTcp(number, remote, ports);
  const own = local === remote ? String(number) : local;
  const port = ports.find((each) => each.port === number);
  if (!port) {
    throw new CommandFailure(`Service ${metadata.name} does not have a service port ${number}`);
  }
  const { targetPort = number } = port;
  const target =
    clusterIP === 'None' ? number : typeof targetPort === 'number' ? targetPort : namedPort(pod, targetPort);
  return `${own}:${target}`;
}

function namedPort({ metadata, spec }: Served<Pod>, wanted: string): number {
  const { containers: mains, initContainers: inits = [] } = spec;
  const containers = [...mains, ...inits];
  const found = containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === wanted);
  if (found) return found.containerPort;
  throw new CommandFailure(`Pod '${metadata.name}' does not have a named port '${wanted}'`);
}

function portOfPod(text: string, pod: Served<Pod>): string {
  const [local, remote] = splitPort(text);
  const number = isNumber(remote) ? Number(remote) : namedPort(pod, remote);
  const ports = pod.spec.containers.flatMap(({ ports: own = [] }) =>
    own.map(({ containerPort, protocol = 'TCP' }) => ({ port: containerPort, protocol })),
  );
  demandTcp(number, remote, ports);
  return local === remote ? String(number) : `${local}:${number}`;
}

function readForward(text: string): Forward {
  const [first = '', second = first] = text.split(':');
  const local = readPort(first || '0', 'local');
  const remote = readPort(second, 'remote');
  if (remote === 0) throw new CommandFailure('remote port must be > 0');
  return { local, remote };
}

function readPort(text: string, side: string): number {
  const says = `error parsing ${side} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}`;
  if (!/^\d+$/.test(text)) throw new CommandFailure(`${says}: invalid syntax`);
  if (Number(text) > 65535) throw new CommandFailure(`${says}: value out of range`);
  return Number(text);
}

function addressesOf(given: readonly string[]): readonly string[] {
  const all = given.length > 0 ? given : ['localhost'];
  const found = new Set<string>();
  for (const address of all) {
    if (address === 'localhost') found.add('127.0.0.1').add('::1');
    else if (/^\d+\.\d+\.\d+\.\d+$/.test(address) || address.includes(':')) found.add(address);
    else throw new CommandFailure(`${address} is not a valid IP`);
  }
  return [...found].sort();
}

/** The first port that is taken where any will do. */
const anyPort = 40_000;

/** Longer than anything that is waited for. */
const hour = 3_600_000;

function* keptOpen(
  stream: ForwardStream,
  forwards: readonly Forward[],
  addresses: readonly string[],
  path: string,
): Steps<number> {
  const opened: number[] = [];
  try {
    for (const { local, remote } of forwards) {
      const port = yield* opening(stream, local, remote);
      if (port === undefined) continue;
      opened.push(port);
      for (const address of addresses) {
        const shown = address.includes(':') ? `[${address}]` : address;
        yield* print(`Forwarding from ${shown}:${port} -> ${remote}\n`);
      }
    }
    if (opened.length === 0) {
      const shown = forwards.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
      throw new CommandFailure(`unable to listen on any of the requested ports: [${shown}]`);
    }
    for (;;) {
      yield* pause(hour);
      const pod = yield* get<Served<Pod>>(path);
      if (pod.status?.phase !== 'Running') throw new CommandFailure('lost connection to pod');
    }
  } catch (failure) {
    if ((failure as { reason?: string }).reason !== 'NotFound') throw failure;
    throw new CommandFailure('lost connection to pod');
  } finally {
    for (const port of opened) yield* unlisten(port);
    stream.close();
  }
}

/** @returns the port that was opened; undefined when it could not be */
function* opening(stream: ForwardStream, local: number, remote: number): Steps<number | undefined> {
  if (local !== 0) {
    const why = yield* listen(local, remote, stream);
    if (why === undefined) return local;
    yield* complain(`Unable to listen on port ${local}: ${why}\n`);
    return undefined;
  }
  for (let port = anyPort; port < anyPort + 1000; port++) {
    if ((yield* listen(port, remote, stream)) === undefined) return port;
  }
  return undefined;
}
