import { complain, print, type Steps, terminal } from '../../effects.ts';
import { humanSize } from '../../go/go-units.ts';
import type { MessageStream } from '../../host/engine/request.ts';
import { eachMessage } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { canRedraw } from './can-redraw.ts';

/** A message of a pull, a push, an import or a build (api/types/jsonstream of moby). */
export interface JsonMessage {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly progressDetail?: Progress;
  readonly errorDetail?: { readonly code?: number; readonly message: string };
  readonly error?: string;
  readonly aux?: unknown;
}

interface Progress {
  readonly current?: number;
  readonly total?: number;
  readonly units?: string;
  readonly hidecounts?: boolean;
}

/** Where messages are shown, and what becomes of those that are for programs. */
export interface MessageDisplay {
  readonly to?: 'stdout' | 'stderr';
  /** Nothing is shown; failures still end the command. */
  readonly isQuiet?: boolean;
  readonly aux?: (value: unknown) => void;
}

/**
 * Shows messages as they come: in a terminal each id has a line that is drawn again, elsewhere only what is no
 * progress is printed (client/pkg/jsonmessage of moby).
 *
 * @throws CommandFailure for what went wrong in the engine
 */
export function* displayMessages(stream: MessageStream, options: MessageDisplay = {}): Steps<void> {
  const { columns = widthUnknown } = yield* terminal();
  const redraws = yield* canRedraw();
  const write = options.to === 'stderr' ? complain : print;
  let lines = new Map<string, number>();
  yield* eachMessage(stream, function* (given) {
    const message = given as JsonMessage;
    if (message.aux !== undefined) return options.aux?.(message.aux);
    const failure = message.errorDetail?.message ?? message.error;
    if (failure !== undefined) throw new CommandFailure(failure);
    if (options.isQuiet) return;
    const { id = '', progressDetail } = message;
    if (!redraws) {
      if (!isProgress(progressDetail)) yield* write(plainText(message));
      return;
    }
    if (id === '' || !progressDetail) {
      lines = new Map();
      yield* write(plainText(message));
      return;
    }
    let text = '';
    if (!lines.has(id)) {
      lines.set(id, lines.size);
      text += '\n';
    }
    const up = lines.size - (lines.get(id) ?? 0);
    yield* write(`${text}\x1b[${up}A\x1b[2K\r${lineOf(message, progressDetail, columns)}\r\x1b[${up}B`);
  });
}

/** Bars are not shown where they cannot be drawn again. */
function isProgress(progress: Progress | undefined): boolean {
  return (progress?.current ?? 0) > 0 || (progress?.total ?? 0) > 0;
}

function plainText({ id = '', stream, status = '' }: JsonMessage): string {
  const begin = id === '' ? '' : `${id}: `;
  return stream !== undefined && stream !== '' ? begin + stream : `${begin}${status}\n`;
}

function lineOf({ id, status = '' }: JsonMessage, progress: Progress, columns: number): string {
  return `${id}: ${status} ${barOf(progress, columns)}`;
}

/** Columns that a bar has, and those of a terminal that has room for one. */
const barLength = 50;
const roomForBar = 110;
/** What the client takes for the width of a terminal that does not say. */
const widthUnknown = 200;

function barOf({ current = 0, total = 0, units = '', hidecounts }: Progress, columns: number): string {
  if (current <= 0 && total <= 0) return '';
  if (total <= 0) return units === '' ? humanSize(current).padStart(8) : `${current} ${units}`;
  const done = Math.min(Math.trunc(Math.trunc((current / total) * 100) / 2), barLength);
  const bar = columns > roomForBar ? `[${'='.repeat(done)}>${' '.repeat(barLength - done)}] ` : '';
  if (hidecounts) return bar;
  const [shown, all] = units === '' ? [humanSize(current).padStart(8), humanSize(total)] : [current, total];
  const suffix = units === '' ? '' : ` ${units}`;
  return current > total ? `${bar}${shown}${suffix}` : `${bar}${shown}/${all}${suffix}`;
}
