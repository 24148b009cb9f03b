import type {
  LimitRange,
  ObjectMeta,
  Pod,
  PodSpec,
  PodStatus,
  PriorityClass,
  ServiceAccount,
  Toleration,
} from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { defaultedPod } from '../../kinds/pod/pod-defaults.ts';
import { qosClass } from '../../node/pods/qos-class.ts';
import type { Stored } from '../../object.ts';
import { servedResource } from '../../resources.ts';
import { forbiddenObject } from '../objects/status.ts';
import { withLimitDefaults } from './limit-defaults.ts';
import { withTokenMounts } from './service-account-mounts.ts';

/** What a Pod's spec becomes, and what it became it by. */
interface Remembered {
  readonly account: Stored<ServiceAccount>;
  readonly ranges: readonly LimitRange[];
  readonly priority: PriorityClass | undefined;
  /** Of the Pod, or what its name begins with. */
  readonly name: string;
  readonly spec: PodSpec;
  readonly annotation: string | undefined;
  readonly quality: ReturnType<typeof qosClass>;
}

/** Pods of one template share their spec, and so do they afterwards. A memory only: what it says can always be found anew. */
const remembered = new WeakMap<PodSpec, Remembered>();

const limitAnnotation = 'kubernetes.io/limit-ranger';

/**
 * What upstream's admission plugins make of a new Pod: defaults of LimitRanges, its service account and the
 * token of it, its priority, and how long it stays on a node that fails.
 *
 * @throws ApiError Forbidden
 */
export function admitPod(cluster: Cluster, pod: Pod): Pod {
  const { metadata, spec } = pod;
  const { namespace = '' } = metadata;
  // A mirror of what a kubelet runs by itself stays as it is.
  if (!spec || metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return pod;
  const account = accountOf(cluster, pod, spec);
  const ranges: readonly LimitRange[] = cluster.list('limitranges', namespace);
  const priority = priorityOf(cluster, pod, spec);
  checkRuntime(pod, spec);
  const name = metadata.generateName || metadata.name || '';
  const known = remembered.get(spec);
  if (
    known &&
    known.account === account &&
    known.ranges.length === ranges.length &&
    known.ranges.every((each, index) => each === ranges[index]) &&
    known.priority === priority &&
    known.name === name
  ) {
    return withSpec(pod, known);
  }
  // What controllers make has not been through the API, which fills in what was left out.
  const complete = defaultedPod(pod);
  const limited = withLimitDefaults(complete, ranges);
  const mounted = withTokenMounts(withAccount(limited.spec ?? spec, account), account, suffixOf(name));
  const admitted = withTolerations(withPriority(pod, mounted, priority));
  const annotation = limited === complete ? undefined : limited.metadata.annotations?.[limitAnnotation];
  const quality = qosClass({ ...pod, spec: admitted });
  const found = { account, ranges, priority, name, spec: admitted, annotation, quality };
  remembered.set(spec, found);
  return withSpec(pod, found);
}

/** New Pods of one owner share what they say of themselves, and so do they afterwards. */
const qualified = new WeakMap<PodStatus, PodStatus>();

function withQuality(given: PodStatus = {}, quality: Remembered['quality']): PodStatus {
  if (given.qosClass === quality) return given;
  const known = qualified.get(given);
  if (known?.qosClass === quality) return known;
  const status = { ...given, qosClass: quality };
  qualified.set(given, status);
  return status;
}

function withSpec(pod: Pod, { spec, annotation, quality }: Remembered): Pod {
  const status = withQuality(pod.status, quality);
  if (spec === pod.spec && status === pod.status && annotation === undefined) return pod;
  if (annotation === undefined) return { ...pod, spec, status };
  const annotations = { ...pod.metadata.annotations, [limitAnnotation]: annotation };
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec, status };
}

function accountOf(
  cluster: Cluster,
  { metadata }: Pod,
  { serviceAccountName }: PodSpec,
): Stored<ServiceAccount> {
  const { namespace = '' } = metadata;
  const account = serviceAccountName || 'default';
  const found = cluster.get('serviceaccounts', namespace, account);
  if (found) return found;
  const why = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
  throw forbiddenPod(metadata, why);
}

/** The sandbox's cluster has no RuntimeClasses (plugin/pkg/admission/runtimeclass). @throws ApiError Forbidden */
function checkRuntime({ metadata }: Pod, { runtimeClassName }: PodSpec): void {
  if (runtimeClassName === undefined) return;
  const why = `pod rejected: RuntimeClass "${runtimeClassName}" not found`;
  throw forbiddenPod(metadata, why);
}

function forbiddenPod({ name = '' }: ObjectMeta, why: string): Error {
  return forbiddenObject(servedResource('pods'), name, why);
}

function withAccount(spec: PodSpec, account: Stored<ServiceAccount>): PodSpec {
  const { name } = account.metadata;
  const secrets = account.imagePullSecrets ?? [];
  const pulls = !spec.imagePullSecrets?.length && secrets.length > 0;
  if (spec.serviceAccountName === name && spec.serviceAccount === name && !pulls) return spec;
  return {
    ...spec,
    serviceAccountName: name,
    // The old name of the field is still written.
    serviceAccount: name,
    ...(pulls ? { imagePullSecrets: secrets } : {}),
  };
}

function priorityOf(
  cluster: Cluster,
  { metadata }: Pod,
  { priorityClassName }: PodSpec,
): PriorityClass | undefined {
  if (!priorityClassName) {
    return cluster
      .list('priorityclasses.scheduling.k8s.io')
      .filter(({ globalDefault }) => globalDefault)
      .sort((one, other) => priorityIn(one) - priorityIn(other))
      .at(0);
  }
  const found = cluster.get('priorityclasses.scheduling.k8s.io', undefined, priorityClassName);
  if (found) return found;
  const why = `no PriorityClass with name ${priorityClassName} was found`;
  throw forbiddenPod(metadata, why);
}

function priorityIn({ value = 0 }: PriorityClass): number {
  return value;
}

function withPriority({ metadata }: Pod, spec: PodSpec, priority: PriorityClass | undefined): PodSpec {
  const value = priority ? priorityIn(priority) : 0;
  const policy = priority?.preemptionPolicy ?? 'PreemptLowerPriority';
  const end = 'must not be provided in pod spec; priority admission controller computed';
  if (spec.priority !== undefined && spec.priority !== value) {
    const why = `the integer value of priority (${spec.priority}) ${end} ${value} from the given PriorityClass name`;
    throw forbiddenPod(metadata, why);
  }
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
    const why = `the string value of PreemptionPolicy (${spec.preemptionPolicy}) ${end} ${policy} from the given PriorityClass name`;
    throw forbiddenPod(metadata, why);
  }
  const name = spec.priorityClassName || priority?.metadata.name;
  if (spec.priority === value && spec.preemptionPolicy === policy && spec.priorityClassName === name)
    return spec;
  return { ...spec, ...(name ? { priorityClassName: name } : {}), priority: value, preemptionPolicy: policy };
}

/** Seconds that a Pod stays on a node that fails, unless it says otherwise (DefaultTolerationSeconds). */
const staySeconds = 300;

function withTolerations(spec: PodSpec): PodSpec {
  const given = spec.tolerations ?? [];
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) => !given.some((each) => tolerates(each, key)),
  );
  if (missing.length === 0) return spec;
  const added = missing.map(
    (key): Toleration => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: staySeconds,
    }),
  );
  return { ...spec, tolerations: [...given, ...added] };
}

function tolerates({ key = '', effect = '' }: Toleration, taint: string): boolean {
  return (key === taint || key === '') && (effect === 'NoExecute' || effect === '');
}

const letters = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The end of the name of a token's volume. Upstream draws it for each Pod; here Pods of one owner share it,
 * and with it their containers.
 */
function suffixOf(name: string): string {
  // FNV-1a: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  let text = '';
  for (let rest = hash; text.length < 5; rest = Math.floor(rest / letters.length)) {
    text += letters[rest % letters.length];
  }
  return text;
}
