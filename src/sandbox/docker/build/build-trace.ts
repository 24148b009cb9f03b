import type {
  BuildProgress,
  StatusProgress,
  VertexProgress,
  WarningProgress,
} from '../../host/build/progress.ts';

/** What is known of a step, and what of it has not been shown. */
export interface TracedVertex {
  vertex: VertexProgress;
  /** In the order in which they began. */
  readonly statuses: Map<string, StatusProgress>;
  /** What of them has changed since it was shown, by its id. */
  readonly changed: Map<string, StatusProgress>;
  readonly warnings: WarningProgress[];
  warningsShown: number;
  /** Lines that were not shown, each behind the seconds since the step began. */
  logs: string[];
  /** Whether the last line goes on. */
  isPartial: boolean;
  /** How much of the first line was shown already. */
  shown: number;
  /** The number it has in plain output; 0 before it is shown. */
  index: number;
  /** All lines, in plain output the last ones: they are shown again when the step fails. */
  readonly kept: string[];
}

/** What a build has told, put together (util/progress/progressui of moby/buildkit). */
export class BuildTrace {
  readonly vertexes = new Map<string, TracedVertex>();
  /** The steps that began, in order. */
  readonly begun: TracedVertex[] = [];
  /** What has changed since it was shown. */
  readonly updated = new Set<TracedVertex>();
  readonly warnings: WarningProgress[] = [];
  start: number | undefined;

  /** Takes up a message. */
  update({ vertexes = [], statuses = [], logs = [], warnings = [] }: BuildProgress): void {
    for (const vertex of vertexes) this.#vertex(vertex);
    for (const status of statuses) {
      const traced = this.vertexes.get(status.vertex);
      if (!traced) continue;
      traced.statuses.set(status.id, status);
      traced.changed.set(status.id, status);
      this.updated.add(traced);
    }
    for (const warning of warnings) {
      this.warnings.push(warning);
      this.vertexes.get(warning.vertex)?.warnings.push(warning);
    }
    for (const { vertex, text, at } of logs) {
      const traced = this.vertexes.get(vertex);
      if (!traced) continue;
      const { started = at } = traced.vertex;
      addLog(traced, text, (at - started) / 1000);
      this.updated.add(traced);
    }
  }

  #vertex(vertex: VertexProgress): void {
    const before = this.vertexes.get(vertex.digest);
    const traced = before ?? newVertex(vertex);
    this.vertexes.set(vertex.digest, traced);
    if (vertex.started === undefined) return;
    this.start ??= vertex.started;
    if (before?.vertex.started === undefined) this.begun.push(traced);
    traced.vertex = vertex;
    this.updated.add(traced);
  }
}

function newVertex(vertex: VertexProgress): TracedVertex {
  return {
    vertex,
    statuses: new Map(),
    changed: new Map(),
    warnings: [],
    warningsShown: 0,
    logs: [],
    isPartial: false,
    shown: 0,
    index: 0,
    kept: [],
  };
}

/** A line gets the time at which it began: three digits of it below ten seconds, one above a hundred. */
function addLog(traced: TracedVertex, text: string, seconds: number): void {
  const lines = text.split('\n');
  const isPartial = lines.at(-1) !== '';
  if (!isPartial) lines.pop();
  const digits = seconds < 10 ? 3 : seconds < 100 ? 2 : 1;
  for (const [place, line] of lines.entries()) {
    const last = traced.logs.length - 1;
    if (place === 0 && traced.isPartial && last >= 0) traced.logs[last] += line;
    else traced.logs.push(`${seconds.toFixed(digits)} ${line}`);
  }
  traced.isPartial = isPartial;
}

/** What is printed of the steps that failed, when the build is over. */
export function errorLogs(trace: BuildTrace): string {
  let text = '';
  for (const { vertex, kept, logs } of trace.begun) {
    const { error, name } = vertex;
    if (!error || error.endsWith('context canceled')) continue;
    const lines = [...kept, ...logs].map((line) => `${line}\n`);
    text += `------\n > ${name}:\n${lines.join('')}------\n`;
  }
  return text;
}

/** Bytes as the progress shows them: `144B`, `1.23kB` (github.com/tonistiigi/units). */
export function progressBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${value}B` : `${value.toFixed(2)}${units[unit]}`;
}
