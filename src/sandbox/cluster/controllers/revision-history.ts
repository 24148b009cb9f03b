import type { ControllerRevision, LabelSelector, PodTemplateSpec } from '../../../kubernetes/api.ts';
import { sortedKeys } from '../../go/go-json.ts';
import type { Cluster } from '../cluster.ts';
import { type ApiObject, controlledBy, type Stored, sameValue } from '../object.ts';
import { byAge } from './age.ts';
import { claim } from './owners.ts';
import { refusalIn } from './refusal.ts';
import { templateHash } from './template-hash.ts';

export type StoredRevision = Stored<ControllerRevision>;

const resource = 'controllerrevisions.apps';

/** An owner's templates of the past and the present one, the oldest first. */
export function revisionsOf(
  cluster: Cluster,
  owner: Stored<ApiObject>,
  selector: LabelSelector | undefined,
): readonly StoredRevision[] {
  const revisions = claim(cluster, resource, owner, selector);
  return revisions.sort((one, other) => one.revision - other.revision || byAge(one, other));
}

/** The template that a revision keeps. */
export function templateIn({ data }: ControllerRevision): PodTemplateSpec | undefined {
  const { spec } = data as {
    spec?: { template?: PodTemplateSpec & { $patch?: string } };
  };
  if (!spec?.template) return undefined;
  const { $patch: _, ...template } = spec.template;
  return template;
}

/** The form in which a template is kept: a patch that puts it in place of another. */
function dataOf(template: PodTemplateSpec) {
  return { spec: { template: { $patch: 'replace', ...template } } };
}

/** What a revision is made of besides the template. */
export interface RevisionForm {
  /** The label that names its hash. */
  readonly hashLabel: string;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** How often another template was found to have the same hash. */
  readonly collisions: number;
}

/**
 * Sees to it that the newest revision is the owner's template (k8s.io/kubernetes/pkg/controller/history): one
 * that was there before comes to the front, otherwise one is made.
 *
 * @returns that revision; undefined when its name was taken by another template
 * @throws ApiError what the API said
 */
export function latestRevision(
  cluster: Cluster,
  owner: Stored<ApiObject>,
  template: PodTemplateSpec,
  known: readonly StoredRevision[],
  { hashLabel, annotations, collisions }: RevisionForm,
): StoredRevision | undefined {
  const data = dataOf(template);
  const newest = known.at(-1);
  if (newest && sameValue(newest.data, data)) return newest;
  const revision = (newest?.revision ?? 0) + 1;
  const earlier = known.findLast((each) => sameValue(each.data, data));
  if (earlier) return cluster.update(resource, { ...earlier, revision });
  const hash = templateHash(data, collisions);
  const { namespace = '' } = owner.metadata;
  const name = `${owner.metadata.name.slice(0, 223)}-${hash}`;
  try {
    return cluster.create(resource, {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name,
        namespace,
        labels: { ...template.metadata?.labels, [hashLabel]: hash },
        ...(annotations ? { annotations } : {}),
        ownerReferences: [controlledBy(owner)],
      },
      // Clients compare what it says byte by byte.
      data: sortedKeys(data),
      revision,
    });
  } catch (error) {
    if (refusalIn(error).reason !== 'AlreadyExists') throw error;
    return undefined;
  }
}

/**
 * Deletes the oldest revisions that are more than the history is to keep.
 *
 * @param live names of those that are in use
 */
export function truncateRevisions(
  cluster: Cluster,
  known: readonly StoredRevision[],
  live: ReadonlySet<string | undefined>,
  limit: number,
): void {
  const history = known.filter(({ metadata }) => !live.has(metadata.name));
  for (const { metadata } of history.slice(0, Math.max(0, history.length - limit))) {
    cluster.remove(resource, metadata.namespace, metadata.name);
  }
}
