import { commandWords } from '../../../../docker/compose/shell-words.ts';
import { parsePort } from '../../../../docker/ports.ts';
import { complain, now, print, readFile, type Steps, terminal } from '../../../effects.ts';
import { sha256 } from '../../../images/sha256.ts';
import { exitStatus, openWait } from '../../containers/exit-status.ts';
import { signalled } from '../../containers/run.ts';
import type { DockerContext } from '../../context.ts';
import { ask, oneIf, openOutput } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { talk } from '../../streams/talk.ts';
import { type Compose, composeOf } from '../compose.ts';
import { containersOf, type Listed, labels, serviceOf } from '../containers.ts';
import { containerBody } from '../create/container-body.ts';
import { createProject } from '../create/create.ts';
import { saysYes } from '../flags.ts';
import { buildOptionsOf } from '../images/build-options.ts';
import { ensureImages } from '../images/ensure-images.ts';
import { dotenv } from '../project/environment.ts';
import { loadProject } from '../project/load-project.ts';
import type { Project, Service } from '../project/project.ts';
import { withEnvironmentResolved } from '../project/resolve-environment.ts';
import { selectServices, serviceNamed } from '../project/select-services.ts';
import { createContainer } from '../reconcile/execute-plan.ts';
import { withReferences } from '../reconcile/references.ts';
import { waitFor } from '../running/dependencies.ts';
import { injectFiles } from '../running/inject-files.ts';
import { startProject } from '../running/start.ts';
import { withCreateFlags } from './create-options.ts';
import { volumeOfText } from './run-volume.ts';

/** `docker compose run` (cmd/compose/run.go, pkg/compose/run.go). */
export function* runRun(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { flags, args } = context;
  const [name = '', ...command] = args;
  const { isTerminal, isInputTerminal } = yield* terminal();
  if (flags.has('--tty') && flags.has('--no-tty'))
    throw new CommandFailure("--tty and --no-tty can't be used together");
  if (flags.on('--quiet')) compose.progress.silence();
  const isDefault = !flags.has('--no-tty') && !flags.has('--interactive');
  const tty = flags.has('--tty')
    ? flags.on('--tty')
    : flags.has('--no-tty')
      ? !flags.on('--no-tty')
      : isTerminal && !(isDefault && !(isInputTerminal ?? isTerminal));
  const stdin = !flags.has('--interactive') || flags.on('--interactive');
  const loaded = yield* withEnvironmentResolved(yield* loadProject(context, [name]));
  const selected = flags.on('--no-deps') ? selectServices(loaded, [name], 'ignore') : loaded;
  const wanted = withCreateFlags(compose, selected);
  const project = yield* compose.progress.during('run', startOthers(compose, wanted, name));
  if (stdin && tty && !(isInputTerminal ?? isTerminal))
    throw new CommandFailure(
      'cannot attach stdin to a TTY-enabled container because stdin is not a terminal',
    );
  const options = { command, tty, stdin };
  const made = yield* runService(compose, project, serviceNamed(project, name), options);
  const id = yield* makeContainer(compose, made.project, made.service, stdin);
  return yield* startIt(context, id, tty, stdin);
}

/** Starts what the service depends on. @returns the project, which knows its images then */
function* startOthers(compose: Compose, project: Project, name: string): Steps<Project> {
  const { flags } = compose.context;
  // It is known all the same: its containers are no orphans.
  const rest: Project = {
    ...project,
    services: new Map([...project.services].filter(([each]) => each !== name)),
    disabled: new Map([...project.disabled, [name, []]]),
  };
  const made = yield* createProject(compose, rest, {
    services: [],
    build: buildOptionsOf(compose.context),
    recreate: 'diverged',
    recreateOthers: 'diverged',
    inherit: false,
    removeOrphans: flags.on('--remove-orphans'),
    ignoreOrphans: saysYes(project.environment.COMPOSE_IGNORE_ORPHANS),
    timeout: undefined,
    quietPull: flags.on('--quiet-pull'),
    assumeYes: false,
  });
  if (made.services.size > 0) yield* startProject(compose, made, { wait: false, waitTimeout: 0 });
  return project;
}

interface RunOptions {
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly stdin: boolean;
}

/** The service as the line changes it (applyRunOptions). */
function* runService(
  compose: Compose,
  project: Project,
  given: Service,
  { command, tty, stdin }: RunOptions,
): Steps<{ readonly project: Project; readonly service: Service }> {
  const { flags } = compose.context;
  const one = selectServices(project, [given.name], 'ignore');
  const whole = { ...one, services: new Map([[given.name, given]]) };
  const ready = yield* ensureImages(
    compose,
    whole,
    buildOptionsOf(compose.context),
    flags.on('--quiet-pull'),
  );
  const { deploy, restart: _, ports: __, ...rest } = serviceNamed(ready, given.name);
  const entrypoint = flags.has('--entrypoint') ? entrypointOf(flags.text('--entrypoint')) : undefined;
  const published = flags.texts('--publish').flatMap((text) =>
    parsePort(text).map(({ hostIp, hostPort, containerPort, protocol }) => ({
      target: containerPort,
      protocol,
      mode: 'ingress',
      ...(hostIp === '' ? {} : { host_ip: hostIp }),
      ...(hostPort === '' ? {} : { published: hostPort }),
    })),
  );
  const added = flags.texts('--cap-add');
  const dropped = flags.texts('--cap-drop');
  const slug = sha256(
    `${project.name} ${given.name} ${yield* now()} ${(yield* containersOf(project.name, 'include')).length}`,
  );
  const words = command.length > 0 ? command : entrypoint ? [] : rest.command;
  const volumes = flags.texts('--volume').map((text) => volumeOfText(text, compose.context));
  const service: Service = {
    ...rest,
    ...(deploy ? { deploy: withoutRestart(deploy) } : {}),
    ...(words === undefined ? {} : { command: words }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ports: flags.on('--service-ports') ? (given.ports ?? []) : published,
    volumes: [...(rest.volumes ?? []), ...volumes],
    tty,
    stdin_open: stdin,
    scale: 1,
    container_name:
      flags.text('--name') || rest.container_name || `${project.name}-${given.name}-run-${slug.slice(0, 12)}`,
    ...(flags.text('--user') === '' ? {} : { user: flags.text('--user') }),
    ...(flags.text('--workdir') === '' ? {} : { working_dir: flags.text('--workdir') }),
    cap_add: [...(rest.cap_add ?? []).filter((each) => !dropped.includes(each)), ...added],
    cap_drop: [...(rest.cap_drop ?? []).filter((each) => !added.includes(each)), ...dropped],
    environment: { ...rest.environment, ...(yield* typedEnvironment(compose.context, project)) },
    labels: { ...rest.labels, ...typedLabels(compose.context) },
    customLabels: { ...rest.customLabels, [labels.slug]: slug, [labels.oneOff]: 'True' },
  };
  return { project: { ...project, services: new Map([...project.services, [given.name, given]]) }, service };
}

/** @throws CommandFailure where a quote in it is not closed */
function entrypointOf(text: string): readonly string[] {
  const read = commandWords(text);
  if (read) return read.words;
  throw new CommandFailure('invalid command line string');
}

type Deploy = NonNullable<Service['deploy']>;

/** One container that runs once is not started again. */
function withoutRestart({ restart_policy: _, ...deploy }: Deploy): Deploy {
  return deploy;
}

function typedLabels({ flags }: DockerContext): Readonly<Record<string, string>> {
  return Object.fromEntries(
    flags.texts('--label').map((text) => {
      const equals = text.indexOf('=');
      if (equals < 0) throw new CommandFailure('label must be set as KEY=VALUE');
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

function* typedEnvironment(
  context: DockerContext,
  project: Project,
): Steps<Readonly<Record<string, string>>> {
  const found = new Map<string, string>();
  for (const text of context.flags.texts('--env')) {
    const [name = '', value = project.environment[name]] = text.split(/=(.*)/s, 2);
    if (value !== undefined) found.set(name, value);
  }
  for (const file of context.flags.texts('--env-from-file')) {
    const path = context.resolve(file);
    const text = yield* readFile(path);
    if (text === undefined) throw new CommandFailure(`open ${file}: no such file or directory`);
    for (const [name, value] of dotenv(text, path, (each) => found.get(each)))
      if (!found.has(name)) found.set(name, value);
  }
  return Object.fromEntries(found);
}

function* makeContainer(compose: Compose, project: Project, given: Service, stdin: boolean): Steps<string> {
  const { flags } = compose.context;
  const all = yield* containersOf(project.name, 'include');
  if (!flags.on('--no-deps')) yield* waitFor(compose, project, given.name, given.depends_on ?? {}, all);
  const service = withReferences(
    given,
    grouped(all.filter(({ Labels }) => Labels[labels.oneOff] !== 'True')),
  );
  const { container_name: name = '' } = service;
  yield* compose.progress.working(`Container ${name}`, 'Creating');
  const body = yield* containerBody(project, service, {
    number: 0,
    labels: { ...service.labels, ...service.customLabels },
    autoRemove: flags.on('--rm'),
    attachStdin: stdin,
    withAliases: flags.on('--use-aliases'),
  });
  let id: string;
  try {
    id = yield* createContainer(compose, project, service.name, name, body, service.platform);
  } catch (error) {
    if (error instanceof CommandFailure) yield* compose.progress.error(`Container ${name}`, error.message);
    throw error;
  }
  yield* compose.progress.done(`Container ${name}`, 'Created');
  yield* injectFiles(project, service, id);
  return id;
}

function grouped(containers: readonly Listed[]): ReadonlyMap<string, readonly Listed[]> {
  const found = new Map<string, readonly Listed[]>();
  for (const each of containers) found.set(serviceOf(each), [...(found.get(serviceOf(each)) ?? []), each]);
  return found;
}

/** Starts the container and shows what it writes, as `docker start -ai` does. */
function* startIt({ flags }: DockerContext, id: string, tty: boolean, stdin: boolean): Steps<number> {
  if (flags.on('--detach')) {
    yield* ask('POST', `/containers/${id}/start`);
    yield* print(`${id}\n`);
    return 0;
  }
  const stream = yield* openOutput('POST', `/containers/${id}/attach`, {
    query: { stream: '1', stdin: oneIf(stdin), stdout: '1', stderr: '1' },
  });
  const ending = yield* openWait(id, flags.on('--rm') ? 'removed' : 'next-exit');
  try {
    yield* ask('POST', `/containers/${id}/start`);
    const end = yield* talk(stream, { stdin, tty, interrupted: () => signalled(id, true) });
    const code = end === 'detached' ? 0 : yield* exitStatus(ending);
    if (code !== 0) yield* complain('\n');
    return code;
  } finally {
    stream.close();
    ending.close();
  }
}
