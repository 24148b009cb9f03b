import type { PodSpec, ResourceRequirements } from '../../../../kubernetes/api.ts';
import { parseQuantity } from '../../../../kubernetes/quantity.ts';
import { quantityForm, quantityText } from '../../../../kubernetes/quantity-text.ts';
import { filled } from '../filled.ts';

/** What can be asked for by a Pod as a whole, huge pages aside. */
const counted = ['cpu', 'memory'] as const;

/**
 * What a Pod that has limits as a whole asks for: where it does not say, what its containers ask for
 * together, else as much as its limits (k8s.io/kubernetes/pkg/apis/core/v1, defaultPodRequests).
 */
export function podLevelRequests(spec: PodSpec, resources: ResourceRequirements): ResourceRequirements {
  const { limits = {}, requests = {} } = resources;
  if (Object.keys(limits).length === 0) return resources;
  const all = filled(filled(requests, ofContainers(spec)), supported(limits));
  return all === requests ? resources : { ...resources, requests: all };
}

function supported(list: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const known = Object.entries(list).filter(
    ([name]) => counted.some((each) => each === name) || name.startsWith('hugepages-'),
  );
  return Object.fromEntries(known);
}

/** Containers run at once, init containers one after the other, those that stay beside all that follow. */
function ofContainers({ containers, initContainers = [] }: PodSpec): Readonly<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const name of counted) {
    const asks = [...containers, ...initContainers].map((each) => each.resources?.requests?.[name]);
    const first = asks.find((each) => each !== undefined);
    if (first === undefined) continue;
    const amount = (each: (typeof containers)[number]) =>
      parseQuantity(each.resources?.requests?.[name] ?? '0') ?? 0n;
    let beside = 0n;
    let most = 0n;
    for (const each of initContainers) {
      if (each.restartPolicy === 'Always') beside += amount(each);
      const now = each.restartPolicy === 'Always' ? beside : beside + amount(each);
      if (now > most) most = now;
    }
    const together = containers.reduce((sum, each) => sum + amount(each), beside);
    sums[name] = quantityText(together > most ? together : most, quantityForm(first));
  }
  return sums;
}
