import type { Store } from '../../store.ts';
import { type ContainerRecord, keyOn, type ProcessRecord, tables } from '../records.ts';

/** Whose processes a container has joined. */
function joinedOf({ host, spec }: ContainerRecord): readonly string[] {
  return spec.joinsPidsOf === undefined ? nobody : [keyOn(host, spec.joinsPidsOf)];
}

const nobody: readonly string[] = [];

/** The processes that run where those of a container see them: its own, or those of all that share its namespace. */
export function visibleFrom(store: Store, container: ContainerRecord): readonly ProcessRecord[] {
  const { host, id, spec } = container;
  const runs = ({ exitCode }: ProcessRecord) => exitCode === undefined;
  if (!spec.sharePids && spec.pidNamespace === undefined) {
    const first = keyOn(host, spec.joinsPidsOf ?? id);
    const joined = store.index(tables.containers, 'joined pids', joinedOf).entries(first);
    const own = processesIn(store, first).filter(runs);
    if (joined.length === 0) return own;
    const others = (joined as readonly ContainerRecord[]).flatMap((each) =>
      processesIn(store, keyOn(each.host, each.id)).filter(runs),
    );
    return [...own, ...others].sort((one, other) => one.pid - other.pid);
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

/** Where the last process was: one is written several times in a row, each time as it was and as it is. */
let last: { readonly host: string; readonly container: string; readonly keys: readonly string[] } = {
  host: '',
  container: '',
  keys: nobody,
};

function containerOf({ host, container }: ProcessRecord): readonly string[] {
  if (last.container !== container || last.host !== host) {
    last = { host, container, keys: [keyOn(host, container)] };
  }
  return last.keys;
}

/** The processes of a container that are known, those that have ended but are remembered too. */
export function processesIn(store: Store, container: string): readonly ProcessRecord[] {
  const found = store.index(tables.processes, 'container', containerOf).entries(container) as ProcessRecord[];
  // The order of keys is that of words: 10 stands before 9.
  return found.length < 2 ? found : [...found].sort((one, other) => one.pid - other.pid);
}
