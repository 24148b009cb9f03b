import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { Store } from '../../../store.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { containerRecord } from '../container-record.ts';

/** Processes that `docker exec` and health checks start, by their id. */
export const execTable = 'docker/execs';

/** What stands in `docker/execs`. */
export interface ExecRecord {
  readonly id: string;
  readonly container: string;
  readonly argv: readonly string[];
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly privileged: boolean;
  readonly user: string;
  /** Variables that it has besides those of its container. */
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly detachKeys: string;
  /** Whether nobody reads what it writes. */
  readonly isDetached?: boolean;
  /** Id of its process; undefined before it starts. */
  readonly process?: string;
  readonly pid?: number;
  readonly exitCode?: number;
  /** When it ended; it is forgotten some minutes later. */
  readonly endedAt?: number;
}

/** Those of a container, in the order in which they were made. */
export function execsOf(store: Store, container: string): readonly ExecRecord[] {
  const containerOf = (exec: ExecRecord) => [exec.container];
  return store.index(execTable, 'container', containerOf).entries(container) as readonly ExecRecord[];
}

/** The one whose process has an id. */
export function execOfProcess(store: Store, process: string): ExecRecord | undefined {
  const processOf = (exec: ExecRecord) => (exec.process === undefined ? [] : [exec.process]);
  return store.index(execTable, 'process', processOf).entries(process)[0] as ExecRecord | undefined;
}

/** Notes that the process of an exec has ended, where it has. */
export function noteExecEnd(parts: ContainerParts, exec: ExecRecord): void {
  if (exec.process === undefined || exec.exitCode !== undefined) return;
  const view = parts.runtime.process(laptopHost, exec.process);
  if (view && view.exitCode === undefined) return;
  const exitCode = view?.exitCode ?? 137;
  parts.store.write(execTable, exec.id, { ...exec, exitCode, endedAt: parts.store.now });
  if (exec.isDetached) parts.runtime.forget(laptopHost, exec.process);
  const container = containerRecord(parts, exec.container);
  if (container) tell(parts, container, 'exec_die', { execID: exec.id, exitCode: `${exitCode}` });
}

/** Notes the ends of what ran beside the first process of a container, which took it along. */
export function noteEndedExecs(parts: ContainerParts, container: string): void {
  for (const each of execsOf(parts.store, container)) noteExecEnd(parts, each);
}

/** So long those that have ended can still be looked at, in milliseconds (`execCommandGC` of daemon/exec.go). */
const keptMs = 300_000;

/** Forgets those that ended some time ago. */
export function forgetOldExecs({ store }: ContainerParts): void {
  for (const { id, endedAt } of Object.values(store.table(execTable)) as ExecRecord[])
    if (endedAt !== undefined && endedAt < store.now - keptMs) store.delete(execTable, id);
}

/** Forgets all of a container. */
export function forgetExecs({ store }: ContainerParts, container: string): void {
  for (const { id } of execsOf(store, container)) store.delete(execTable, id);
}
