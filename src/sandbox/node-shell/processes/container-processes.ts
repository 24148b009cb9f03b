import type { Container } from '../../runtime/container-runtime.ts';
import { keyOn, type ProcessRecord, tables } from '../../runtime/records.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Store } from '../../store.ts';
import type { HostProcess } from './process-entry.ts';

/** Users of Debian that a host has names for, by their numbers. */
const names: Readonly<Record<string, string>> = { 0: 'root', 1: 'daemon', 33: 'www-data', 65534: 'nobody' };

/**
 * The processes of a container as its host counts them.
 *
 * @param holder the process that its first one hangs on: its shim's
 */
export function containerProcesses(
  { runtime, store }: { readonly runtime: Runtime; readonly store: Store },
  container: Container,
  holder: number,
): readonly HostProcess[] {
  const { host, id } = container;
  const { memoryBytes } = runtime.usage(host, id);
  const views = runtime.processes(host, id);
  const records = views.map((view) => store.read(tables.processes, keyOn(host, view.id)));
  const numbers = new Map(
    (records as (ProcessRecord | undefined)[]).flatMap((each) => (each ? [[each.pid, each.hostPid]] : [])),
  );
  let last = holder;
  return views.map((view, place) => {
    const record = records[place] as ProcessRecord | undefined;
    // A worker has no record of its own: it hangs on the process before it that has one.
    const parent = record ? (numbers.get(record.parent) ?? holder) : last;
    if (record) last = record.hostPid;
    const uid = record ? record.owner.replace(/:.*$/, '') : numberOf(runtime, container, view.user);
    return {
      pid: view.pid,
      parent,
      user: names[uid] ?? uid,
      startedAt: view.startedAt,
      argv: view.argv,
      seconds: 0,
      memoryBytes: memoryBytes / views.length,
    };
  });
}

/** The number behind a name that the image of a container knows. */
function numberOf(runtime: Runtime, { host, id }: Container, user: string): string {
  if (/^\d+$/.test(user)) return user;
  const file = runtime.files(host, id).get('/etc/passwd');
  const lines = file?.kind === 'file' ? file.content.split('\n') : [];
  const [, , uid = '0'] = lines.find((line) => line.startsWith(`${user}:`))?.split(':') ?? [];
  return uid;
}

/** The command line of the process that stands between containerd and a container. */
export function shimLine(namespace: string, id: string): readonly string[] {
  const address = '/run/containerd/containerd.sock';
  return ['/usr/bin/containerd-shim-runc-v2', '-namespace', namespace, '-id', id, '-address', address];
}
