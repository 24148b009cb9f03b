import { unlessThrown } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import { failureLines, socketOf } from './mysql-log.ts';

/** The port of the server that a socket leads to, and who has asked it to end; undefined without a socket. */
export function socketAt(
  { files }: ProcessCall,
  isMaria: boolean,
): { readonly port: number; readonly endsFor: string | undefined } | undefined {
  const node = files.look(socketOf(isMaria));
  if (!node) return undefined;
  const [port, endsFor] = node.kind === 'file' ? node.content.split(' ') : [];
  return { port: Number(port), endsFor };
}

/** Makes the socket of a server. @returns what it says where that fails, as in a container that is read-only */
export function openedSocket(
  call: ProcessCall,
  isMaria: boolean,
  port: number,
): readonly string[] | undefined {
  const socket = socketOf(isMaria);
  return unlessThrown(
    FileError,
    () => {
      call.files.write(socket, `${port}`);
      return undefined;
    },
    ({ message }) =>
      failureLines(
        call,
        isMaria,
        isMaria
          ? [
              ['', `Can't start server : Bind on unix socket: ${message}`],
              ['', `Do you already have another server running on socket: ${socket} ?`],
            ]
          : [
              ['MY-010273', `Could not create unix socket lock file ${socket}.lock.`],
              ['MY-010268', 'Unable to setup unix socket lock file.'],
            ],
      ),
  );
}
