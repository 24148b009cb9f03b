import { cut, parseFields } from '../../../docker/go-values.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { pruneFilters } from '../containers/prune.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded } from '../engine-client.ts';
import { CommandFailure, DaemonFailure, SilentExit } from '../failures.ts';
import { filterQuery } from '../filters.ts';
import { inspect } from '../format/inspect.ts';
import { confirm } from '../streams/confirm.ts';

/** `docker network inspect`. */
export function* runInspect({ flags, args }: DockerContext): Steps<number> {
  const verbose = flags.on('--verbose') ? 'true' : undefined;
  return yield* inspect(args, flags.text('--format'), function* (name) {
    const value = yield* ask('GET', `/networks/${encoded(name)}`, { query: { verbose } });
    return { value, type: 'network.Inspect' };
  });
}

/** `docker network connect` (cli/command/network/connect.go of docker/cli). */
export function* runConnect({ flags, args }: DockerContext): Steps<number> {
  const [network = '', container = ''] = args;
  const list = (flag: string): readonly string[] => flags.texts(flag).flatMap(parseFields);
  const addresses = list('--link-local-ip');
  const body = {
    Container: container,
    EndpointConfig: {
      IPAMConfig: {
        IPv4Address: flags.text('--ip'),
        IPv6Address: flags.text('--ip6'),
        ...(addresses.length > 0 && { LinkLocalIPs: addresses }),
      },
      Links: flags.texts('--link'),
      Aliases: list('--alias'),
      DriverOpts: driverOptions(list('--driver-opt')),
      GwPriority: Number(flags.text('--gw-priority')),
      NetworkID: '',
      EndpointID: '',
      Gateway: '',
      IPAddress: '',
      MacAddress: '',
      IPPrefixLen: 0,
      IPv6Gateway: '',
      GlobalIPv6Address: '',
      GlobalIPv6PrefixLen: 0,
      DNSNames: null,
    },
  };
  yield* ask('POST', `/networks/${encoded(network)}/connect`, { body });
  return 0;
}

/** @throws CommandFailure for what is no pair */
function driverOptions(texts: readonly string[]): Readonly<Record<string, string>> {
  const options = texts.map((text) => {
    const [name, value, isPair] = cut(text, '=');
    if (!isPair || name.trim() === '') {
      throw new CommandFailure('invalid key/value pair format in driver options');
    }
    return [name.trim(), value.trim()] as const;
  });
  return Object.fromEntries(options);
}

/** `docker network disconnect`. */
export function* runDisconnect({ flags, args }: DockerContext): Steps<number> {
  const [network = '', Container = ''] = args;
  const body = { Container, Force: flags.on('--force') };
  yield* ask('POST', `/networks/${encoded(network)}/disconnect`, { body });
  return 0;
}

/** `docker network rm`: it says of each what is wrong, and in the end that something was. */
export function* runRemove({ flags, args }: DockerContext): Steps<number> {
  let hasFailed = false;
  for (const name of args) {
    try {
      yield* lookAt(name);
      yield* ask('DELETE', `/networks/${encoded(name)}`);
      yield* print(`${name}\n`);
    } catch (failure) {
      throwUnless(failure, DaemonFailure);
      if (flags.on('--force') && failure.status === 404) continue;
      yield* complain(`${failure.message}\n`);
      hasFailed = true;
    }
  }
  if (hasFailed) throw new CommandFailure('exit status 1');
  return 0;
}

/** The client wants to know whether it is the network that a swarm reaches its services by. */
function* lookAt(name: string): Steps<void> {
  try {
    yield* ask('GET', `/networks/${encoded(name)}`);
  } catch (failure) {
    throwUnless(failure, DaemonFailure);
  }
}

const question =
  'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue?';

/** `docker network prune`. */
export function* runPrune(context: DockerContext): Steps<number> {
  const filters = yield* pruneFilters(context);
  // Whoever says no is told nothing more.
  if (!context.flags.on('--force') && !(yield* confirm(question))) throw new SilentExit(0);
  const { NetworksDeleted } = yield* ask<{ readonly NetworksDeleted: readonly string[] | null }>(
    'POST',
    '/networks/prune',
    { query: { filters: filterQuery(filters) } },
  );
  const deleted = NetworksDeleted ?? [];
  if (deleted.length > 0) yield* print(`Deleted Networks:\n${deleted.join('\n')}\n\n`);
  return 0;
}
