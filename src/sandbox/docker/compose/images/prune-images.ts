import type { Steps } from '../../../effects.ts';
import { ask, encoded } from '../../engine-client.ts';
import { DaemonFailure } from '../../failures.ts';
import { filterQuery } from '../../filters.ts';
import { familiarName } from '../../pull-image.ts';
import { labels } from '../containers.ts';
import { imageOf, type Project } from '../project/project.ts';
import { inspected } from '../reconcile/observed.ts';

interface EngineImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
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
    const [name] = RepoTags ?? [];
    const isKnown = project.services.has(Labels?.[labels.service] ?? '');
    if (name !== undefined && (withOrphans || isKnown)) names.add(familiarName(name));
  }
  return [...names].sort();
}

/** Removes what builds of the project left without a name; what is used stays. */
export function* removeDangling(project: Project, withOrphans: boolean): Steps<void> {
  for (const { Id, Labels } of yield* imagesOf(project, 'true')) {
    if (!withOrphans && !project.services.has(Labels?.[labels.service] ?? '')) continue;
    try {
      yield* ask('DELETE', `/images/${encoded(Id)}`);
    } catch (error) {
      if (!(error instanceof DaemonFailure)) throw error;
    }
  }
}

function* imagesOf(project: Project, dangling: 'true' | 'false'): Steps<readonly EngineImage[]> {
  const filters = filterQuery({ label: [`${labels.project}=${project.name}`], dangling: [dangling] });
  return yield* ask<readonly EngineImage[]>('GET', '/images/json', { query: { filters } });
}
