import { parseImage } from '../../../../docker/images.ts';
import { complain, type Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import type { DockerContext } from '../../context.ts';
import { eachMessage, encoded, openMessages } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { registryAuth } from '../../registry/credentials.ts';
import { type Compose, composeOf } from '../compose.ts';
import { buildServices } from '../images/build.ts';
import { buildOptionsOf } from '../images/build-options.ts';
import { mustPull } from '../images/ensure-images.ts';
import { type LocalImage, localImages } from '../images/local-images.ts';
import { pullImage } from '../images/pull-image.ts';
import { loadProject } from '../project/load-project.ts';
import { type Project, type Service, sortedNames } from '../project/project.ts';
import { withEnvironmentResolved } from '../project/resolve-environment.ts';
import { mapServices, selectServices, serviceNamed } from '../project/select-services.ts';
import { together } from '../together.ts';
import { warn } from '../warn.ts';

/** `docker compose build` (cmd/compose/build.go). */
export function* runBuild(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const unknown = ['--check', '--print', '--push', '--builder', '--ssh', '--sbom', '--provenance'].find(
    (flag) => flags.has(flag),
  );
  if (unknown) throw new CommandFailure(`docker compose build ${unknown} is not simulated here`);
  if (flags.has('--progress'))
    yield* complain(
      '--progress is a global compose flag, better use `docker compose --progress xx build ...\n',
    );
  const compose = composeOf(context);
  const loaded = yield* loadProject(context, args);
  const project = flags.on('--with-dependencies') ? loaded : selectServices(loaded, args, 'ignore');
  const services = sortedNames(project.services.keys())
    .map((name) => serviceNamed(project, name))
    .filter(({ build }) => build !== undefined);
  const steps = buildServices(compose, project, services, buildOptionsOf(context));
  const built = yield* compose.progress.during('build', steps);
  if (built.length === 0) yield* warn('No services to build');
  return 0;
}

/** `docker compose pull` (cmd/compose/pull.go, pkg/compose/pull.go). */
export function* runPull(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const compose = composeOf(context);
  const loaded = yield* loadProject(context, args);
  const chosen = flags.on('--include-deps') ? loaded : selectServices(loaded, args, 'ignore');
  const policy = flags.text('--policy');
  const project =
    policy === ''
      ? chosen
      : mapServices(chosen, (service) => (service.image ? { ...service, pull_policy: policy } : service));
  yield* compose.progress.during('pull', pullAll(compose, project));
  return 0;
}

function* pullAll(compose: Compose, project: Project): Steps<void> {
  const { flags } = compose.context;
  const images = yield* localImages(project);
  const due = new Map<string, Service>();
  for (const name of sortedNames(project.services.keys())) {
    const service = serviceNamed(project, name);
    const { image } = service;
    const id = image ? `Image ${image}` : name;
    const details = yield* skipReason(service, images, flags.on('--ignore-buildable'));
    if (details !== undefined) yield* compose.progress.on({ id, status: 'done', text: 'Skipped', details });
    else if (image) due.set(image, due.get(image) ?? service);
  }
  const failures: CommandFailure[] = [];
  const toBuild: string[] = [];
  yield* together(
    [...due.values()].map(function* (service): Steps<void> {
      try {
        const { image = '', platform, build } = service;
        yield* pullImage(compose, { image, platform, build }, flags.on('--quiet'));
      } catch (error) {
        throwUnless(error, CommandFailure);
        failures.push(error);
        if (service.build) toBuild.push(service.name);
        else if (!flags.on('--ignore-pull-failures')) throw error;
      }
    }),
  );
  if (toBuild.length > 0) {
    yield* warn(
      `WARNING: Some service image(s) must be built from source by running:\n    docker compose build ${toBuild.join(' ')}`,
    );
  }
  if (failures.length > 0 && !flags.on('--ignore-pull-failures'))
    throw new CommandFailure(failures.map(({ message }) => message).join('\n'));
}

/** Why an image is not pulled; undefined where it is (shouldPullImage). */
function* skipReason(
  service: Service,
  images: ReadonlyMap<string, LocalImage>,
  withoutBuildable: boolean,
): Steps<string | undefined> {
  const { image, pull_policy: policy, build } = service;
  if (!image) return 'No image to be pulled';
  const { provider: _, ...pullable } = service;
  if (policy && !(yield* mustPull(pullable, images))) {
    const isLatest = /(^|\/)[^/:@]+(:latest)?$/.test(image);
    if (['missing', 'if_not_present'].includes(policy) && !isLatest)
      return 'Image is already present locally';
    if (policy === 'never' || policy === 'build') return '';
  }
  return build && withoutBuildable ? 'Image can be built' : undefined;
}

interface PushMessage {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** `docker compose push` (cmd/compose/push.go, pkg/compose/push.go). */
export function* runPush(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const compose = composeOf(context);
  const loaded = yield* withEnvironmentResolved(yield* loadProject(context, args));
  const project = flags.on('--include-deps') ? loaded : selectServices(loaded, args, 'ignore');
  const steps = pushAll(compose, project);
  yield* flags.on('--quiet') ? steps : compose.progress.during('push', steps);
  return 0;
}

function* pushAll(compose: Compose, project: Project): Steps<void> {
  const pushes: Steps<void>[] = [];
  for (const name of sortedNames(project.services.keys())) {
    const { image, build } = serviceNamed(project, name);
    if (build && image) {
      for (const tag of [image, ...(build.tags ?? [])]) pushes.push(pushImage(compose, tag));
    } else yield* compose.progress.done(name, 'Skipped');
  }
  yield* together(pushes);
}

function* pushImage({ progress, context }: Compose, image: string): Steps<void> {
  yield* progress.working(image, 'Pushing');
  const { registry, repository, tag } = parseImage(image);
  const name = registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`;
  try {
    const stream = yield* openMessages('POST', `/images/${name.split('/').map(encoded).join('/')}/push`, {
      query: { tag: tag || 'latest' },
      headers: { 'x-registry-auth': yield* registryAuth(context, registry) },
    });
    let failure: string | undefined;
    yield* eachMessage(stream, function* (given) {
      const message = given as PushMessage;
      failure ??= message.errorDetail?.message ?? message.error;
      const { id = '', status = '' } = message;
      if (id === '' || context.flags.on('--quiet')) return;
      const isDone = ['pushed', 'layer already exists'].includes(status.toLowerCase());
      yield* progress.on({ id, parent: image, text: '', status: isDone ? 'done' : 'working' });
    });
    if (failure !== undefined) throw new CommandFailure(failure);
  } catch (error) {
    throwUnless(error, CommandFailure);
    if (!context.flags.on('--ignore-push-failures')) {
      yield* progress.error(image, error.message);
      throw error;
    }
    yield* progress.warning(image, error.message);
    return;
  }
  yield* progress.done(image, 'Pushed');
}
