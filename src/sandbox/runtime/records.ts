import type { Container, LogLine } from './container-runtime.ts';
import type { FileNode } from './file-tree.ts';

/** The tables in which the runtime keeps its state. */
export const tables = {
  containers: 'runtime/containers',
  processes: 'runtime/processes',
  /** Bytes on their way from one process to another, and typed input; keyed `container key:number`. */
  pipes: 'runtime/pipes',
  /** Who listens; keyed `network:port`. */
  listeners: 'runtime/listeners',
  logs: 'runtime/logs',
  logBlocks: 'runtime/log-blocks',
  /** Files of layers that are not in the library. */
  layers: 'runtime/layers',
  /** What is on a host; keyed `host/image id`. */
  images: 'runtime/images',
  /** What a container changed of its image's files; keyed as the container. */
  changes: 'runtime/changes',
  /** The next process id of a host or a namespace. */
  counters: 'runtime/counters',
  /** How busy a container was lately; keyed as the container. */
  load: 'runtime/load',
} as const;

/** Keys that were made lately: a container is asked for many times in a row, and a new text is slow to look up. */
const recentKeys: { readonly host: string; readonly id: string; readonly key: string }[] = [];
const mostRecent = 16;

/** Key of a container or of a process in its table. */
export function keyOn(host: string, id: string): string {
  // Containers, their processes and images have numbers of different lengths, so they have places of their own.
  const slot = id.length % mostRecent;
  const recent = recentKeys[slot];
  if (recent?.id === id && recent.host === host) return recent.key;
  const key = `${host}/${id}`;
  recentKeys[slot] = { host, id, key };
  return key;
}

/** What stands in `runtime/containers`. */
export interface ContainerRecord extends Container {
  /** Names of the files of its image, which may be removed while it is there. */
  readonly layers: readonly string[];
  /** `uid:gid` of the first process. */
  readonly owner: string;
  /** When SIGKILL follows the stop signal. */
  readonly killAt?: number;
  /** Whether a process was killed for lack of memory. */
  readonly oomKilled: boolean;
}

/** Where a file descriptor leads. */
export type Descriptor =
  | { readonly kind: 'null' }
  /** Gives zeros, or bytes of chance, without end. */
  | { readonly kind: 'endless'; readonly gives: 'zeros' | 'chance' }
  /** Ends in a log: that of the container, or of a process that `exec` made. */
  | {
      readonly kind: 'log';
      readonly key: string;
      readonly stream: 'stdout' | 'stderr';
      readonly tty: boolean;
    }
  | { readonly kind: 'pipe'; readonly id: string; readonly end: 'read' | 'write' }
  /** Read from a place on; written at the end. */
  | { readonly kind: 'file'; readonly path: string; readonly at: number; readonly writes: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly at: number };

export type Descriptors = Readonly<Record<string, Descriptor>>;

/** What stands in `runtime/pipes`. */
export interface PipeRecord {
  readonly text: string;
  /** Somebody outside may write: it is not at its end when no process has it open. */
  readonly isTyped: boolean;
  /** A terminal: what is typed is shown, and a line is handed on when it is complete. */
  readonly terminal?: { readonly line: string; readonly log: string };
}

/** What stands in `runtime/processes`: everything a process is, so that it goes on after being loaded. */
export interface ProcessRecord {
  /** `container id.pid`. */
  readonly id: string;
  readonly host: string;
  readonly container: string;
  readonly pid: number;
  /** 0 when its parent is not in the container. */
  readonly parent: number;
  readonly hostPid: number;
  readonly argv: readonly string[];
  /** What it calls itself since, in place of its words. */
  readonly title?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** `uid:gid`. */
  readonly owner: string;
  readonly program: string;
  readonly state: unknown;
  readonly fds: Descriptors;
  readonly startedAt: number;
  /** It has been asked for, but does not run before. */
  readonly runsAt?: number;
  readonly exitCode?: number;
  /** Signals that have not reached it. */
  readonly signals: readonly string[];
  /** Made by `exec`: it is kept until it is forgotten. */
  readonly isExec: boolean;
  /** Bytes beyond what its program always takes. */
  readonly memory: number;
  /** How many times in a row it used up its time. */
  readonly busy: number;
}

/** What stands in `runtime/logs`: the newest lines, and how many blocks of older ones there are. */
export interface LogRecord {
  /** Numbers of the blocks in `runtime/log-blocks` that are still kept: from `first` to before `next`. */
  readonly first: number;
  readonly next: number;
  readonly bytes: number;
  readonly lines: readonly LogLine[];
}

/** Files that differ from those below; null where one is gone. */
export type FileChanges = Readonly<Record<string, FileNode | null>>;
