import { answered, askEngine, now, pause, type Steps, sendToEngine } from '../effects.ts';
import type {
  EngineRequest,
  EngineResponse,
  MessageStream,
  OutputStream,
  PromptResponse,
} from '../host/engine/request.ts';
import { CommandFailure, DaemonFailure } from './failures.ts';

/** What goes with a request beside its method and path; what is undefined or empty in a query is left out. */
export interface Asked {
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  readonly headers?: EngineRequest['headers'];
  readonly body?: unknown;
}

/** A request that is one of several. */
export interface OneOfSeveral extends Asked {
  readonly method: Method;
  readonly path: string;
}

type Method = EngineRequest['method'];

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/** A name as it stands in a path, where only what would end the path is written otherwise. */
export function encoded(name: string): string {
  return encodeURI(name).replaceAll('?', '%3F').replaceAll('#', '%23');
}

/** A switch as it stands in a query: where it is off it is left out. */
export function oneIf(isOn: boolean | undefined): '1' | undefined {
  return isOn ? '1' : undefined;
}

/**
 * Asks the engine for a value.
 *
 * @param path such as `/containers/json`, names in it encoded
 * @throws DaemonFailure
 */
export function* ask<Value>(method: Method, path: string, asked: Asked = {}): Steps<Value> {
  return bodyOf<Value>(demanded(yield* askEngine(requestOf(method, path, asked))));
}

/** As `ask`, with the headers of the answer, and what has no body. @throws DaemonFailure */
export function* askWhole<Headers>(
  method: Method,
  path: string,
  asked: Asked = {},
): Steps<{ readonly headers: Headers; readonly body: unknown }> {
  const response = demanded(yield* askEngine(requestOf(method, path, asked)));
  return { headers: ('headers' in response ? response.headers : {}) as Headers, body: bodyOf(response) };
}

/**
 * Asks several things at once, as `docker stop` does, and waits for all: what takes ten seconds each takes ten
 * in all.
 *
 * @returns in their order, the value or what was refused
 */
export function* askTogether<Value>(
  requests: readonly OneOfSeveral[],
): Steps<readonly (Value | DaemonFailure)[]> {
  const responses: EngineResponse[] = [];
  const begin = yield* now();
  for (const { method, path, ...asked } of requests) {
    responses.push(yield* sendToEngine(requestOf(method, path, asked)));
  }
  const values: (Value | DaemonFailure)[] = [];
  for (const response of responses) {
    const prompt = yield* answered(response, begin);
    values.push(refusalOf(prompt) ?? bodyOf<Value>(prompt));
  }
  return values;
}

/**
 * Opens a stream of messages: a pull, events, statistics, the end of a container. Whoever reads it closes it.
 *
 * @throws DaemonFailure
 */
export function* openMessages(method: Method, path: string, asked: Asked = {}): Steps<MessageStream> {
  const response = demanded(yield* askEngine(requestOf(method, path, asked)));
  if (!('stream' in response)) return endedStream([response.body]);
  if (response.stream.kind !== 'messages') throw new Error(`no messages at ${path}`);
  return response.stream;
}

/** Opens what a container or a process writes. Whoever reads it closes it. @throws DaemonFailure */
export function* openOutput(method: Method, path: string, asked: Asked = {}): Steps<OutputStream> {
  const response = demanded(yield* askEngine(requestOf(method, path, asked)));
  if ('stream' in response && response.stream.kind === 'output') return response.stream;
  throw new Error(`no output at ${path}`);
}

/**
 * Reads messages to their end, time passing in between.
 *
 * @param see is given each message; it may print
 */
export function* eachMessage(stream: MessageStream, see: (message: unknown) => Steps<void>): Steps<void> {
  try {
    for (;;) {
      const isOver = stream.ended;
      for (const message of stream.next()) yield* see(message);
      if (isOver) return;
      if (!stream.ended) yield* pause(hour);
    }
  } finally {
    stream.close();
  }
}

/** The first message of a stream that does not end without one, waited for. */
export function* firstMessage<Message>(stream: MessageStream): Steps<Message> {
  try {
    for (;;) {
      const [message] = stream.next();
      if (message !== undefined) return message as Message;
      yield* pause(hour);
    }
  } finally {
    stream.close();
  }
}

function requestOf(method: Method, path: string, { query = {}, headers = {}, body }: Asked): EngineRequest {
  const [, kind] = /^\/(container|network|volume)s\/(?:\/|$)/.exec(path) ?? [];
  if (kind !== undefined) throw new CommandFailure(`invalid ${kind} name or ID: value is empty`);
  const given = Object.entries(query).filter(
    (entry): entry is [string, string | readonly string[]] => entry[1] !== undefined && entry[1] !== '',
  );
  return { method, path, query: Object.fromEntries(given), headers, ...(body !== undefined && { body }) };
}

function demanded(response: PromptResponse): PromptResponse {
  const refusal = refusalOf(response);
  if (refusal) throw refusal;
  return response;
}

function refusalOf(response: PromptResponse): DaemonFailure | undefined {
  if (response.status < 400) return undefined;
  const message = bodyOf<{ readonly message?: string } | undefined>(response)?.message;
  return new DaemonFailure(response.status, message?.trim() ?? `request returned ${response.status}`);
}

function bodyOf<Value>(response: PromptResponse): Value {
  return ('stream' in response ? undefined : response.body) as Value;
}

function endedStream(messages: readonly unknown[]): MessageStream {
  let rest = messages;
  return {
    kind: 'messages',
    next() {
      const given = rest;
      rest = [];
      return given;
    },
    ended: true,
    close() {},
  };
}
