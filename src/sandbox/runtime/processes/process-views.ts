import type { ProcessView } from '../container-runtime.ts';
import { nameOfId } from '../container-start.ts';
import type { ProcessRecord } from '../records.ts';
import type { Kernel } from './kernel.ts';
import { keyOf } from './process-key.ts';

/**
 * A process as those outside see it, and its workers behind it.
 *
 * @param withOutput whether what it wrote is wanted, where it has a log of its own
 */
export function viewsOf(kernel: Kernel, record: ProcessRecord, withOutput: boolean): readonly ProcessView[] {
  const container = kernel.container(record.host, record.container);
  const uid = record.owner.replace(/:.*$/, '');
  const files = container && kernel.filesOf(container);
  const own: ProcessView = {
    id: record.id,
    pid: record.hostPid,
    argv: record.title === undefined ? record.argv : [record.title],
    user: (files && nameOfId(files, '/etc/passwd', uid)) ?? uid,
    state: record.exitCode === undefined ? 'running' : 'exited',
    startedAt: record.startedAt,
    ...(record.exitCode === undefined ? {} : { exitCode: record.exitCode }),
    output: withOutput && record.isExec ? kernel.logs.pieces(keyOf(record)) : [],
  };
  const workers = kernel.program(record.program).workers?.(record) ?? [];
  return [
    own,
    ...workers.map(({ argv, user }, index) => ({
      ...own,
      id: `${record.id}+${index}`,
      // Numbers of the host are given with room between them.
      pid: record.hostPid + 1 + index,
      argv,
      user: user ?? own.user,
      output: [],
    })),
  ];
}
