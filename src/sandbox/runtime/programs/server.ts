import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Outcome, Program } from '../program.ts';

/** What a server knows when it has read its command line. */
interface Begun<S> {
  readonly ports: readonly number[];
  /** Whether it listens on the loopback address alone. */
  readonly isLocal?: boolean;
  readonly own: S;
}

/** What a simple server does. */
export interface ServerPlan<S> {
  readonly memory: number;
  /** Reads the command line and says hello. @returns what it remembers, or the code it ends with */
  begin(call: ProcessCall): Begun<S> | number;
  /** Says that a port is taken; then it ends. @returns what is left to say on the error stream */
  taken?(call: ProcessCall, port: number): string;
  /** When it listens. */
  ready?(call: ProcessCall, own: S): void;
  /** Milliseconds between beginning and listening. */
  readonly startMs?: number;
  /** What it does about a signal. @returns the code it ends with; undefined when it does not handle the signal */
  ends?(call: ProcessCall, signal: string, own: S): number | 'stays' | undefined;
  serve?(
    call: ProcessCall,
    own: S,
    request: HttpRequest,
    from: string,
    port: number,
  ): HttpResponse | undefined;
  talk?(call: ProcessCall, own: S, text: string, from: string): { readonly answer: string; readonly own: S };
  workers?: Program['workers'];
  /** When it does something of its own accord next. */
  tick?(call: ProcessCall, own: S): { readonly own: S; readonly until: number };
}

interface ServerState<S> extends Begun<S> {
  readonly listensAt: number;
  readonly listens: boolean;
  readonly next?: number;
}

/** A program that listens, and does nothing until somebody asks. */
export function server<S>(plan: ServerPlan<S>): Program {
  const program: Program = {
    memory: plan.memory,
    step(call): Outcome {
      let state = call.state as ServerState<S> | undefined;
      if (state === undefined) {
        const begun = plan.begin(call);
        if (typeof begun === 'number') return begun;
        state = { ...begun, listensAt: call.now + (plan.startMs ?? 0), listens: false };
        call.state = state;
      }
      if (!state.listens) {
        if (state.listensAt > call.now) return { until: state.listensAt };
        for (const port of state.ports) {
          if (call.listen(port, state.isLocal)) continue;
          call.err(plan.taken?.(call, port) ?? 'bind: Address already in use\n');
          return 1;
        }
        state = { ...state, listens: true };
        call.state = state;
        plan.ready?.(call, state.own);
      }
      if (!plan.tick) return 'waits';
      if (state.next !== undefined && state.next > call.now) return { until: state.next };
      const { own, until } = plan.tick(call, state.own);
      call.state = { ...state, own, next: until };
      return { until };
    },
    onSignal(call, signal) {
      const state = call.state as ServerState<S> | undefined;
      if (!state || !plan.ends) return false;
      const code = plan.ends(call, signal, state.own);
      if (code === undefined) return false;
      if (code !== 'stays') call.end(code);
      return true;
    },
  };
  const { serve, talk } = plan;
  return {
    ...program,
    ...(serve
      ? {
          serve: (call: ProcessCall, request: HttpRequest, from: string, port: number) => {
            call.spend(0.5);
            return serve(call, (call.state as ServerState<S>).own, request, from, port);
          },
        }
      : {}),
    ...(talk
      ? {
          talk: (call: ProcessCall, text: string, from: string) => {
            const state = call.state as ServerState<S>;
            call.spend(0.2);
            const { answer, own } = talk(call, state.own, text, from);
            if (own !== state.own) call.state = { ...state, own };
            return answer;
          },
        }
      : {}),
    ...(plan.workers ? { workers: plan.workers } : {}),
  };
}

const plainEnds: ReadonlyMap<string, number> = new Map([
  ['HUP', 129],
  ['INT', 130],
  ['QUIT', 131],
  ['TERM', 143],
]);

/** Code of a program that a signal ends although it handles it no further. */
export function plainEnd(signal: string): number | undefined {
  return plainEnds.get(signal);
}

/** Whether an address that a server is told to listen on is reached from its own host only. */
function isLoopback(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(address);
}

/** What stands behind a server's ports, where it is told addresses: nothing, unless all of them are local. */
export function locally(addresses: readonly string[]): { readonly isLocal?: true } {
  return addresses.length > 0 && addresses.every(isLoopback) ? { isLocal: true } : {};
}
