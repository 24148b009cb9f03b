import { caught } from '../../thrown.ts';
import { includesCapability } from '../capabilities.ts';
import { ownerOf } from '../container-start.ts';
import { FileError } from '../files/file-error.ts';
import { join } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';

/** What an entrypoint says when it cannot hand over to another user. */
export class SwitchError extends Error {
  override readonly name = 'SwitchError';
}

/**
 * What an entrypoint that begins as root does before it becomes a server: the files of a folder are handed to
 * the server's user, and then it goes on as that one (`gosu`).
 *
 * @returns the owner to go on as; whoever is not root stays who they are
 * @throws SwitchError
 */
export function switchedUser(call: ProcessCall, name: string, folder: string): string {
  const { owner } = call.record;
  if (call.user.uid !== 0) return owner;
  const next = ownerOf(call.files.container, name);
  handOver(call, folder, next);
  const may = (capability: string) => includesCapability(call.user.capabilities, capability);
  if (!may('SETUID') || !may('SETGID')) {
    throw new SwitchError(`error: failed switching to "${name}": operation not permitted`);
  }
  return next;
}

/** @throws SwitchError */
function handOver(call: ProcessCall, path: string, owner: string): void {
  const node = call.files.look(path, false);
  if (!node || node.kind === 'link') return;
  if (node.owner.split(':')[0] !== owner.split(':')[0]) {
    try {
      call.files.change(path, { owner });
    } catch (thrown) {
      const error = caught(thrown, FileError);
      throw new SwitchError(`chown: changing ownership of '${path}': ${error.message}`);
    }
  }
  if (node.kind === 'folder')
    for (const name of call.files.list(path)) handOver(call, join(path, name), owner);
}
