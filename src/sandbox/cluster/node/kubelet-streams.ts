import type { HttpRequest, LogLine } from '../../runtime/container-runtime.ts';
import type { ForwardStream, LogStream, ProcessStream } from '../api/request.ts';
import type { AttachOptions } from '../api/subresources/node-backend.ts';
import type { NodeContext } from './node-context.ts';
import { type LogCut, linesOf, logText } from './pods/pod-logs.ts';

/** A log that is followed until its container ends. */
export function followedLog(
  { cluster, runtime }: NodeContext,
  node: string,
  id: string,
  cut: LogCut,
): LogStream {
  let place: number | undefined;
  let open: readonly LogLine[] = [];
  let isClosed = false;
  const isOver = () => {
    const state = runtime.container(node, id)?.state;
    return state !== 'running' && state !== 'paused';
  };
  const hasMore = () => runtime.logsAfter(node, id, place ?? 0).pieces.length > 0;
  return {
    kind: 'log',
    next() {
      if (isClosed) return '';
      const { pieces, place: next } = runtime.logsAfter(node, id, place ?? 0);
      const isFirst = place === undefined;
      place = next;
      const found = linesOf([...open, ...pieces], isOver());
      open = found.open;
      return logText(found.lines, isFirst ? cut : { timestamps: cut.timestamps }, cluster.now);
    },
    get ended() {
      if (isClosed) return true;
      return isOver() && !hasMore() && open.length === 0;
    },
    close() {
      isClosed = true;
    },
  };
}

/** A process that was started beside the first one of a container. */
export function startedProcess({ runtime }: NodeContext, node: string, process: string): ProcessStream {
  let read = 0;
  let exitCode: number | undefined;
  return {
    kind: 'process',
    next() {
      const view = runtime.process(node, process);
      const lines = view?.output.slice(read) ?? [];
      read += lines.length;
      return lines;
    },
    write: (text) => runtime.write(node, process, text),
    closeInput: () => runtime.closeInput(node, process),
    get exitCode() {
      const view = runtime.process(node, process);
      // It goes with its container.
      exitCode ??= view ? view.exitCode : 137;
      return exitCode;
    },
    close() {
      exitCode ??= runtime.process(node, process)?.exitCode;
      runtime.forget(node, process);
    },
  };
}

/**
 * What takes the place of a process that could not be started: by then the stream is open, and it ends with
 * the reason.
 *
 * @param problem the message of the Status
 */
export function unstartedProcess(problem: string): ProcessStream {
  return {
    kind: 'process',
    next: () => [],
    write() {},
    closeInput() {},
    exitCode: 1,
    problem,
    close() {},
  };
}

/** The first process of a container, for somebody who comes later. */
export function attachedProcess(
  { runtime }: NodeContext,
  node: string,
  id: string,
  { stdin, tty }: AttachOptions,
): ProcessStream {
  const before = runtime.logsAfter(node, id, 0);
  let { place } = before;
  // Who comes to a terminal tells its size, upon which a shell draws the line anew that it asks on.
  let drawn = stdin && tty ? linesOf(before.pieces, false).open : [];
  const first = () => runtime.processes(node, id)[0]?.id;
  return {
    kind: 'process',
    next(): readonly LogLine[] {
      const { pieces, place: next } = runtime.logsAfter(node, id, place);
      place = next;
      const all = [...drawn, ...pieces];
      drawn = [];
      return all;
    },
    write(text) {
      const process = first();
      if (stdin && process !== undefined) runtime.write(node, process, text);
    },
    closeInput() {
      const process = first();
      if (stdin && process !== undefined) runtime.closeInput(node, process);
    },
    get exitCode() {
      const container = runtime.container(node, id);
      return container ? container.exitCode : 137;
    },
    close() {},
  };
}

/** A way to the ports of a Pod that goes through its node, not through the network. */
export function forwardedPod({ runtime }: NodeContext, network: string): ForwardStream {
  return {
    kind: 'forward',
    ask(port: number, request: HttpRequest) {
      const isOpen = runtime.listens(network, port, true);
      return isOpen ? runtime.ask(network, port, request, '127.0.0.1', true) : undefined;
    },
    close() {},
  };
}
