import type { Store } from '../../store.ts';
import { processesIn } from '../files/virtual-files.ts';
import { type ContainerRecord, keyOn, type ProcessRecord, tables } from '../records.ts';

/** The processes that run where those of a container see them: its own, or those of all that share its namespace. */
export function visibleFrom(store: Store, container: ContainerRecord): readonly ProcessRecord[] {
  const { host, id, spec } = container;
  const runs = ({ exitCode }: ProcessRecord) => exitCode === undefined;
  if (!spec.sharePids && spec.pidNamespace === undefined) {
    return processesIn(store, keyOn(host, id)).filter(runs);
  }
  const namespaceOf = (each: ContainerRecord) => [
    keyOn(each.host, each.spec.pidNamespace ?? each.spec.network),
  ];
  const own = keyOn(host, spec.pidNamespace ?? spec.network);
  const all = store.index(tables.containers, 'pids', namespaceOf).entries(own);
  return (all as readonly ContainerRecord[])
    .flatMap((each) => processesIn(store, keyOn(each.host, each.id)).filter(runs))
    .sort((one, other) => one.pid - other.pid);
}
