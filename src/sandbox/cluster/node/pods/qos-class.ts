import type { Pod, ResourceRequirements } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';

/**
 * How safe a Pod is when its node runs out of something
 * (https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/).
 */
export function qosClass({ spec }: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const { initContainers = [], containers = [] } = spec ?? {};
  const ofContainers = [...initContainers, ...containers].map((each) => each.resources);
  // What is said of the Pod as a whole counts before what is said of its containers.
  const all: readonly (ResourceRequirements | undefined)[] = spec?.resources
    ? [spec.resources]
    : ofContainers;
  let isGuaranteed = true;
  let isBestEffort = true;
  for (const resources of all) {
    for (const name of ['cpu', 'memory']) {
      const limit = nonZero(resources?.limits?.[name]);
      const request = nonZero(resources?.requests?.[name] ?? limit);
      if (limit !== undefined || request !== undefined) isBestEffort = false;
      if (limit === undefined || request === undefined || compareQuantities(limit, request) !== 0) {
        isGuaranteed = false;
      }
    }
  }
  if (isBestEffort) return 'BestEffort';
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

/** Who asks for nothing says nothing. */
function nonZero(amount: string | undefined): string | undefined {
  return amount !== undefined && compareQuantities(amount, '0') === 0 ? undefined : amount;
}
