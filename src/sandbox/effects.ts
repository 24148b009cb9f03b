import type { ApiRequest, ApiResponse, ForwardStream } from './cluster/api/request.ts';
import type { EngineRequest, EngineResponse, PromptResponse } from './host/engine/request.ts';
import type { FileNode } from './runtime/file-tree.ts';

/** What a command asks of whoever runs it. It does nothing to the world by itself. */
export type Effect =
  | { readonly kind: 'request'; readonly request: ApiRequest }
  /** A request to the Docker Engine. */
  | { readonly kind: 'engine'; readonly request: EngineRequest }
  | { readonly kind: 'write'; readonly to: 'stdout' | 'stderr'; readonly text: string }
  /** Lets time pass until something happens, and at most so long. */
  | { readonly kind: 'pause'; readonly atMost: number }
  | { readonly kind: 'now' }
  | { readonly kind: 'read-file'; readonly path: string }
  | { readonly kind: 'list-folder'; readonly path: string }
  | { readonly kind: 'write-file'; readonly path: string; readonly text: string }
  /** What is at a path: a link as what it points to. */
  | { readonly kind: 'look-at'; readonly path: string }
  /** Puts a file, a folder or a link at a path. */
  | { readonly kind: 'put'; readonly path: string; readonly node: FileNode }
  /** Takes away a file, or a folder with all that is in it. */
  | { readonly kind: 'remove'; readonly path: string }
  /** Everything that is typed or piped in, up to its end. */
  | { readonly kind: 'read-input' }
  /** What has been typed since the last time. */
  | { readonly kind: 'take-input'; readonly typing?: Typing }
  | { readonly kind: 'edit'; readonly name: string; readonly text: string }
  | { readonly kind: 'terminal' }
  /** Opens a port of the learner's machine: what connects to it ends in the Pod. */
  | {
      readonly kind: 'listen';
      readonly port: number;
      readonly remotePort: number;
      readonly stream: ForwardStream;
    }
  /** Closes it again. */
  | { readonly kind: 'unlisten'; readonly port: number };

/**
 * How somebody at a terminal types: in lines that are shown, which is meant where nothing is said; key by key,
 * since a terminal at the other end shows them; or hidden, as a password.
 */
export type Typing = 'lines' | 'keys' | 'hidden';

/** What was typed since it was asked for last. */
export interface TypedInput {
  readonly text: string;
  readonly ended: boolean;
}

/** What the output goes to, and what the input comes from. */
export interface Terminal {
  readonly isTerminal: boolean;
  /** How wide it is, where that is known. */
  readonly columns?: number;
  /** As the output where it is left out. */
  readonly isInputTerminal?: boolean;
  /** Whether nothing on it may be drawn again, since somebody hears it line by line. */
  readonly isLinear?: boolean;
}

/** A part of a command: it asks by yielding, and is answered. */
export type Steps<T> = Generator<Effect, T, unknown>;

/** Asks the API server. */
export function* request(asked: ApiRequest): Steps<ApiResponse> {
  return (yield { kind: 'request', request: asked }) as ApiResponse;
}

/** Asks the Docker Engine, and lets the time pass that it takes to answer. */
export function* askEngine(asked: EngineRequest): Steps<PromptResponse> {
  return yield* answered(yield* sendToEngine(asked));
}

/** Asks the Docker Engine without waiting for the answer. */
export function* sendToEngine(asked: EngineRequest): Steps<EngineResponse> {
  return (yield { kind: 'engine', request: asked }) as EngineResponse;
}

/** Waits for an answer of the Docker Engine. @param asked when it was asked; now when it is left out */
export function* answered(given: EngineResponse, asked?: number): Steps<PromptResponse> {
  let response = given;
  while ('late' in response) {
    const answer = response.late();
    if (answer) response = answer;
    else yield* pause(longestPause);
  }
  const takes = ('milliseconds' in response && response.milliseconds) || 0;
  const end = takes > 0 ? (asked ?? (yield* now())) + takes : 0;
  while (end > 0 && (yield* now()) < end) yield* pause(end - (yield* now()));
  return response;
}

/** Longer than anything that is waited for. */
const longestPause = 3_600_000;

/** Prints to standard output. */
export function* print(text: string): Steps<void> {
  yield { kind: 'write', to: 'stdout', text };
}

/** Prints to standard error. */
export function* complain(text: string): Steps<void> {
  yield { kind: 'write', to: 'stderr', text };
}

/** Lets time pass until something happens in the world, and at most so many milliseconds. */
export function* pause(atMost: number): Steps<void> {
  yield { kind: 'pause', atMost };
}

/** Milliseconds since 1970, in the world's time. */
export function* now(): Steps<number> {
  return (yield { kind: 'now' }) as number;
}

/** The text of a file of the learner's; undefined when there is none. */
export function* readFile(path: string): Steps<string | undefined> {
  return (yield { kind: 'read-file', path }) as string | undefined;
}

/** Names of what is in a folder of the learner's, sorted; undefined when it is no folder. */
export function* listFolder(path: string): Steps<readonly string[] | undefined> {
  return (yield { kind: 'list-folder', path }) as readonly string[] | undefined;
}

/** Writes a file of the learner's. */
export function* writeFile(path: string, text: string): Steps<void> {
  yield { kind: 'write-file', path, text };
}

/** A file or a folder of the learner's with its mode; undefined when there is none. */
export function* lookAt(path: string): Steps<FileNode | undefined> {
  return (yield { kind: 'look-at', path }) as FileNode | undefined;
}

/**
 * Puts a file, a folder or a link on the learner's machine, as the learner's own.
 *
 * @returns why that failed; undefined when it did not
 */
export function* put(path: string, node: FileNode): Steps<string | undefined> {
  return (yield { kind: 'put', path, node }) as string | undefined;
}

/**
 * Takes a file away from the learner's machine, or a folder with all that is in it.
 *
 * @returns why that failed; undefined when it did not
 */
export function* remove(path: string): Steps<string | undefined> {
  return (yield { kind: 'remove', path }) as string | undefined;
}

/** Everything that comes in on standard input. */
export function* readInput(): Steps<string> {
  return (yield { kind: 'read-input' }) as string;
}

/** What was typed since the last time. */
export function* takeInput(typing: Typing = 'lines'): Steps<TypedInput> {
  return (yield { kind: 'take-input', typing }) as TypedInput;
}

/**
 * Has the learner edit a text.
 *
 * @returns the text as it was left; undefined where there is nobody to edit it
 */
export function* edit(name: string, text: string): Steps<string | undefined> {
  return (yield { kind: 'edit', name, text }) as string | undefined;
}

/** What the output goes to. */
export function* terminal(): Steps<Terminal> {
  return (yield { kind: 'terminal' }) as Terminal;
}

/**
 * Opens a port of the learner's machine that leads into a Pod.
 *
 * @returns why that failed, such as a port that is taken; undefined when it did not
 */
export function* listen(port: number, remotePort: number, stream: ForwardStream): Steps<string | undefined> {
  return (yield { kind: 'listen', port, remotePort, stream }) as string | undefined;
}

/** Closes a port that `listen` opened. */
export function* unlisten(port: number): Steps<void> {
  yield { kind: 'unlisten', port };
}
