import type { CoreEvent } from '../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import { forgetBudgets } from '../event-budget.ts';
import { eventsAbout } from '../events.ts';

const name = 'event-expiry';

/** Events are kept for an hour after they were last told (`--event-ttl` of the API server). */
const lifetimeMs = 3_600_000;

/** It is looked at once in this time, all that have come of age together. */
const gridMs = 60_000;

/** Forgets events that are old, as etcd does by their leases. Its key is the time at which some come of age. */
export function eventExpiry(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['events'],
    concerns({ table, after, key }) {
      if (table !== 'events' || after === undefined) return none;
      const due = dueOf(after as CoreEvent);
      if (due !== last.due) last = { due, timer: `${name} due ${due}` };
      // One timer is enough for all events of a minute.
      return cluster.store.read('timers', last.timer) === undefined ? [`new ${key}`] : none;
    },
    reconcile(key) {
      if (key.startsWith('new ')) {
        const event = cluster.getByKey('events', key.slice(4));
        if (!event) return;
        const due = dueOf(event);
        simulation.wake(name, `due ${due}`, due);
        return;
      }
      for (const event of expiring(cluster, key.slice(4))) {
        cluster.remove('events', event.metadata.namespace, event.metadata.name);
        const { uid } = event.involvedObject;
        if (uid !== undefined && eventsAbout(cluster, uid).length === 0) forgetBudgets(cluster, uid);
      }
    },
  };
}

const none: readonly string[] = [];

/** What came of age last, and by which timer; and the time that was read last: much is told in one second. */
let last = { due: 0, timer: '' };
let lastRead = { told: '', due: 0 };

function dueOf({ lastTimestamp, metadata: { creationTimestamp = '' } }: CoreEvent): number {
  const told = lastTimestamp || creationTimestamp;
  if (told !== lastRead.told) {
    lastRead = { told, due: Math.ceil((Date.parse(told) + lifetimeMs) / gridMs) * gridMs };
  }
  return lastRead.due;
}

function expiring(cluster: Cluster, due: string) {
  const dueTimes = (event: CoreEvent) => [`${dueOf(event)}`];
  const index = cluster.store.index('events', 'expiry', dueTimes);
  return index.entries(due) as ReturnType<typeof eventsAbout>;
}
