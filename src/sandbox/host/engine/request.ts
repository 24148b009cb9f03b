import type { LogLine } from '../../runtime/container-runtime.ts';
import type { FileNode } from '../../runtime/file-tree.ts';

/**
 * A request to the Docker Engine API (https://docs.docker.com/reference/api/engine/), as the client sends it:
 * paths without the version that the real one puts before them, bodies as values.
 */
export interface EngineRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Such as `/containers/web/json`; names in it are encoded as in a URL. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Lower case. `x-registry-auth` carries an `AuthConfig` as base64url of JSON, as in life. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or an `Archive` where the API takes a tar file. */
  readonly body?: unknown;
}

/** The answer. Errors have a body `{ message }`. */
export type EngineResponse =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Parsed JSON, a text, or an `Archive`; left out where there is none. Never changed by whoever gets it. */
      readonly body?: unknown;
      /** How long the answer takes to come; whoever asks lets it pass. */
      readonly milliseconds?: number;
    }
  | { readonly status: 101 | 200; readonly stream: EngineStream }
  | LateResponse;

/** An answer that is not there yet, since the engine waits for something: for a container that is to stop. */
export interface LateResponse {
  readonly status: 102;
  /** The answer, as soon as there is one; whoever reads lets time pass in between. */
  readonly late: () => PromptResponse | undefined;
  readonly headers?: undefined;
  readonly body?: undefined;
}

/** An answer that is there. */
export type PromptResponse = Exclude<EngineResponse, LateResponse>;

/** What an answer goes on with, read a piece at a time: whoever reads lets time pass in between. */
export type EngineStream = MessageStream | OutputStream;

/** JSON messages after one another: a pull, a push, a build, events, statistics, the end of a container. */
export interface MessageStream {
  readonly kind: 'messages';
  /** Those since the last call. */
  next(): readonly unknown[];
  /** Whether nothing comes any more after what `next` has given. */
  readonly ended: boolean;
  close(): void;
}

/** What a container or a process writes, and for attach and exec what is typed into it. */
export interface OutputStream {
  readonly kind: 'output';
  /** Pieces since the last call, in order. With a terminal all of it is `stdout`. */
  next(): readonly LogLine[];
  write(text: string): void;
  closeInput(): void;
  readonly ended: boolean;
  close(): void;
}

/** The files of a tar archive: by their path in it, which has no slash at its beginning or end. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
}

export interface ArchiveEntry {
  readonly path: string;
  readonly node: FileNode;
}
