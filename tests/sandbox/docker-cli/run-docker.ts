import { docker } from '../../../src/sandbox/docker/docker.ts';
import type { Effect, Steps } from '../../../src/sandbox/effects.ts';
import type { EngineRequest, EngineResponse } from '../../../src/sandbox/host/engine/request.ts';
import type { FileNode } from '../../../src/sandbox/runtime/file-tree.ts';
import { Interrupt } from '../../../src/sandbox/signals.ts';

/** What the client finds around it; what is left out is not there. */
export interface Place {
  /** An engine that refuses everything where it is left out. */
  readonly answer?: (request: EngineRequest) => EngineResponse;
  readonly isTerminal?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
  readonly files?: Map<string, string>;
  readonly nodes?: Map<string, FileNode>;
  readonly folders?: ReadonlyMap<string, readonly string[]>;
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed, a piece at a time; then the input ends. */
  readonly typed?: string[];
  /** Goes on by as much as is waited; where it is left out, it stands still. */
  readonly clock?: { now: number };
  /** After so many pauses Ctrl-C is pressed. */
  readonly patience?: number;
}

export interface Printed {
  stdout: string;
  stderr: string;
  code: number | undefined;
  readonly requests: EngineRequest[];
}

const home = '/home/you';

/** Runs the built-in docker outside of any world. */
export function runDocker(words: readonly string[], place: Place = {}): Printed {
  const printed: Printed = { stdout: '', stderr: '', code: undefined, requests: [] };
  const env = { HOME: home, PWD: home, ...place.env };
  const steps = docker(words, { home, env });
  printed.code = drive(steps, place, printed);
  return printed;
}

/** Runs steps of the client to their end, and says what they came to. */
export function drive<Value>(steps: Steps<Value>, place: Place, printed: Printed): Value | undefined {
  const patience = place.patience ?? 20;
  let pauses = 0;
  let last = steps.next();
  try {
    while (!last.done) {
      if (last.value.kind === 'pause' && place.clock) place.clock.now += last.value.atMost;
      if (last.value.kind === 'pause' && pauses++ >= patience) last = steps.throw(new Interrupt());
      else last = steps.next(heardOf(last.value, place, printed));
    }
    return last.value;
  } catch (error) {
    if (!(error instanceof Interrupt)) throw error;
    return undefined;
  }
}

function heardOf(effect: Effect, place: Place, printed: Printed): unknown {
  switch (effect.kind) {
    case 'engine':
      printed.requests.push(effect.request);
      return place.answer?.(effect.request) ?? { status: 500, body: { message: 'nobody is there' } };
    case 'write':
      printed[effect.to] += effect.text;
      return undefined;
    case 'now':
      return place.clock?.now ?? Date.UTC(2026, 0, 5, 12);
    case 'read-file':
      return place.files?.get(absolute(effect.path));
    case 'write-file':
      place.files?.set(absolute(effect.path), effect.text);
      return undefined;
    case 'list-folder':
      return (
        place.folders?.get(absolute(effect.path)) ?? (home.startsWith(absolute(effect.path)) ? [] : undefined)
      );
    case 'look-at':
      return place.nodes?.get(absolute(effect.path));
    case 'put':
      place.nodes?.set(absolute(effect.path), effect.node);
      return undefined;
    case 'take-input': {
      const text = place.typed?.shift();
      return { text: text ?? '', ended: text === undefined };
    }
    case 'terminal':
      return { isTerminal: place.isTerminal ?? false, ...(place.columns && { columns: place.columns }) };
    default:
      return undefined;
  }
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `${home}/${path}`;
}
