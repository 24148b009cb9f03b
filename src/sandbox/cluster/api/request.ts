import type { HttpRequest, HttpResponse, LogLine } from '../../runtime/container-runtime.ts';

/** A request to the API server, as HTTP brings it, without the connection. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without the query, still percent-encoded: `/api/v1/namespaces/default/pods/web`. */
  readonly path: string;
  /** Decoded; a parameter that is given more than once is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; of a patch in YAML (`application/apply-patch+yaml`) what it says. */
  readonly body?: unknown;
}

/** What the API server answers. Bodies are shared values: nobody changes them. */
export type ApiResponse = (
  | { readonly status: number; readonly body: unknown }
  | { readonly status: number; readonly text: string }
  | { readonly status: 200; readonly stream: ApiStream }
) & {
  /** Texts of the `Warning` headers; kubectl prints `Warning: …` for each. */
  readonly warnings?: readonly string[];
};

/** An answer that goes on. Whoever asked reads on as simulated time passes, and closes it in the end. */
export type ApiStream = WatchStream | LogStream | ProcessStream | ForwardStream;

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

export interface WatchStream {
  readonly kind: 'watch';
  /** What happened since it was last asked. After 10,000 events that nobody read the watch ends with a 410. */
  next(): readonly WatchEvent[];
  /** Whether nothing comes any more, since it failed or its time is over. */
  readonly ended: boolean;
  close(): void;
}

export interface LogStream {
  readonly kind: 'log';
  /** What was logged since it was last asked. */
  next(): string;
  readonly ended: boolean;
  close(): void;
}

/** A process that somebody talks to: exec and attach. */
export interface ProcessStream {
  readonly kind: 'process';
  next(): readonly LogLine[];
  write(text: string): void;
  closeInput(): void;
  /** Undefined as long as it runs. */
  readonly exitCode: number | undefined;
  /** Why it never started, in the words of the Status that ends such a stream. */
  readonly problem?: string;
  close(): void;
}

export interface ForwardStream {
  readonly kind: 'forward';
  /** @returns undefined when nothing listens on the port */
  ask(port: number, request: HttpRequest): HttpResponse | undefined;
  close(): void;
}
