import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import type { CreateOptions } from '../create/create.ts';
import { numberFlag, saysYes } from '../flags.ts';
import { buildOptionsOf } from '../images/build-options.ts';
import type { Project, Service } from '../project/project.ts';
import { mapServices, serviceNamed } from '../project/select-services.ts';

/** @throws CommandFailure for flags that do not go together (cmd/compose/up.go and create.go) */
export function demandFittingFlags({ context: { flags } }: Compose): void {
  const refuse = (one: string, other: string): void => {
    if (flags.on(one) && flags.on(other)) throw new CommandFailure(`${one} and ${other} are incompatible`);
  };
  refuse('--build', '--no-build');
  if (flags.on('--renew-anon-volumes') && flags.on('--no-recreate'))
    throw new CommandFailure('--no-recreate and --renew-anon-volumes are incompatible');
  refuse('--force-recreate', '--no-recreate');
  refuse('--always-recreate-deps', '--no-recreate');
}

/** How `up` and `create` make containers, as their flags say. @throws CommandFailure */
export function createOptionsOf(
  { context }: Compose,
  project: Project,
  services: readonly string[],
): CreateOptions {
  const { flags, surroundings } = context;
  const isNever = flags.on('--no-recreate');
  const isForced = flags.on('--force-recreate') || flags.on('--renew-anon-volumes');
  const removeOrphans = flags.has('--remove-orphans')
    ? flags.on('--remove-orphans')
    : saysYes(surroundings.env.COMPOSE_REMOVE_ORPHANS);
  const ignoreOrphans = saysYes(project.environment.COMPOSE_IGNORE_ORPHANS);
  if (ignoreOrphans && removeOrphans)
    throw new CommandFailure('cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans');
  return {
    services,
    build: flags.on('--no-build') ? undefined : buildOptionsOf(context),
    recreate: isNever ? 'never' : isForced ? 'force' : 'diverged',
    recreateOthers: isNever ? 'never' : flags.on('--always-recreate-deps') ? 'force' : 'diverged',
    inherit: !flags.on('--renew-anon-volumes'),
    removeOrphans,
    ignoreOrphans,
    timeout: numberFlag(context, '--timeout'),
    quietPull: flags.on('--quiet-pull'),
    assumeYes: flags.on('--yes'),
  };
}

const policies = ['always', 'never', 'build', 'missing', 'if_not_present'];

/** A project as `--pull`, `--build` and `--scale` change it. @throws CommandFailure */
export function withCreateFlags({ context: { flags } }: Compose, given: Project): Project {
  let project = given;
  if (flags.has('--pull')) {
    const policy = flags.text('--pull');
    if (!policies.includes(policy))
      throw new CommandFailure(`invalid --pull option ${JSON.stringify(policy)}`);
    project = mapServices(project, (service) => ({ ...service, pull_policy: policy }));
  }
  if (flags.on('--build'))
    project = mapServices(project, (service) =>
      service.build ? { ...service, pull_policy: 'build' } : service,
    );
  for (const text of flags.texts('--scale')) {
    const [name = '', count = ''] = text.split(/=(.*)/s, 2);
    project = withScale(project, name, Number(count));
  }
  return project;
}

/** @throws CommandFailure where there is no such service */
export function withScale(project: Project, name: string, scale: number): Project {
  const found = serviceNamed(project, name);
  const { deploy } = found;
  const service: Service = {
    ...found,
    scale,
    ...(deploy ? { deploy: { ...deploy, replicas: scale } } : {}),
  };
  return { ...project, services: new Map([...project.services, [name, service]]) };
}
