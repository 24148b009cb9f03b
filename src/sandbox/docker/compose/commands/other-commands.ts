import { parseDocker } from '../../../../docker/parse.ts';
import { joinWords } from '../../../../docker/words.ts';
import { now, print, type Steps } from '../../../effects.ts';
import { escapeHtml } from '../../../go/go-json.ts';
import { runAttach as attachTo } from '../../containers/attach.ts';
import { exitStatus, openWait } from '../../containers/exit-status.ts';
import { runStats as statsOf } from '../../containers/stats.ts';
import { DockerContext } from '../../context.ts';
import { ask, eachMessage, openMessages } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { filterQuery } from '../../filters.ts';
import { formatRows } from '../../format/format-rows.ts';
import { timestampOf } from '../../timestamps.ts';
import { type VolumeSummary, volumeKind, volumeRow, volumeTemplate } from '../../volumes/list.ts';
import { composeOf } from '../compose.ts';
import {
  containersOf,
  type Listed,
  labels,
  listContainers,
  nameOf,
  serviceOf,
  specifiedContainer,
} from '../containers.ts';
import { createProject } from '../create/create.ts';
import { numberFlag } from '../flags.ts';
import { loadProject, nameOfProject, projectOrName } from '../project/load-project.ts';
import { withEnvironmentResolved } from '../project/resolve-environment.ts';
import { downProject } from '../running/down.ts';
import { together } from '../together.ts';
import { createOptionsOf, demandFittingFlags, withCreateFlags } from './create-options.ts';

/** Another line of docker, that compose runs as if it were its own. */
export function otherLine({ surroundings }: DockerContext, words: readonly string[]): DockerContext {
  const line = ['docker', ...words];
  return new DockerContext(parseDocker(joinWords(line).words), line.slice(0, 3).join(' '), surroundings);
}

/** `docker compose version` (cmd/compose/version.go). */
export function* runVersion({ flags }: DockerContext): Steps<number> {
  const format = flags.text('--format');
  if (flags.on('--short')) yield* print('5.5.1\n');
  else if (format === 'json') yield* print('{"version":"v5.5.1"}\n');
  else yield* print('Docker Compose version v5.5.1\n');
  return 0;
}

/** `docker compose create` (cmd/compose/create.go). */
export function* runCreate(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  demandFittingFlags(compose);
  const loaded = yield* withEnvironmentResolved(yield* loadProject(context, context.args));
  const project = withCreateFlags(compose, loaded);
  const options = createOptionsOf(compose, project, context.args);
  yield* compose.progress.during('create', createProject(compose, project, options));
  return 0;
}

/** `docker compose port` (cmd/compose/port.go). */
export function* runPort(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [service = '', wanted = ''] = args;
  if (!/^\d+$/.test(wanted) || Number(wanted) > 65_535) {
    const why = /^\d+$/.test(wanted) ? 'value out of range' : 'invalid syntax';
    throw new CommandFailure(`strconv.ParseUint: parsing ${JSON.stringify(wanted)}: ${why}`);
  }
  const protocol = (flags.text('--protocol') || 'tcp').toLowerCase();
  const project = (yield* nameOfProject(context)).toLowerCase();
  const container = yield* specifiedContainer(project, service, numberFlag(context, '--index') ?? 0);
  const { Ports: ports } = container;
  const found = ports.find(({ PrivatePort, Type }) => PrivatePort === Number(wanted) && Type === protocol);
  if (!found) {
    const there = ports.map(({ PrivatePort, Type }) => `${PrivatePort}/${Type}`).join(', ');
    throw new CommandFailure(`no port ${wanted}/${protocol} for container ${nameOf(container)}: ${there}`);
  }
  yield* print(`${found.IP ?? 'invalid IP'}:${found.PublicPort ?? 0}\n`);
  return 0;
}

/** `docker compose wait` (cmd/compose/wait.go). */
export function* runWait(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { project, name } = yield* projectOrName(context);
  const containers = yield* containersOf(name, 'include', false, context.args);
  if (containers.length === 0) throw new CommandFailure(`no containers for project ${JSON.stringify(name)}`);
  let code = 0;
  yield* together(
    containers.map(function* ({ Id }): Steps<void> {
      const ending = yield* openWait(Id);
      code = yield* exitStatus(ending);
      yield* print(`container "${Id}" exited with status code ${code}\n`);
    }),
  );
  if (context.flags.on('--down-project')) {
    const options = {
      services: [],
      removeOrphans: true,
      volumes: false,
      images: '',
      timeout: undefined,
    } as const;
    yield* compose.progress.during('down', downProject(compose, name, project, options));
  }
  return code;
}

/** `docker compose volumes` (cmd/compose/volumes.go). */
export function* runVolumes(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const { project, name } = yield* projectOrName(context, args);
  const strange = project && args.find((each) => !project.services.has(each));
  if (strange !== undefined) throw new CommandFailure(`no such service: ${strange}`);
  const label = [`${labels.project}=${name}`];
  const { Volumes } = yield* ask<{ readonly Volumes: readonly VolumeSummary[] }>('GET', '/volumes', {
    query: { filters: filterQuery({ label }) },
  });
  const containers = (yield* listContainers({ label }, false)).filter((each) =>
    args.includes(serviceOf(each)),
  );
  const mounted = new Set(containers.flatMap(({ Mounts }) => Mounts.map((mount) => mount.Name)));
  const volumes = Volumes.filter((volume) => args.length === 0 || mounted.has(volume.Name));
  if (flags.on('--quiet')) {
    yield* print(volumes.map((volume) => `${volume.Name}\n`).join(''));
    return 0;
  }
  const template = volumeTemplate(flags.text('--format') || 'table', false);
  yield* print(formatRows(template, volumeKind, volumes.map(volumeRow)));
  return 0;
}

interface EngineEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly timeNano: number;
}

/** `docker compose events` (cmd/compose/events.go). */
export function* runEvents(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const { name } = yield* projectOrName(context, args);
  const present = yield* now();
  const stream = yield* openMessages('GET', '/events', {
    query: {
      filters: filterQuery({ label: [`${labels.project}=${name.toLowerCase()}`] }),
      since: timestampOf('since', flags.text('--since'), present),
      until: timestampOf('until', flags.text('--until'), present),
    },
  });
  yield* eachEvent(stream, function* ({ Type, Action, Actor, timeNano }) {
    const { [labels.service]: service = '', [labels.oneOff]: oneOff } = Actor.Attributes;
    if (Type !== 'container' || oneOff === 'True') return;
    if (args.length > 0 && !args.includes(service)) return;
    const own = Object.entries(Actor.Attributes).filter(([key]) => !key.startsWith('com.docker.compose.'));
    const time = new Date(Math.floor(timeNano / 1e6)).toISOString();
    if (flags.on('--json')) {
      const event = {
        action: Action,
        attributes: Object.fromEntries(own),
        id: Actor.ID,
        service,
        time,
        type: 'container',
      };
      yield* print(`${escapeHtml(JSON.stringify(event))}\n`);
    } else {
      const attributes = own.map(([key, value]) => `${key}=${value}`).join(', ');
      const shown = time.replace('T', ' ').replace('Z', '000');
      yield* print(`${shown} container ${Action} ${Actor.ID} (${attributes})\n\n`);
    }
  });
  // What is no error elsewhere is one here: that nothing more comes.
  throw new CommandFailure('EOF');
}

function* eachEvent(
  stream: Parameters<typeof eachMessage>[0],
  see: (event: EngineEvent) => Steps<void>,
): Steps<void> {
  yield* eachMessage(stream, (event) => see(event as EngineEvent));
}

/** `docker compose stats`: that of docker for the containers of a project. */
export function* runStats(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const name = (yield* nameOfProject(context)).toLowerCase();
  const services = args.map((service) => `${labels.service}=${service}`);
  const label = [`${labels.project}=${name}`, ...services];
  const containers: readonly Listed[] = yield* listContainers({ label }, flags.on('--all'));
  const format = flags.text('--format');
  const words = [
    ...(flags.on('--no-stream') ? ['--no-stream'] : []),
    ...(flags.on('--no-trunc') ? ['--no-trunc'] : []),
    ...(format === '' ? [] : ['--format', format]),
  ];
  if (containers.length === 0) return 0;
  return yield* statsOf(
    otherLine(context, ['container', 'stats', ...words, ...containers.map(({ Id }) => Id)]),
  );
}

/** `docker compose attach` (cmd/compose/attach.go). */
export function* runAttach(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const name = (yield* nameOfProject(context)).toLowerCase();
  const [service = ''] = args;
  const container = yield* specifiedContainer(name, service, numberFlag(context, '--index') ?? 0);
  const words = ['--no-stdin', '--sig-proxy', '--detach-keys']
    .filter((flag) => flags.has(flag))
    .map((flag) => `${flag}=${flags.text(flag)}`);
  return yield* attachTo(otherLine(context, ['container', 'attach', ...words, container.Id]));
}
