import { docker } from '../../../src/sandbox/docker/docker.ts';
import type { Effect } from '../../../src/sandbox/effects.ts';
import type { EngineRequest, EngineResponse } from '../../../src/sandbox/host/engine/request.ts';

/** Where a command of docker runs. */
export interface Desk {
  /** What the engine answers. */
  readonly answer: (request: EngineRequest) => EngineResponse;
  /** Lines that somebody types, one each time they are waited for. */
  readonly typed?: readonly string[];
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Files by their paths; what is written is written here. */
  readonly files?: Map<string, string>;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** What came of it. */
export interface Told {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs docker with somebody at the keyboard, who may be no one. @param words without `docker` */
export function typeToDocker(words: readonly string[], desk: Desk): Told {
  const told = { stdout: '', stderr: '', code: 0 };
  const lines = [...(desk.typed ?? [])];
  const steps = docker(['docker', ...words], { home: '/home/you', env: desk.env ?? {} });
  let answer: unknown;
  for (;;) {
    const { done, value } = steps.next(answer);
    if (done) return { ...told, code: value };
    answer = answerTo(value, told, desk, lines);
  }
}

function answerTo(
  effect: Effect,
  told: { stdout: string; stderr: string },
  desk: Desk,
  lines: string[],
): unknown {
  switch (effect.kind) {
    case 'engine':
      return desk.answer(effect.request);
    case 'write':
      told[effect.to] += effect.text;
      return undefined;
    case 'now':
      return desk.now ?? 0;
    case 'read-file':
      return desk.files?.get(effect.path);
    case 'put':
      if (effect.node.kind === 'file') desk.files?.set(effect.path, effect.node.content);
      return undefined;
    case 'terminal':
      return { isTerminal: desk.isTerminal ?? false };
    case 'take-input': {
      const line = lines.shift();
      return { text: line === undefined ? '' : `${line}\n`, ended: line === undefined };
    }
    default:
      return undefined;
  }
}
