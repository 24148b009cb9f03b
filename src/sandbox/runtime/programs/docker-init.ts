import { caught } from '../../thrown.ts';
import { ExecutableError } from '../processes/executable.ts';
import { skipPids } from '../processes/process-ids.ts';
import type { Program } from '../program.ts';

/** Before its child it starts what it needs itself. */
const childPid = 7;

/**
 * What `docker run --init` starts in front of a command: it hands signals on to it, and ends as it does
 * (https://github.com/krallin/tini).
 */
export const dockerInit: Program = {
  memory: 400_000,
  step(call) {
    if (call.state === undefined) {
      skipPids(call.kernel.store, call.container, childPid);
      const [, , ...command] = call.argv;
      try {
        call.state = { child: call.spawn({ argv: command }) };
      } catch (thrown) {
        const error = caught(thrown, ExecutableError);
        const isDenied = error.reason === 'denied' || error.reason === 'folder';
        const why = isDenied ? 'Permission denied' : 'No such file or directory';
        call.err(`[FATAL tini (${childPid})] exec ${command[0]} failed: ${why}\n`);
        return isDenied ? 126 : 127;
      }
    }
    const { child } = call.state as { readonly child: number };
    return call.reap(child) ?? 'waits';
  },
  onSignal(call, signal) {
    const { child } = (call.state ?? {}) as { readonly child?: number };
    if (child !== undefined && signal !== 'CHLD') call.kill(child, signal);
    return true;
  },
};
