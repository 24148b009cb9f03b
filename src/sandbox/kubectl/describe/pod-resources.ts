import type { ContainerStatus, Pod, ResourceRequirements } from '../../../kubernetes/api.ts';
import { parseQuantity } from '../../../kubernetes/quantity.ts';
import { sumOfQuantities } from '../../../kubernetes/quantity-text.ts';

type Amounts = Readonly<Record<string, string>>;
type Kind = 'requests' | 'limits';

/**
 * What a Pod asks for in all: its containers together, or the largest step on the way there while it starts
 * (k8s.io/component-helpers/resource, PodRequests and PodLimits).
 *
 * @param withStatus whether what the containers were given counts too, while they are resized
 */
export function podResources({ spec, status }: Pod, kind: Kind, withStatus: boolean): Amounts {
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  const isInfeasible = (status?.conditions ?? []).some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  const amountsOf = (container: { name: string; resources?: ResourceRequirements }): Amounts => {
    const given = withStatus ? statuses.findLast(({ name }) => name === container.name) : undefined;
    return effective(container.resources?.[kind] ?? {}, given, kind, isInfeasible);
  };
  let running = total((spec?.containers ?? []).map(amountsOf));
  let sidecars: Amounts = {};
  let starting: Amounts = {};
  for (const container of spec?.initContainers ?? []) {
    const isSidecar = container.restartPolicy === 'Always';
    const own = isSidecar ? amountsOf(container) : (container.resources?.[kind] ?? {});
    if (isSidecar) {
      running = total([running, own]);
      sidecars = total([sidecars, own]);
      starting = largest([starting, sidecars]);
    } else starting = largest([starting, total([own, sidecars])]);
  }
  const containers = largest([running, starting]);
  const whole = spec?.resources?.[kind] ?? {};
  return withOverhead({ ...containers, ...whole }, spec?.overhead ?? {}, kind);
}

/** The sum of amounts, resource by resource. */
export function total(lists: readonly Amounts[]): Amounts {
  const names = new Set(lists.flatMap((list) => Object.keys(list)));
  return Object.fromEntries(
    [...names].map((name) => [name, sumOfQuantities(lists.flatMap((list) => list[name] ?? []))]),
  );
}

function largest(lists: readonly Amounts[]): Amounts {
  const found: Record<string, string> = {};
  for (const [name, quantity] of lists.flatMap((list) => Object.entries(list))) {
    const before = found[name];
    if (before === undefined || amount(quantity) > amount(before)) found[name] = quantity;
  }
  return found;
}

function amount(quantity: string): bigint {
  return parseQuantity(quantity) ?? 0n;
}

function effective(
  wanted: Amounts,
  status: ContainerStatus | undefined,
  kind: Kind,
  isInfeasible: boolean,
): Amounts {
  if (!status?.resources) return wanted;
  const given = status.resources[kind] ?? {};
  const allocated = kind === 'requests' ? (status.allocatedResources ?? {}) : {};
  return largest(isInfeasible ? [given, allocated] : [wanted, given, allocated]);
}

/** Limits that are not there stay so. */
function withOverhead(amounts: Amounts, overhead: Amounts, kind: Kind): Amounts {
  const added = Object.entries(overhead).filter(
    ([name]) => kind === 'requests' || amount(amounts[name] ?? '0') > 0n,
  );
  return total([amounts, Object.fromEntries(added)]);
}
