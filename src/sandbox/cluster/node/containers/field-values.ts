import type { Pod, ResourceFieldSelector } from '../../../../kubernetes/api.ts';
import { metadataField } from '../../../../kubernetes/field-path.ts';
import { parseQuantity } from '../../../../kubernetes/quantity.ts';
import { type AnyContainer, containerNamed } from '../pods/pod-containers.ts';

/** What the fields of a Pod are read from besides the Pod. */
export interface FieldSources {
  readonly podAddress: string;
  readonly hostAddress: string;
  /** What a container without a limit may use of its node. */
  readonly allocatable: Readonly<Record<string, string>>;
}

/** Something in a Pod's spec cannot be carried out; the message is what the kubelet says of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The value of a field that a Pod may know of itself
 * (https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields).
 *
 * @throws ConfigError for a field that it may not
 */
export function fieldValue(pod: Pod, path: string, sources: FieldSources): string {
  const { metadata, spec } = pod;
  const ofMetadata = metadataField(metadata, path);
  if (ofMetadata !== undefined) return ofMetadata;
  switch (path) {
    case 'spec.nodeName':
      return spec?.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return sources.hostAddress;
    case 'status.podIP':
    case 'status.podIPs':
      return sources.podAddress;
    default:
      throw new ConfigError(`unsupported fieldPath: ${path}`);
  }
}

/**
 * How much a container asks for or may use, in the unit that is asked for, rounded up
 * (k8s.io/kubernetes/pkg/api/v1/resource, `ExtractContainerResourceValue`).
 *
 * @param container the one whose field it is, unless the field names another
 * @throws ConfigError for a container or a resource that there is not
 */
export function resourceValue(
  pod: Pod,
  container: AnyContainer | undefined,
  { containerName, resource, divisor }: ResourceFieldSelector,
  { allocatable }: FieldSources,
): string {
  const spec = containerName ? containerNamed(pod, containerName)?.spec : container;
  if (!spec) throw new ConfigError(`container ${containerName ?? ''} not found`);
  const [part = '', name = ''] = splitResource(resource);
  const given = part === 'limits' ? spec.resources?.limits?.[name] : spec.resources?.requests?.[name];
  const fallback = part === 'limits' ? allocatable[name] : '0';
  if ((part !== 'limits' && part !== 'requests') || !amounts.includes(name)) {
    throw new ConfigError(`Unsupported container resource : ${resource}`);
  }
  const amount = parseQuantity(given ?? fallback ?? '0') ?? 0n;
  const unit = parseQuantity(divisor && divisor !== '0' ? divisor : '1') ?? 1n;
  return `${(amount + unit - 1n) / unit}`;
}

const amounts: readonly string[] = ['cpu', 'memory', 'ephemeral-storage'];

function splitResource(resource: string): readonly string[] {
  const dot = resource.indexOf('.');
  return [resource.slice(0, dot), resource.slice(dot + 1)];
}
