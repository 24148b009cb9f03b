import { print, type Steps } from '../../effects.ts';
import { elasticTabs } from '../../go/elastic-tabs.ts';
import { byKey } from '../../go/go-order.ts';
import { GoNil, GoRecord } from '../../go/go-record.ts';
import type { DockerContext } from '../context.ts';
import { contextName } from '../contexts/context-store.ts';
import { unreachable } from '../contexts/endpoint.ts';
import { ask } from '../engine-client.ts';
import { clientVersion as client } from './client-version.ts';
import { readTemplate } from './fill-template.ts';

/** An answer of `GET /version`. */
interface ServerVersion {
  readonly Platform: { readonly Name: string };
  readonly Version: string;
  readonly ApiVersion: string;
  readonly MinAPIVersion: string;
  readonly Os: string;
  readonly Arch: string;
  readonly Components: readonly Component[];
}

interface Component {
  readonly Name: string;
  readonly Version: string;
  readonly Details: Readonly<Record<string, string>>;
}

/** The columns of the two lists. */
const columns = { smallest: 20, padding: 1 };

/** `docker version` (cli/command/system/version.go of docker/cli). */
export function* runVersion(context: DockerContext): Steps<number> {
  const format = context.flags.text('--format');
  const fill = readTemplate(format, { name: 'version' });
  const name = yield* contextName(context);
  const failed = yield* unreachable(context);
  if (failed) {
    if (format === '') yield* print(elasticTabs(`${clientLines(name).join('\n')}\n`, columns));
    throw failed;
  }
  const server = yield* ask<ServerVersion>('GET', '/version');
  if (format === '') {
    yield* print(`${elasticTabs(pretty(server, name), columns)}\n`);
    return 0;
  }
  const { text, failure } = fill(versionInfo(server, name));
  yield* print(`${elasticTabs(text, columns)}\n`);
  if (failure) throw failure;
  return 0;
}

function pretty({ Platform, Components }: ServerVersion, context: string): string {
  const platform = Platform.Name === '' ? '' : ` ${Platform.Name}`;
  const theirs = Components.flatMap((component) => [` ${component.Name}:`, ...componentLines(component)]);
  return [...clientLines(context), '', `Server:${platform}`, ...theirs].join('\n');
}

function clientLines(context: string): readonly string[] {
  return [
    'Client:',
    ` Version:\t${client.Version}`,
    ` API version:\t${client.ApiVersion}`,
    ` Go version:\t${client.GoVersion}`,
    ` Git commit:\t${client.GitCommit}`,
    ` Built:\t${client.BuildTime}`,
    ` OS/Arch:\t${client.Os}/${client.Arch}`,
    ` Context:\t${context}`,
  ];
}

function componentLines({ Name, Version, Details }: Component): readonly string[] {
  if (Name !== 'Engine') {
    const details = Object.entries(Details).sort(byKey);
    return [`  Version:\t${Version}`, ...details.map(([name, value]) => `  ${name}:\t${value}`)];
  }
  return [
    `  Version:\t${Version}`,
    `  API version:\t${Details.ApiVersion} (minimum version ${Details.MinAPIVersion})`,
    `  Go version:\t${Details.GoVersion}`,
    `  Git commit:\t${Details.GitCommit}`,
    `  Built:\t${shownDate(Details.BuildTime)}`,
    `  OS/Arch:\t${Details.Os}/${Details.Arch}`,
    `  Experimental:\t${Details.Experimental}`,
  ];
}

/** What templates of `docker version` see. */
function versionInfo(server: ServerVersion, context: string): GoRecord {
  const { ApiVersion, ...others } = client;
  const { Version, ...more } = others;
  const engine = server.Components.find(({ Name }) => Name === 'Engine')?.Details ?? {};
  const components = server.Components.map((component) => ({
    ...component,
    ...(component.Name === 'Engine' && {
      Details: { ...component.Details, BuildTime: shownDate(component.Details.BuildTime) },
    }),
  }));
  const experimental = engine.Experimental === 'true';
  const json = {
    Client: { Version, ApiVersion, ...more, Context: context },
    Server: {
      Platform: server.Platform,
      Version: server.Version,
      ApiVersion: server.ApiVersion,
      MinAPIVersion: server.MinAPIVersion,
      Os: server.Os,
      Arch: server.Arch,
      Components: components,
      GitCommit: engine.GitCommit,
      GoVersion: engine.GoVersion,
      KernelVersion: engine.KernelVersion,
      ...(experimental && { Experimental: true }),
      BuildTime: engine.BuildTime,
    },
  };
  const { ApiVersion: APIVersion, ...rest } = json.Server;
  const ours = {
    Platform: new GoNil('*system.platformInfo'),
    ...others,
    APIVersion: ApiVersion,
    Context: context,
  };
  const theirs = {
    ...rest,
    APIVersion,
    Experimental: experimental,
    Components: components.map((json) => new GoRecord('system.ComponentVersion', { ...json }, { json })),
  };
  return new GoRecord(
    'system.versionInfo',
    {
      Client: new GoRecord('system.clientVersion', ours, { json: json.Client }),
      Server: new GoRecord('*system.serverVersion', theirs, { json: json.Server, isPointer: true }),
    },
    { json },
  );
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A moment of ISO 8601 as C's `ctime` writes it: `Wed Aug  5 18:24:27 2026`. */
function shownDate(moment = ''): string {
  const at = new Date(moment);
  const day = String(at.getUTCDate()).padStart(2);
  const time = at.toISOString().slice(11, 19);
  return `${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${day} ${time} ${at.getUTCFullYear()}`;
}
