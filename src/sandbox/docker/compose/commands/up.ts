import type { Steps } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { type Compose, composeOf } from '../compose.ts';
import { createProject } from '../create/create.ts';
import { numberFlag } from '../flags.ts';
import { loadProject } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { withEnvironmentResolved } from '../project/resolve-environment.ts';
import { selectServices, serviceNamed, withDependencies } from '../project/select-services.ts';
import { runAttached } from '../running/attached-up.ts';
import { startProject } from '../running/start.ts';
import { createOptionsOf, demandFittingFlags, withCreateFlags } from './create-options.ts';

/** `docker compose up` (cmd/compose/up.go, pkg/compose/up.go). */
export function* runUp(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { flags, args: services } = context;
  demandFittingUp(compose);
  const loaded = yield* withEnvironmentResolved(yield* loadProject(context, services));
  const isDetached = flags.on('--detach') || flags.on('--wait');
  if (loaded.services.size === 0) throw new CommandFailure('no service selected');
  if (flags.on('--watch')) throw new CommandFailure('docker compose up --watch is not simulated here');
  const wanted = withCreateFlags(compose, loaded);
  const project = flags.on('--no-deps') ? selectServices(wanted, services, 'ignore') : wanted;
  if (flags.has('--exit-code-from')) serviceNamed(project, flags.text('--exit-code-from'));
  const options = createOptionsOf(compose, project, services);
  if (flags.on('--no-start')) {
    yield* compose.progress.during('create', createProject(compose, project, options));
    return 0;
  }
  const attachTo = isDetached ? [] : attached(compose, project, services);
  const start = {
    wait: flags.on('--wait'),
    waitTimeout: (numberFlag(context, '--wait-timeout') ?? 0) * 1000,
  };
  const made = yield* compose.progress.during(
    'up',
    (function* (): Steps<Project> {
      const made = yield* createProject(compose, project, options);
      if (isDetached) yield* startProject(compose, made, start);
      return made;
    })(),
  );
  if (isDetached) return 0;
  return yield* runAttached(compose, made, { services, attachTo, start });
}

/** @throws CommandFailure for flags that do not go together (validateFlags) */
function demandFittingUp(compose: Compose): void {
  const { flags } = compose.context;
  const on = (...names: readonly string[]) => names.some((name) => flags.on(name));
  const isAttaching = flags.has('--attach') || on('--attach-dependencies');
  const isFailing = on('--abort-on-container-failure');
  const isStopping = on('--abort-on-container-exit') || (flags.has('--exit-code-from') && !isFailing);
  if (Number(flags.text('--wait-timeout')) < 0)
    throw new CommandFailure('--wait-timeout must be a non-negative integer');
  if (isStopping && isFailing) {
    throw new CommandFailure(
      '--abort-on-container-failure cannot be combined with --abort-on-container-exit',
    );
  }
  if (on('--wait') && (isAttaching || isStopping)) {
    throw new CommandFailure(
      '--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies',
    );
  }
  if (on('--build') && on('--no-build')) throw new CommandFailure('--build and --no-build are incompatible');
  if (on('--detach', '--wait') && (isAttaching || isStopping || isFailing || on('--watch'))) {
    const name = on('--wait') ? '--wait' : '--detach';
    throw new CommandFailure(
      `${name} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`,
    );
  }
  demandFittingFlags(compose);
  if (on('--no-build') && on('--watch')) throw new CommandFailure('--no-build and --watch are incompatible');
}

/** The services whose output is shown. @throws CommandFailure where one is not part of it */
function attached(
  { context: { flags } }: Compose,
  project: Project,
  services: readonly string[],
): readonly string[] {
  if (flags.has('--attach') && flags.on('--attach-dependencies'))
    throw new CommandFailure('cannot combine --attach and --attach-dependencies');
  const left = flags.texts('--no-attach');
  const asked = flags.texts('--attach');
  if (asked.length > 0) {
    const strange = asked.filter((name) => !project.services.has(name));
    if (strange.length > 0)
      throw new CommandFailure(`cannot attach to services not included in up: ${strange.join(', ')}`);
    return asked.filter((name) => !left.includes(name));
  }
  const names = flags.on('--attach-dependencies')
    ? withDependencies(project, services)
    : services.length > 0
      ? services
      : [...project.services.keys()];
  return names.filter((name) => project.services.get(name)?.attach !== false && !left.includes(name));
}
