import { type BuildTrace, errorLogs, progressBytes, type TracedVertex } from './build-trace.ts';

/** How wide the picture is. */
const width = 80;

/** How many lines a picture has below its title while the build runs: a terminal is higher than that. */
const mostLines = 8;

/** The progress of a build on a terminal: one picture after another in the same place, and all of it at the end. */
export class TerminalProgress {
  readonly #trace: BuildTrace;
  #shown = '';

  constructor(trace: BuildTrace) {
    this.#trace = trace;
  }

  /** What takes the place of the last picture; nothing where it is the same. @param now milliseconds since 1970 */
  print(now: number): string {
    if (this.#trace.start === undefined) return '';
    const [title = '', ...lines] = picture(this.#trace, now, false);
    const text = [title, ...lines.slice(-mostLines), ''].join('\n');
    return text === this.#shown ? '' : this.#instead(text);
  }

  /** The last picture, and what comes below it. @param end when the build was over */
  finish(end: number): string {
    const text = this.#instead([...picture(this.#trace, end, true), ''].join('\n'));
    return text + errorLogs(this.#trace);
  }

  #instead(text: string): string {
    const height = this.#shown.split('\n').length - 1;
    this.#shown = text;
    return height > 0 ? `\u001b[${height}A\r\u001b[J${text}` : text;
  }
}

function picture(trace: BuildTrace, now: number, isOver: boolean): readonly string[] {
  const all = [...trace.vertexes.values()];
  const done = all.filter(({ vertex }) => vertex.completed !== undefined).length;
  const isFinished = isOver && done > 0 && done === all.length;
  const { start = now } = trace;
  const seconds = ((now - start) / 1000).toFixed(1);
  const title = `[+] Building ${seconds}s (${done}/${all.length}) ${isFinished ? 'FINISHED' : ''}`;
  return [
    aligned(title, 'docker:default', width - 1),
    ...trace.begun.flatMap((each) => vertexLines(each, now)),
  ];
}

function vertexLines({ vertex, statuses, warnings }: TracedVertex, end: number): readonly string[] {
  const { name, error, cached, started = end, completed = end } = vertex;
  const isCanceled = error?.endsWith('context canceled') ?? false;
  const state = isCanceled ? 'CANCELED ' : error ? 'ERROR ' : cached ? 'CACHED ' : '';
  return [
    line(`${state}${name.replaceAll('\t', ' ')}`, '', completed - started),
    ...[...statuses.values()].map((status) => {
      const { current, total } = status;
      const bytes =
        total > 0 ? `${progressBytes(current)} / ${progressBytes(total)}` : progressBytes(current);
      return line(`=> ${status.id}`, current > 0 ? bytes : '', (status.completed ?? end) - status.started);
    }),
    ...warnings.map(({ short }) => line(`WARN: ${short}`, '', completed - started)),
  ];
}

function line(name: string, status: string, milliseconds: number): string {
  const seconds = milliseconds < 50 ? 0 : milliseconds / 1000;
  const timer = ` ${seconds.toFixed(1)}s`;
  const room = width - ' => '.length - timer.length - 2;
  const hasStatus = status !== '' && room + status.length > 20;
  const left = hasStatus ? room - status.length - 1 : room;
  return aligned(` => ${name.slice(0, left)}${hasStatus ? ` ${status}` : ''}`, timer, width - 1);
}

function aligned(left: string, right: string, all: number): string {
  return `${left.padEnd(all - right.length - 1)} ${right}`;
}
