import type { HttpRequest, HttpResponse } from './container-runtime.ts';
import type { ProcessCall } from './processes/process-call.ts';
import type { ProcessRecord } from './records.ts';

/**
 * What became of a step of a program: it exited with a code; it waits for something that it is told of (its
 * input, a child, a signal, room in a pipe); it waits for a time; or it used up its turn and goes on.
 */
export type Outcome = number | 'waits' | 'goes-on' | { readonly until: number };

/**
 * What runs as a process: a machine that is stepped until it waits. What it has to remember it keeps in
 * `call.state`, which is plain data, so that it can be saved at any moment; it is replaced, never changed,
 * since earlier states of the world hold what was there before. A step that has nothing to do does nothing:
 * it may be called too often.
 */
export interface Program {
  /** Bytes it takes while it does nothing. */
  readonly memory: number;
  /** Runs until it has to wait. */
  step(call: ProcessCall): Outcome;
  /** @returns whether it handles a signal; otherwise the kernel does what it does by itself */
  onSignal?(call: ProcessCall, signal: string): boolean;
  /** Answers a request that reached a port it listens on; undefined when it closes the connection. */
  serve?(call: ProcessCall, request: HttpRequest, from: string, port: number): HttpResponse | undefined;
  /** Answers in a protocol of its own, such as that of redis. */
  talk?(call: ProcessCall, text: string, from: string, port: number): string;
  /** Command lines and users of processes that it has besides, such as workers. */
  workers?(record: ProcessRecord): readonly { readonly argv: readonly string[]; readonly user?: string }[];
}

/** Code of a process that a signal ended. */
export function codeOf(signal: string): number {
  return 128 + (signalNumbers[signal] ?? 0);
}

/** The signals, by the names that kill takes, on x86-64. */
export const signalNumbers: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  POLL: 29,
  PWR: 30,
  SYS: 31,
};

/** Signals that do nothing to a process that does not handle them. */
export const harmlessSignals: ReadonlySet<string> = new Set([
  'CHLD',
  'CONT',
  'WINCH',
  'URG',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
]);

/** A signal's name without `SIG`, of a name or a number; undefined when there is none. */
export function signalName(text: string): string | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (name in signalNumbers) return name;
  if (!/^\d+$/.test(name)) return undefined;
  return Object.keys(signalNumbers).find((each) => signalNumbers[each] === Number(name));
}
