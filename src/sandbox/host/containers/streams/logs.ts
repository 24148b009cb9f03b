import type { LogLine } from '../../../runtime/container-runtime.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineResponse } from '../../engine/request.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, containerRecord } from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { nanoTime } from '../views/shown-time.ts';
import { finishedOutput, followOutput, type Wanted } from './streams.ts';

/** What `GET /containers/{id}/logs` is asked for, as it stands in the query. */
export interface LogQuery extends Wanted {
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly details: boolean;
  readonly since: string;
  readonly until: string;
  readonly tail: string;
}

/**
 * What a container has written (daemon/logs.go of github.com/moby/moby).
 *
 * @throws EngineError
 */
export function containerLogs(parts: ContainerParts, name: string, query: LogQuery): EngineResponse {
  if (!query.stdout && !query.stderr)
    throw new EngineError(400, "must specify at least one of 'stdout' or 'stderr'");
  const since = timeOf('since', query.since);
  const until = query.until === '0' ? undefined : timeOf('until', query.until);
  const container = findContainer(parts, name);
  const { id, config, hostConfig, exits, state } = container;
  if (hostConfig.LogConfig.Type === 'none')
    throw new EngineError(501, 'configured logging driver does not support reading');
  const { place } = parts.runtime.logsAfter(laptopHost, id, 0);
  const wants = ({ stream }: LogLine) => (stream === 'stdout' ? query.stdout : query.stderr);
  const inTime = ({ at }: LogLine) =>
    (since === undefined || at >= since) && (until === undefined || at <= until);
  const written = parts.runtime.logs(laptopHost, id).filter(wants);
  const all = written.filter((line) => inTime(line) && (!state.running || isWhole(line)));
  const most = /^\d+$/.test(query.tail) ? Number(query.tail) : undefined;
  const show = (line: LogLine): LogLine => ({
    ...line,
    text: `${prefixOf(container, query, line)}${line.text}`,
  });
  const first = (most === undefined ? all : most === 0 ? [] : all.slice(-most)).map(show);
  const isLive = query.follow && state.running;
  if (!isLive) return { status: 200, stream: finishedOutput(first) };
  const open = { stdout: '', stderr: '' };
  for (const line of written) if (!isWhole(line)) open[line.stream] = line.text;
  const shown = (pieces: readonly LogLine[]) =>
    pieces.flatMap((piece) =>
      linesOf(piece.text).flatMap((text): readonly LogLine[] => {
        const line = { ...piece, text: open[piece.stream] + text };
        open[piece.stream] = isWhole(line) ? '' : line.text;
        return isWhole(line) && inTime(line) ? [show(line)] : [];
      }),
    );
  const rest = (): readonly LogLine[] => {
    const left = (['stdout', 'stderr'] as const)
      .filter((stream) => open[stream] !== '' && wants({ stream, at: 0, text: '' }))
      .map((stream) => ({ stream, at: parts.store.now, text: open[stream] }));
    open.stdout = '';
    open.stderr = '';
    return left.filter(inTime).map(show);
  };
  const hasEnded = () => {
    if (until !== undefined && parts.store.now > until) return true;
    const now = containerRecord(parts, id);
    return !now || now.exits > exits || !now.state.running;
  };
  const { stdout, stderr } = query;
  const follow = { stdout, stderr: stderr || config.Tty, first, from: place, hasEnded, shown, rest };
  return { status: 200, stream: followOutput(parts, id, follow) };
}

/** @throws EngineError when it is no time */
function timeOf(what: 'since' | 'until', text: string): number | undefined {
  if (text === '') return undefined;
  if (/^-?\d+(\.\d{0,20})?$/.test(text)) return Number(text) * 1000;
  const [seconds = ''] = text.split('.');
  const why = `invalid timestamp "${text}": invalid seconds "${seconds}": invalid syntax`;
  throw new EngineError(400, `invalid value for "${what}": ${why}`);
}

/** The time, and what `--log-opt labels=…,env=…` asks for. */
function prefixOf({ config, hostConfig }: ContainerRecord, query: LogQuery, { at }: LogLine): string {
  const time = query.timestamps ? `${nanoTime(at)} ` : '';
  if (!query.details) return time;
  const { labels = '', env = '' } = hostConfig.LogConfig.Config;
  const variables = (config.Env ?? []).map((pair) => pair.split(/=(.*)/s));
  const asked = (names: string, values: readonly (readonly string[])[]) => {
    const wanted = names.split(',');
    return values.filter(([name = '']) => wanted.includes(name));
  };
  const found = [...asked(labels, Object.entries(config.Labels)), ...asked(env, variables)].map(
    ([name = '', value = '']) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return `${time}${found.sort().join(',')} `;
}

/** The engine keeps a line when it has its end, or is longer than its buffer (daemon/logger/copier.go). */
function isWhole({ text }: LogLine): boolean {
  return text.endsWith('\n') || text.length >= longestPart;
}

const longestPart = 16 * 1024;

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
