import { parseHardwareAddress } from './addresses.ts';
import type { ContainerBody, HealthCheck } from './container-body.ts';
import { parseNanoseconds } from './durations.ts';
import { endpoints } from './endpoints.ts';
import { GivenFlags } from './given-flags.ts';
import { parseInteger } from './go-values.ts';
import { hostConfig } from './host-config.ts';
import { parseImage, parsePlatform } from './images.ts';
import { parseEnv, parseLabel, parseStream } from './pairs.ts';
import type { DockerCommand } from './parse.ts';
import { parseExpose, parsePort } from './ports.ts';
import { DockerRefusal } from './refusal.ts';
import { parseVolume } from './volumes.ts';

/** What `docker run` and `docker create` ask the daemon for. */
export interface ContainerRequest {
  readonly query: { readonly name?: string; readonly platform?: string };
  readonly body: ContainerBody;
  /** Files of variables, which go before `Env`, and of labels; they are not read here. */
  readonly envFiles: readonly string[];
  readonly labelFiles: readonly string[];
  /** What the client does beside the request. */
  readonly client: ClientOptions;
}

export interface ClientOptions {
  readonly detach: boolean;
  /** When the image is pulled. */
  readonly pull: 'always' | 'missing' | 'never';
  readonly quiet: boolean;
  readonly detachKeys: string;
  readonly sigProxy: boolean;
  readonly useApiSocket: boolean;
}

/**
 * The request that the docker client sends for a `run` or `create` (cli/command/container/opts.go, run.go
 * and create.go of docker/cli).
 *
 * What depends on the machine is left as it was written: relative paths, files of variables and labels, a
 * seccomp profile's file, and variables without a value.
 *
 * @param command a `docker container run` or `docker container create`
 * @throws DockerRefusal for what the client refuses
 */
export function containerRequest(command: DockerCommand): ContainerRequest {
  const given = new GivenFlags(command);
  const [image, ...words] = command.args;
  if (image === undefined) {
    throw new DockerRefusal(`'${command.command}' requires at least 1 argument`, 'Name an image.');
  }
  const client = clientOptions(given);
  parseImage(image);
  const host = hostConfig(given);
  const stdin = given.on('--interactive');
  const streams = given.values('--attach', parseStream);
  const attached = {
    AttachStdin: !client.detach && (stdin || streams.includes('stdin')),
    AttachStdout: !client.detach && (streams.length === 0 || streams.includes('stdout')),
    AttachStderr: !client.detach && (streams.length === 0 || streams.includes('stderr')),
  };
  const health = healthCheck(given);
  const entrypoint = given.text('--entrypoint');
  const name = given.text('--name');
  const platform = given.text('--platform');
  return {
    query: {
      ...(name !== '' && { name }),
      ...(platform !== '' && { platform: given.value('--platform', parsePlatform, '') }),
    },
    body: {
      Hostname: given.text('--hostname'),
      Domainname: given.text('--domainname'),
      User: given.text('--user'),
      ...attached,
      ExposedPorts: exposedPorts(given),
      Tty: given.on('--tty'),
      OpenStdin: stdin,
      StdinOnce: stdin && attached.AttachStdin,
      Env: variables(given),
      Cmd: words,
      ...(health && { Healthcheck: health }),
      Image: image,
      Volumes: anonymousVolumes(given),
      WorkingDir: given.text('--workdir'),
      Entrypoint: given.has('--entrypoint') ? [entrypoint] : [],
      Labels: Object.fromEntries(
        given.values('--label', (text) => {
          const { name: label, value } = parseLabel(text);
          return [label, value];
        }),
      ),
      ...(given.text('--stop-signal') !== '' && { StopSignal: given.text('--stop-signal') }),
      ...(given.has('--stop-timeout') && { StopTimeout: given.value('--stop-timeout', wholeNumber, 0) }),
      HostConfig: host,
      NetworkingConfig: { EndpointsConfig: endpoints(given) },
    },
    envFiles: given.texts('--env-file'),
    labelFiles: given.texts('--label-file'),
    client,
  };
}

function clientOptions(given: GivenFlags): ClientOptions {
  const pull = given.text('--pull') || 'missing';
  if (pull !== 'always' && pull !== 'missing' && pull !== 'never') {
    given.refuse(
      '--pull',
      `invalid pull option: '${pull}': must be one of "always", "missing" or "never"`,
      'Choose one of these three.',
    );
  }
  for (const name of ['--cpu-count', '--cpu-percent', '--io-maxbandwidth', '--io-maxiops']) {
    if (!given.has(name)) continue;
    given.refuse(
      name,
      `"${name}" is only supported on a Docker daemon running on windows, but the Docker daemon is running on linux`,
      'Leave it out; on Linux --cpus limits the processor.',
    );
  }
  given.value('--mac-address', (text) => text === '' || parseHardwareAddress(text), '');
  given.value('--detach-keys', checkDetachKeys, undefined);
  const detach = given.on('--detach');
  if (detach && given.has('--attach')) {
    given.refuse(
      '--attach',
      'conflicting options: cannot specify both --attach and --detach',
      'Leave one of them out.',
    );
  }
  return {
    detach,
    pull,
    quiet: given.on('--quiet'),
    detachKeys: given.text('--detach-keys'),
    sigProxy: !given.has('--sig-proxy') || given.on('--sig-proxy'),
    useApiSocket: given.on('--use-api-socket'),
  };
}

/** Keys with commas: a character, or `ctrl-` and a letter or one of `@[\\]^_` (moby/term ToBytes). */
function checkDetachKeys(text: string): void {
  for (const key of text === '' ? [] : text.split(',')) {
    if ([...key].length === 1 || /^ctrl-[a-z@[\\\]^_]$/i.test(key)) continue;
    throw new DockerRefusal(
      `invalid detach keys (${text}): Unknown character: '${key}'`,
      'Write ctrl-p,ctrl-q.',
    );
  }
}

/** The last of the same name counts. */
function variables(given: GivenFlags): string[] {
  const byName = new Map(given.values('--env', (text) => [parseEnv(text).name, text] as const));
  return [...byName.values()];
}

/** Published ports count as exposed. */
function exposedPorts(given: GivenFlags): ContainerBody['ExposedPorts'] {
  const published = given
    .ports('--publish', parsePort)
    .map(({ containerPort, protocol }) => `${containerPort}/${protocol}`);
  const exposed = given.ports('--expose', parseExpose).map(({ port, protocol }) => `${port}/${protocol}`);
  return Object.fromEntries([...published, ...exposed].map((port) => [port, {}]));
}

function anonymousVolumes(given: GivenFlags): ContainerBody['Volumes'] {
  const volumes = given.values('--volume', (text) => ({ text, ...parseVolume(text) }));
  return Object.fromEntries(volumes.filter(({ source }) => source === '').map(({ text }) => [text, {}]));
}

function healthCheck(given: GivenFlags): HealthCheck | undefined {
  const command = given.text('--health-cmd');
  const check = {
    ...(command !== '' && { Test: ['CMD-SHELL', command] }),
    ...given.setAboveZero('--health-interval', 'Interval', parseNanoseconds),
    ...given.setAboveZero('--health-timeout', 'Timeout', parseNanoseconds),
    ...given.setAboveZero('--health-start-period', 'StartPeriod', parseNanoseconds),
    ...given.setAboveZero('--health-start-interval', 'StartInterval', parseNanoseconds),
    ...given.setAboveZero('--health-retries', 'Retries', wholeNumber),
  };
  const isSet = Object.keys(check).length > 0;
  if (!given.on('--no-healthcheck')) return isSet ? check : undefined;
  if (isSet) {
    given.refuse(
      '--no-healthcheck',
      '--no-healthcheck conflicts with --health-* options',
      'Leave --no-healthcheck out, or the others.',
    );
  }
  return { Test: ['NONE'] };
}

function wholeNumber(text: string): number {
  return Number(parseInteger(text));
}
