import type { CoreEvent } from '../../../kubernetes/api.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Step } from './account.ts';
import { type EventRule, type ToldEvent, toldEvent } from './event-rule.ts';
import { eventRules, tellerOf } from './event-rules.ts';

/** Events told by the same one within so long are one sentence, in milliseconds. */
const breath = 1000;

interface Group {
  at: number;
  readonly rule: EventRule | undefined;
  readonly key: string;
  readonly who: string;
  readonly events: ToldEvent[];
}

/**
 * What the controllers, the scheduler and the kubelets did, in order, from what they told of it.
 *
 * @param events in any order
 */
export function clusterSteps(events: readonly Stored<CoreEvent>[]): readonly Step[] {
  const groups: Group[] = [];
  const ordered = [...events].sort((one, other) => revisionOf(one) - revisionOf(other));
  for (const event of ordered) {
    const told = toldEvent(event);
    const rule = eventRules.find(
      ({ component, reason }) => reason === told.reason && component.test(told.component),
    );
    const who = tellerOf(told);
    const at = Date.parse(told.at);
    const key = `${who} ${told.reason} ${rule ? rule.together(told) : told.message + told.name}`;
    const open = groups.findLast((group) => group.key === key && at - group.at <= breath);
    if (open) open.events.push(told);
    else groups.push({ at, rule, key, who, events: [told] });
  }
  return groups.flatMap(({ at, rule, who, events: told }): Step[] => {
    const [event] = told;
    const did = rule ? rule.tell(told) : event && `told of ${event.kind} ${event.name}: ${event.message}`;
    if (did === undefined) return [];
    return [{ at, who, did, isTrouble: told.some(({ isWarning }) => isWarning) }];
  });
}

function revisionOf({ metadata }: Stored<CoreEvent>): number {
  return Number(metadata.resourceVersion);
}
