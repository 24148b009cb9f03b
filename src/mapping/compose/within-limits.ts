import { compareQuantities } from '../../kubernetes/quantity.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { setRequest } from '../workload/limits.ts';

/** Lowers what is asked for to the limit, above which the API refuses it; several keys can say either. */
export function keepWithinLimits(draft: WorkloadDraft): void {
  const { requests = {}, limits = {} } = draft.container.resources ?? {};
  for (const [resource, wanted] of Object.entries(requests)) {
    const most = limits[resource];
    if (most === undefined || compareQuantities(wanted, most) !== 1) continue;
    setRequest(draft, resource, most);
    addCaveat(
      draft,
      `The keys ask for more ${resource} (${wanted}) than the limit (${most}), which the API refuses. The limit is the request too.`,
    );
  }
}
