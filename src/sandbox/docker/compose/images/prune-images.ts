import type { Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import { ask, encoded } from '../../engine-client.ts';
import { DaemonFailure } from '../../failures.ts';
import { filterQuery } from '../../filters.ts';
import { familiarName } from '../../pull-image.ts';
import { labels } from '../containers.ts';
import { imageOf, type Project } from '../project/project.ts';
import { inspected } from '../reconcile/observed.ts';

interface EngineImage {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

/**
 * Images that go with a project: those it builds, or all it runs (pkg/compose/image_pruner.go).
 *
 * @param withOrphans those of services that are no longer there too
 */
export function* removableImages(
  project: Project,
  mode: 'local' | 'all',
  withOrphans: boolean,
): Steps<readonly string[]> {
  const names = new Set<string>();
  for (const service of project.services.values()) {
    if (mode === 'local' && service.image) continue;
    const name = imageOf(service, project.name);
    if (yield* inspected(`/images/${encoded(name)}/json`)) names.add(familiarName(name));
  }
  for (const { RepoTags, Labels } of yield* imagesOf(project, 'false')) {
    const isMeant = withOrphans || isOfService(project, Labels);
    for (const name of isMeant ? RepoTags.slice(0, 1) : []) names.add(familiarName(name));
  }
  return [...names].sort();
}

/** Removes what builds of the project left without a name; what is used stays. */
export function* removeDangling(project: Project, withOrphans: boolean): Steps<void> {
  for (const { Id, Labels } of yield* imagesOf(project, 'true')) {
    if (!withOrphans && !isOfService(project, Labels)) continue;
    try {
      yield* ask('DELETE', `/images/${encoded(Id)}`);
    } catch (error) {
      throwUnless(error, DaemonFailure);
    }
  }
}

function isOfService({ services }: Project, { [labels.service]: name = '' }: EngineImage['Labels']): boolean {
  return services.has(name);
}

function* imagesOf(project: Project, dangling: 'true' | 'false'): Steps<readonly EngineImage[]> {
  const filters = filterQuery({ label: [`${labels.project}=${project.name}`], dangling: [dangling] });
  return yield* ask<readonly EngineImage[]>('GET', '/images/json', { query: { filters } });
}
