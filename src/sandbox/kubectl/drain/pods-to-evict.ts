import type { Pod } from '../../../kubernetes/api.ts';
import { controllerOf } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { ObjectList } from '../selecting/selection.ts';
import { get } from '../server/client.ts';
import { namespaceOf } from '../server/served-object.ts';

/** What becomes of a Pod when its node is drained. */
type Verdict =
  | { readonly is: 'evicted'; readonly warning?: string }
  | { readonly is: 'left'; readonly warning?: string }
  | { readonly is: 'refused'; readonly why: string };

/** The Pods of a node that have to go. */
export interface PodsToEvict {
  readonly pods: readonly Pod[];
  /** What is to be said before; empty for nothing. */
  readonly warnings: string;
  /** Why the node cannot be drained. */
  readonly failures: readonly CommandFailure[];
}

/**
 * Looks which Pods of a node have to go, and which may not (k8s.io/kubectl/pkg/drain/filters.go).
 *
 * @throws ServerFailure
 */
export function* podsToEvict(node: string, options: Options): Steps<PodsToEvict> {
  const selector = options.text('--pod-selector', '');
  const list = yield* get<ObjectList>('/api/v1/pods', {
    fieldSelector: `spec.nodeName=${node}`,
    ...(selector === '' ? {} : { labelSelector: selector }),
  });
  const pods: Pod[] = [];
  const warned = new Map<string, string[]>();
  const refused = new Map<string, string[]>();
  for (const item of list.items) {
    const pod: Pod = { ...(item as Pod), apiVersion: 'v1', kind: 'Pod' };
    const verdict = yield* verdictOn(pod, options);
    const named = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (verdict.is === 'refused') add(refused, verdict.why, named);
    else {
      if (verdict.warning !== undefined) add(warned, verdict.warning, named);
      if (verdict.is === 'evicted') pods.push(pod);
    }
  }
  return {
    pods,
    warnings: [...warned].map(([what, names]) => `${what}: ${names.join(', ')}`).join('; '),
    failures: [...refused].map(
      ([why, names]) => new CommandFailure(`cannot delete ${why}: ${names.join(', ')}`),
    ),
  };
}

function add(lists: Map<string, string[]>, key: string, name: string): void {
  lists.set(key, [...(lists.get(key) ?? []), name]);
}

function* verdictOn(pod: Pod, options: Options): Steps<Verdict> {
  const isEnded = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  const owner = controllerOf(pod);
  if (owner?.kind === 'DaemonSet' && !isEnded) {
    const verdict = yield* verdictOnDaemon(pod, owner.name, options);
    if (verdict.is !== 'evicted') return verdict;
  }
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { is: 'left' };
  // Of a Pod that goes only the last look counts: that it has local storage is then not said.
  if (!isEnded && pod.spec?.volumes?.some(({ emptyDir }) => emptyDir !== undefined)) {
    if (!options.on('--delete-emptydir-data')) {
      return { is: 'refused', why: 'Pods with local storage (use --delete-emptydir-data to override)' };
    }
  }
  if (isEnded || owner) return { is: 'evicted' };
  return options.on('--force')
    ? { is: 'evicted', warning: 'deleting Pods that declare no controller' }
    : { is: 'refused', why: 'Pods that declare no controller (use --force to override)' };
}

function* verdictOnDaemon({ metadata }: Pod, owner: string, options: Options): Steps<Verdict> {
  try {
    yield* get(
      `/apis/apps/v1/namespaces/${encodeURIComponent(namespaceOf(metadata))}/daemonsets/${encodeURIComponent(owner)}`,
    );
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    return failure.reason === 'NotFound' && options.on('--force')
      ? { is: 'evicted', warning: failure.message }
      : { is: 'refused', why: failure.message };
  }
  return options.on('--ignore-daemonsets')
    ? { is: 'left', warning: 'ignoring DaemonSet-managed Pods' }
    : { is: 'refused', why: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
}
