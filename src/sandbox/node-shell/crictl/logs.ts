import { parseDurationText } from '../../../kubernetes/duration.ts';
import { complain, pause, print, type Steps } from '../../effects.ts';
import type { LogLine } from '../../runtime/container-runtime.ts';
import { utf8Length } from '../../runtime/volume.ts';
import type { CriContainer } from '../cri/pods-on-node.ts';
import { statusCall } from './inspect.ts';
import { showUsage } from './lists.ts';
import { CrictlFailure } from './output.ts';
import type { CrictlRun } from './run.ts';

/** How often a log that is followed is looked at. */
const look = 200;

/** `crictl logs`: it reads the file that containerd writes, as the kubelet does. */
export function* runLogs(run: CrictlRun): Steps<number> {
  const { options } = run;
  const [id = ''] = options.args;
  if (id === '') throw new CrictlFailure('ID cannot be empty');
  if (options.args.length > 1) return yield* showUsage('logs');
  const since = sinceTime(run, options.text('since'));
  const stream = options.text('stream');
  if (!['', 'stdout', 'stderr'].includes(stream)) {
    throw new CrictlFailure(`invalid stream "${stream}", must be "stdout" or "stderr"`);
  }
  if (options.has('tail') && options.has('stream')) {
    throw new CrictlFailure('--tail and --stream are mutually exclusive');
  }
  const given = run.container(id, statusCall(id));
  const container = options.on('previous') ? previousOf(run, given) : given;
  const { runtime, node } = run.parts;
  const { container: shown } = container;
  let place = 0;
  let left = options.number('limit-bytes') >= 0 ? options.number('limit-bytes') : Number.POSITIVE_INFINITY;
  let isFirst = true;
  for (;;) {
    const state = runtime.container(node, shown.id)?.state;
    const part = runtime.logsAfter(node, shown.id, place);
    place = part.place;
    const isOver = state !== 'running' && state !== 'paused';
    // A line that has not ended yet is not in the file that crictl reads.
    const isThere = ({ text }: LogLine) => isOver || options.on('follow') || text.endsWith('\n');
    const written = isFirst ? runtime.logs(node, shown.id).filter(isThere) : [];
    const pieces = isFirst ? cut(written, options.number('tail'), since) : part.pieces;
    isFirst = false;
    for (const line of pieces) {
      const text = options.on('timestamps') ? `${stampOf(line.at)} ${line.text}` : line.text;
      const fits = utf8Length(text) <= left ? text : text.slice(0, left);
      left -= utf8Length(fits);
      if (stream !== '' && stream !== line.stream) continue;
      yield* line.stream === 'stdout' ? print(fits) : complain(fits);
      if (left <= 0) return 0;
    }
    if (!options.on('follow') || isOver) return 0;
    yield* pause(look);
  }
}

function cut(lines: readonly LogLine[], tail: number, since: number): readonly LogLine[] {
  const recent = lines.filter(({ at }) => at >= since);
  return tail < 0 ? recent : tail === 0 ? [] : recent.slice(-tail);
}

function stampOf(at: number): string {
  return new Date(at).toISOString().replace('Z', '000000Z');
}

/** @throws CrictlFailure when there was none, or its log is gone */
function previousOf(run: CrictlRun, given: CriContainer): CriContainer {
  const { name, attempt, sandbox } = given;
  if (attempt === 0) throw new CrictlFailure(`previous terminated container ${name} not found`);
  const before = run
    .containers()
    .find((each) => each.name === name && each.sandbox.uid === sandbox.uid && each.attempt === attempt - 1);
  if (before) return before;
  const path = `/var/log/pods/${sandbox.namespace}_${sandbox.name}_${sandbox.uid}/${name}/${attempt - 1}.log`;
  throw new CrictlFailure(
    `failed to try resolving symlinks in path "${path}": lstat ${path}: no such file or directory`,
  );
}

/** A time, or how long ago, or seconds since 1970. @throws CrictlFailure */
function sinceTime({ now }: CrictlRun, text: string): number {
  if (text === '') return 0;
  const duration = parseDurationText(text);
  if (duration !== undefined) return now - duration;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(
    /[zZ]|[-+]\d\d:\d\d$/.test(text) ? text : `${text}${text.includes('T') ? '' : 'T00:00:00'}Z`,
  );
  if (Number.isNaN(at)) throw new CrictlFailure(`failed to parse value as time or duration: "${text}"`);
  return at;
}
