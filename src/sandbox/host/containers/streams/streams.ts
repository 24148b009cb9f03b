import type { LogLine } from '../../../runtime/container-runtime.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { OutputStream } from '../../engine/request.ts';
import type { ContainerParts } from '../container-parts.ts';
import { containerRecord } from '../container-record.ts';

/** Which of a container's output somebody wants. */
export interface Wanted {
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** What a followed log begins and ends with. */
export interface Follow extends Wanted {
  /** What stands before what comes. */
  readonly first: readonly LogLine[];
  /** The place in the log that new output is read from. */
  readonly from: number;
  /** Whether it ends, with the container's end; it is asked after everything was read. */
  readonly hasEnded: () => boolean;
  /** What is made of pieces that come. */
  readonly shown?: (pieces: readonly LogLine[]) => readonly LogLine[];
  /** What is left of it at the end; nothing the second time. */
  readonly rest?: () => readonly LogLine[];
  readonly write?: (text: string) => void;
  readonly closeInput?: () => void;
}

/** The output of a container's first process, as it comes. */
export function followOutput(parts: ContainerParts, id: string, follow: Follow): OutputStream {
  let place = follow.from;
  let pending: LogLine[] = [...follow.first];
  let isClosed = false;
  const wants = ({ stream }: LogLine) => (stream === 'stdout' ? follow.stdout : follow.stderr);
  const read = () => {
    if (isClosed || !containerRecord(parts, id)) return;
    const { pieces, place: next } = parts.runtime.logsAfter(laptopHost, id, place);
    place = next;
    const wanted = pieces.filter(wants);
    pending.push(...(follow.shown ? follow.shown(wanted) : wanted));
  };
  const release = parts.readers.add(id, read);
  return {
    kind: 'output',
    next() {
      read();
      const found = pending;
      pending = [];
      return found;
    },
    write: (text) => follow.write?.(text),
    closeInput: () => follow.closeInput?.(),
    get ended() {
      if (isClosed) return true;
      const isOver = follow.hasEnded();
      read();
      if (isOver) pending.push(...(follow.rest?.() ?? []));
      if (!isOver || pending.length > 0) return false;
      release();
      return true;
    },
    close() {
      isClosed = true;
      release();
    },
  };
}

/** Output that is all there is. */
export function finishedOutput(pieces: readonly LogLine[]): OutputStream {
  let pending = pieces;
  return {
    kind: 'output',
    next() {
      const found = pending;
      pending = [];
      return found;
    },
    write() {},
    closeInput() {},
    get ended() {
      return pending.length === 0;
    },
    close() {
      pending = [];
    },
  };
}
