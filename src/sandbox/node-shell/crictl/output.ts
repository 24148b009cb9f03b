import { complain, now, print, type Steps, terminal } from '../../effects.ts';
import { escapeHtml } from '../../go/go-json.ts';
import { goQuoted } from '../../go/go-syntax.ts';
import { columns } from '../columns.ts';

/** What ends a crictl command; the message is said by its logger. */
export class CrictlFailure extends Error {
  override readonly name: string = 'CrictlFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What ends a command with a text that stands by itself. */
export class BareExit extends Error {
  override readonly name = 'BareExit';
}

/** What ends a command by Go's own logger, with the time before it. */
export class LoggedExit extends Error {
  override readonly name = 'LoggedExit';
}

/** What containerd answered instead: the client library tells of it too, before the command does. */
export class CriFailure extends Error {
  override readonly name = 'CriFailure';
  /** What the library says, and what about; undefined for calls of which it says nothing. */
  readonly told: CriCall | undefined;
  /** What the command says before it. */
  before = '';
  /** What the command shows instead of the status. */
  shown: string | undefined;
  /** What the gRPC library makes of it. */
  readonly status: string;

  constructor(code: 'NotFound' | 'Unknown', description: string, told?: CriCall) {
    super(description);
    this.status = `rpc error: code = ${code} desc = ${description}`;
    this.told = told;
  }
}

/**
 * What `find` finds.
 *
 * @param why what the command says before a failure of it
 * @throws what `find` throws
 */
export function demanded<T>(why: string, find: () => T): T {
  try {
    return find();
  } catch (problem) {
    if (problem instanceof CriFailure) problem.before = why;
    throw problem;
  }
}

/** A call of the client library (k8s.io/cri-client, remote_runtime.go and remote_image.go). */
export interface CriCall {
  readonly place: string;
  readonly says: string;
  /** Such as `containerID="web"`. */
  readonly about: string;
}

/** Prints a line of the logger: for people at a terminal, and otherwise for programs. */
export function* log(level: 'fatal' | 'warning' | 'info' | 'error', message: string): Steps<void> {
  if ((yield* terminal()).isTerminal) {
    yield* complain(`${level.slice(0, 4).toUpperCase()}[0000] ${message}\n`);
    return;
  }
  const time = new Date(yield* now()).toISOString().replace(/\.\d+Z/, 'Z');
  yield* complain(`time="${time}" level=${level} msg=${goQuoted(message)}\n`);
}

/** Prints what the client library says of a call that failed, as klog writes it. */
export function* tellFailure({ told, status }: CriFailure): Steps<void> {
  if (!told) return;
  const at = yield* now();
  const stamp = new Date(at).toISOString();
  const time = `${stamp.slice(5, 7)}${stamp.slice(8, 10)} ${stamp.slice(11, 23)}000`;
  const process = `${1000 + (Math.floor(at / 1000) % 8000)}`.padStart(7);
  yield* complain(
    `E${time} ${process} ${told.place}] "${told.says}" err=${goQuoted(status)} ${told.about}\n`,
  );
}

/** Prints a table as crictl sets it. */
export function* printTable(rows: readonly (readonly string[])[]): Steps<void> {
  yield* print(columns(rows, { least: 20, padding: 3 }));
}

/** JSON as crictl prints it: two blanks deep. */
export function* printJson(value: unknown): Steps<void> {
  yield* print(`${escapeHtml(JSON.stringify(value, null, 2))}\n`);
}

/** A time of the API of containerd: nanoseconds since 1970, as text. */
export function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}

/** A time as Go writes it with RFC3339Nano. @param at undefined for none */
export function timeText(at: number | undefined): string {
  return at === undefined ? '0001-01-01T00:00:00Z' : new Date(at).toISOString().replace(/\.?0*Z$/, 'Z');
}

/** The beginning of an id, as tables show it. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 13);
}
