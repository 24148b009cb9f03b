import { complain, print, type Steps } from '../../effects.ts';
import { GoRecord } from '../../go/go-record.ts';
import { binarySize } from '../../go/go-units.ts';
import type { DockerContext } from '../context.ts';
import { contextName } from '../contexts/context-store.ts';
import { unreachable } from '../contexts/endpoint.ts';
import { ask } from '../engine-client.ts';
import { withIntegers } from '../format/typed.ts';
import { hubAddress, storedCredentials } from '../registry/credentials.ts';
import { clientVersion as client } from './client-version.ts';
import { readTemplate } from './fill-template.ts';

type Pair = readonly [string, string];

/** An answer of `GET /info`, as far as it is shown. */
interface Info {
  readonly [name: string]: unknown;
  readonly DriverStatus: readonly Pair[];
  readonly Plugins: {
    readonly Volume: readonly string[];
    readonly Network: readonly string[];
    readonly Log: readonly string[];
  };
  readonly CDISpecDirs: readonly string[];
  readonly Swarm: { readonly LocalNodeState: string };
  readonly Runtimes: Readonly<Record<string, unknown>>;
  readonly ContainerdCommit: { readonly ID: string };
  readonly RuncCommit: { readonly ID: string };
  readonly InitCommit: { readonly ID: string };
  readonly SecurityOptions: readonly string[];
  readonly MemTotal: number;
  readonly Labels: readonly string[];
  readonly RegistryConfig: {
    readonly InsecureRegistryCIDRs: readonly string[];
    readonly IndexConfigs: Readonly<Record<string, { readonly Name: string; readonly Secure: boolean }>>;
    readonly Mirrors: readonly string[];
  };
  readonly FirewallBackend: { readonly Driver: string; readonly Info?: readonly Pair[] };
  readonly Warnings?: readonly string[] | null;
}

/** The plugins that the built-in client is. */
const plugins = [
  { Name: 'buildx', ShortDescription: 'Docker Buildx', Vendor: 'Docker Inc.', Version: 'v0.36.1' },
  { Name: 'compose', ShortDescription: 'Docker Compose', Vendor: 'Docker Inc.', Version: 'v5.5.1' },
].map((plugin) => ({ ...plugin, Path: `/usr/libexec/docker/cli-plugins/docker-${plugin.Name}` }));

/** `docker info` (cli/command/system/info.go of docker/cli). */
export function* runInfo(context: DockerContext): Steps<number> {
  const format = context.flags.text('--format');
  const name = yield* contextName(context);
  const failed = yield* unreachable(context);
  if (failed) {
    if (format === '') yield* print(`${[...clientLines(name), '', 'Server:'].join('\n')}\n`);
    throw failed;
  }
  const info = yield* ask<Info>('GET', '/info');
  if (format !== '') {
    const { text, failure } = readTemplate(format, { name: '' })(infoRecord(info, name));
    yield* print(`${text}\n`);
    if (failure) throw failure;
    return 0;
  }
  const user = yield* storedCredentials(context, hubAddress);
  yield* print(
    `${[...clientLines(name), '', 'Server:', ...serverLines(info, user?.username)].join('\n')}\n\n`,
  );
  for (const warning of info.Warnings ?? []) yield* complain(`${warning}\n`);
  return 0;
}

function infoRecord(info: Info, context: string): GoRecord {
  const { ApiVersion: _, ...others } = client;
  const ClientInfo = { Debug: false, ...others, Context: context, Plugins: plugins, Warnings: null };
  const seen = withIntegers(info) as Readonly<Record<string, unknown>>;
  const structs = Object.fromEntries(
    structFields.map((name) => [name, structOf(name, info[name] as Readonly<Record<string, unknown>>)]),
  );
  const { HttpProxy = '', HttpsProxy = '', ...rest } = seen;
  const fields = {
    ...rest,
    ...structs,
    HTTPProxy: HttpProxy,
    HTTPSProxy: HttpsProxy,
    ClientInfo: structOf('clientInfo', ClientInfo),
  };
  return new GoRecord('system.dockerInfo', { ...fields, Info: seen }, { json: { ...info, ClientInfo } });
}

/** What is no map in an answer, so that JSON of it has the order of its fields. */
const structFields = [
  'Plugins',
  'RegistryConfig',
  'Swarm',
  'ContainerdCommit',
  'RuncCommit',
  'InitCommit',
  'Containerd',
  'FirewallBackend',
];

function structOf(name: string, json: Readonly<Record<string, unknown>>): GoRecord {
  return new GoRecord(`system.${name}`, withIntegers(json) as Readonly<Record<string, unknown>>, { json });
}

function clientLines(context: string): readonly string[] {
  return [
    'Client:',
    ` Version:    ${client.Version}`,
    ` Context:    ${context}`,
    ' Debug Mode: false',
    ' Plugins:',
    ...plugins.flatMap(({ Name, ShortDescription, Vendor, Version, Path }) => [
      `  ${Name}: ${ShortDescription} (${Vendor})`,
      `    Version:  ${Version}`,
      `    Path:     ${Path}`,
    ]),
  ];
}

function serverLines(info: Info, user: string | undefined): readonly string[] {
  const { Plugins, RegistryConfig, FirewallBackend } = info;
  const listed = (title: string, items: readonly string[]): readonly string[] =>
    items.length > 0 ? [title, ...items.map((item) => `  ${item}`)] : [];
  const named = (title: string, value: unknown): readonly string[] => (value ? [`${title} ${value}`] : []);
  const runtimes = Object.keys(info.Runtimes);
  const unsafe = Object.values(RegistryConfig.IndexConfigs).filter(({ Secure }) => !Secure);
  return [
    ` Containers: ${info.Containers}`,
    `  Running: ${info.ContainersRunning}`,
    `  Paused: ${info.ContainersPaused}`,
    `  Stopped: ${info.ContainersStopped}`,
    ` Images: ${info.Images}`,
    ...named(' Server Version:', info.ServerVersion),
    ...named(' Storage Driver:', info.Driver),
    ...info.DriverStatus.map(([name, value]) => `  ${name}: ${value}`),
    ...named(' Logging Driver:', info.LoggingDriver),
    ...named(' Cgroup Driver:', info.CgroupDriver),
    ...named(' Cgroup Version:', info.CgroupVersion),
    ' Plugins:',
    `  Volume: ${Plugins.Volume.join(' ')}`,
    `  Network: ${Plugins.Network.join(' ')}`,
    `  Log: ${Plugins.Log.join(' ')}`,
    ...listed(' CDI spec directories:', info.CDISpecDirs),
    ` Swarm: ${info.Swarm.LocalNodeState}`,
    ` Runtimes: ${runtimes.join(' ')}`,
    ` Default Runtime: ${info.DefaultRuntime}`,
    ` Init Binary: ${info.InitBinary}`,
    ` containerd version: ${info.ContainerdCommit.ID}`,
    ` runc version: ${info.RuncCommit.ID}`,
    ` init version: ${info.InitCommit.ID}`,
    ...securityLines(info.SecurityOptions),
    ...named(' Kernel Version:', info.KernelVersion),
    ...named(' Operating System:', info.OperatingSystem),
    ...named(' OSType:', info.OSType),
    ...named(' Architecture:', info.Architecture),
    ` CPUs: ${info.NCPU}`,
    ` Total Memory: ${binarySize(info.MemTotal)}`,
    ...named(' Name:', info.Name),
    ...named(' ID:', info.ID),
    ` Docker Root Dir: ${info.DockerRootDir}`,
    ` Debug Mode: ${info.Debug}`,
    ...named(' Username:', user),
    ...listed(' Labels:', info.Labels),
    ` Experimental: ${info.ExperimentalBuild}`,
    ...listed(' Insecure Registries:', [
      ...unsafe.map(({ Name }) => Name),
      ...RegistryConfig.InsecureRegistryCIDRs,
    ]),
    ...listed(' Registry Mirrors:', RegistryConfig.Mirrors),
    ` Live Restore Enabled: ${info.LiveRestoreEnabled}`,
    ...named(' Firewall Backend:', FirewallBackend.Driver),
    ...(FirewallBackend.Info ?? []).map(([name, value]) => `  ${name}: ${value}`),
  ];
}

/** `name=seccomp,profile=builtin` → its name, and its profile below it. */
function securityLines(options: readonly string[]): readonly string[] {
  const lines = options.flatMap((option) => {
    const fields = Object.fromEntries(option.split(',').map((field) => field.split('=', 2)));
    const profile = fields.profile === undefined ? [] : [`   Profile: ${fields.profile}`];
    return [`  ${fields.name}`, ...profile];
  });
  return [' Security Options:', ...lines];
}
