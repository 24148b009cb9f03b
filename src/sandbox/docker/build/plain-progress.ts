import type { StatusProgress } from '../../host/build/progress.ts';
import { type BuildTrace, errorLogs, progressBytes, type TracedVertex } from './build-trace.ts';

/** How many lines of a step are shown again when it fails. */
const mostKept = 10;
/** A part that goes on is shown again after so many milliseconds, or when so much more of it is done. */
const smallestWait = 5000;
const smallestShare = 0.05;

/** The progress of a build as `--progress=plain` shows it, and everything that is no terminal. */
export class PlainProgress {
  readonly #trace: BuildTrace;
  readonly #description: string;
  readonly #last = new Map<string, { readonly current: number; readonly at: number }>();
  #current: TracedVertex | undefined;
  #count = 0;

  constructor(trace: BuildTrace, description: string) {
    this.#trace = trace;
    this.#description = description;
  }

  /** What is new. @param now milliseconds since 1970 */
  print(now: number): string {
    const { updated } = this.#trace;
    const changed = [...updated];
    updated.clear();
    const done = changed
      .flatMap((traced) => {
        const { completed } = traced.vertex;
        return completed === undefined ? [] : [{ traced, completed }];
      })
      .sort((one, other) => one.completed - other.completed)
      .map(({ traced }) => traced);
    const rest = changed.filter(({ vertex }) => vertex.completed === undefined);
    const first = [...done, ...rest].filter((traced) => traced === this.#current);
    const order = [...first, ...done, ...rest.slice(0, 1)];
    return [...new Set(order)].map((traced) => this.#vertex(traced, now)).join('');
  }

  /** What comes at the very end. */
  finish(now: number): string {
    return this.print(now) + errorLogs(this.#trace);
  }

  #vertex(traced: TracedVertex, now: number): string {
    let text = this.#header(traced);
    const number = `#${traced.index}`;
    let isOpen = false;
    for (const status of traced.changed.values()) {
      const line = this.#status(traced, status, now);
      if (line === undefined) continue;
      isOpen ||= line.isOpen;
      text += `${number} ${line.text}\n`;
    }
    traced.changed.clear();
    for (const { short } of traced.warnings.slice(traced.warningsShown)) text += `${number} WARN: ${short}\n`;
    traced.warningsShown = traced.warnings.length;
    text += this.#logs(traced, number);
    this.#current = traced;
    const { started = 0, completed, error, cached } = traced.vertex;
    if (completed === undefined || isOpen) return text;
    this.#current = undefined;
    if (traced.isPartial) text += '\n';
    if (error?.endsWith('context canceled')) return `${text}${number} CANCELED\n`;
    if (error) return `${text}${number} ERROR: ${error}\n`;
    if (cached) return `${text}${number} CACHED\n`;
    return `${text}${number} DONE ${((completed - started) / 1000).toFixed(1)}s\n`;
  }

  /** The line that a step begins with; where another one was shown, that this one goes on. */
  #header(traced: TracedVertex): string {
    if (traced.index === 0) {
      this.#count += 1;
      traced.index = this.#count;
    }
    const before = this.#current;
    if (traced === before) return '';
    let text = '';
    if (before) {
      if (before.isPartial) text += '\n';
      before.shown = 0;
      text += `#${before.index} ...\n`;
    }
    text += this.#count === 1 && traced.index === 1 && !before ? `#0 ${this.#description}\n\n` : '\n';
    return `${text}#${traced.index} ${traced.vertex.name}\n`;
  }

  #status(
    traced: TracedVertex,
    { id, current, total, started, completed }: StatusProgress,
    now: number,
  ): { text: string; isOpen: boolean } | undefined {
    const key = `${traced.vertex.digest} ${id}`;
    const last = this.#last.get(key);
    if (last && completed === undefined) {
      const share = total > 0 ? (current - last.current) / total : 0;
      if (share < smallestShare && now - last.at < smallestWait) return undefined;
    }
    this.#last.set(key, { current, at: now });
    const bytes =
      total > 0
        ? ` ${progressBytes(current)} / ${progressBytes(total)}`
        : current > 0
          ? ` ${progressBytes(current)}`
          : '';
    const seconds = ((completed ?? now) - started) / 1000;
    const time = seconds > 0.01 ? ` ${seconds.toFixed(1)}s` : '';
    const isOpen = completed === undefined;
    return { text: `${id}${bytes}${time}${isOpen ? '' : ' done'}`, isOpen };
  }

  #logs(traced: TracedVertex, number: string): string {
    let text = '';
    const { logs } = traced;
    for (const [place, line] of logs.entries()) {
      const isLast = place === logs.length - 1;
      text += place === 0 && traced.shown > 0 ? line.slice(traced.shown) : `${number} ${line}`;
      if (!isLast || !traced.isPartial) {
        text += '\n';
        traced.kept.push(line);
      }
    }
    traced.kept.splice(0, Math.max(0, traced.kept.length - mostKept));
    const open = traced.isPartial ? logs.slice(-1) : [];
    traced.shown = open[0]?.length ?? 0;
    traced.logs = open;
    return text;
  }
}
