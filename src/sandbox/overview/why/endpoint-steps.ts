import type { EndpointSlice } from '../../../kubernetes/api.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Step } from './account.ts';

/**
 * What the endpointslice controller has made: it tells of nothing, but what it makes says when and what for.
 *
 * @param since only those that are not older, in milliseconds since 1970
 */
export function endpointSteps(slices: readonly Stored<EndpointSlice>[], since: number): readonly Step[] {
  return slices.flatMap(({ metadata }): Step[] => {
    const service = metadata.labels?.['kubernetes.io/service-name'];
    const at = Date.parse(metadata.creationTimestamp);
    if (service === undefined || at < Math.floor(since / 1000) * 1000) return [];
    const did = `made the list of Pods behind Service ${service}, and keeps it up to date`;
    return [{ at, who: 'endpointslice controller', did, isTrouble: false }];
  });
}
