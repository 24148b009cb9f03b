import type { PodDisruptionBudget } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { shownSelector } from '../selecting/label-selector.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';

/** Describes a PodDisruptionBudget. */
export function* describeDisruptionBudget(budget: PodDisruptionBudget, about: About): Steps<string> {
  const { metadata, spec, status } = budget;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  if (spec?.minAvailable !== undefined) description.field('Min available', spec.minAvailable);
  else description.optional('Max unavailable', spec?.maxUnavailable);
  description.field('Selector', spec?.selector ? shownSelector(spec.selector) : '<unset>');
  description.title('Status');
  description.field('Allowed disruptions', status?.disruptionsAllowed ?? 0, 2);
  description.field('Current', status?.currentHealthy ?? 0, 2);
  description.field('Desired', status?.desiredHealthy ?? 0, 2);
  description.field('Total', status?.expectedPods ?? 0, 2);
  yield* describeEvents(description, budget, about);
  return description.toString();
}
