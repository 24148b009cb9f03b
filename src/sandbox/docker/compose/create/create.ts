import type { Steps } from '../../../effects.ts';
import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { confirmed } from '../confirm.ts';
import { nameOf } from '../containers.ts';
import type { BuildOptions } from '../images/build.ts';
import { ensureImages } from '../images/ensure-images.ts';
import { volumeHash } from '../model/hash.ts';
import { demandSimulated } from '../project/demand-simulated.ts';
import type { Project } from '../project/project.ts';
import { withoutUnresolved } from '../project/select-services.ts';
import { PlanExecution, type StopTimeout } from '../reconcile/execute-plan.ts';
import { findExternal } from '../reconcile/networks-and-volumes.ts';
import { type Observed, observe, warnOfOrphans, warnOfUnmanaged } from '../reconcile/observed.ts';
import { Reconciler, type Recreate } from '../reconcile/reconcile.ts';

/** How containers are made. */
export interface CreateOptions {
  readonly services: readonly string[];
  readonly build: BuildOptions | undefined;
  readonly recreate: Recreate;
  readonly recreateOthers: Recreate;
  readonly inherit: boolean;
  readonly removeOrphans: boolean;
  readonly ignoreOrphans: boolean;
  readonly timeout: StopTimeout;
  readonly quietPull: boolean;
  readonly assumeYes: boolean;
}

/**
 * Makes what there is of a project what its files say, short of starting it (create of pkg/compose/create.go).
 *
 * @returns the project with what was found out about its images
 * @throws CommandFailure
 */
export function* createProject(compose: Compose, given: Project, options: CreateOptions): Steps<Project> {
  const resolved = withoutUnresolved(given);
  demandOwnNames(resolved);
  demandSimulated(resolved);
  const project = yield* ensureImages(compose, resolved, options.build, options.quietPull);
  const observed = yield* observe(project);
  yield* findExternal(project, observed);
  yield* warnOfUnmanaged(project, observed);
  if (!options.ignoreOrphans && !options.removeOrphans) yield* warnOfOrphans(observed);
  const { services, recreate, recreateOthers, inherit, removeOrphans } = options;
  const renewVolumes = yield* volumesToRenew(project, observed, options.assumeYes);
  const plan = new Reconciler(project, observed, {
    services: services.length > 0 ? services : [...project.services.keys()],
    recreate,
    recreateOthers,
    inherit,
    removeOrphans,
    renewVolumes,
  }).plan();
  const touched = plan.touched();
  for (const name of project.services.keys()) {
    for (const container of observed.containers.get(name) ?? []) {
      if (container.State === 'running' && !touched.has(container.Id))
        yield* compose.progress.done(`Container ${nameOf(container)}`, 'Running');
    }
  }
  yield* new PlanExecution(compose, project, observed, options.timeout).run(plan);
  return project;
}

/** Project.CheckContainerNameUnicity of compose-go. */
function demandOwnNames(project: Project): void {
  const taken = new Map<string, string>();
  for (const { name, container_name: own } of project.services.values()) {
    if (!own) continue;
    const other = taken.get(own);
    if (other !== undefined)
      throw new CommandFailure(
        `services.${name}: container name "${own}" is already in use by service ${other}"`,
      );
    taken.set(own, own);
  }
}

/** Asks about volumes that are not as the file says: what is in them would be lost. */
function* volumesToRenew(
  project: Project,
  { volumes }: Observed,
  assumeYes: boolean,
): Steps<ReadonlySet<string>> {
  const renewed = new Set<string>();
  for (const [key, volume] of project.volumes) {
    const found = volumes.get(key);
    const isSame =
      !found || found.hash === '' || found.hash === volumeHash(volume) || found.name !== volume.name;
    if (volume.external || isSame) continue;
    const question = `Volume "${volume.name}" exists but doesn't match configuration in compose file. Recreate (data will be lost)?`;
    if (assumeYes || (yield* confirmed(question))) renewed.add(key);
  }
  return renewed;
}
