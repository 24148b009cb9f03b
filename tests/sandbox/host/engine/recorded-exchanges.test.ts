import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EngineRequest } from '../../../../src/sandbox/host/engine/request.ts';
import { HostLab } from '../host-lab.ts';

/** A request, and what Docker Engine 29.7.2 (API 1.55) answered: status and message, and parts of what it said. */
interface Exchange {
  readonly ask: readonly [method: EngineRequest['method'], target: string, body?: unknown];
  readonly answer: string;
  readonly picked?: Readonly<Record<string, unknown>>;
}

interface Conversation {
  readonly title: string;
  readonly steps: readonly (Exchange | { readonly wait: number })[];
}

const recorded: readonly Conversation[] = JSON.parse(
  readFileSync(new URL('recorded-exchanges.json', import.meta.url), 'utf8'),
);

/** Ids are by chance, but for those that are asked for. */
function withoutIds<Value>(value: Value): Value {
  const text = JSON.stringify(value)
    .replace(/\b(?!a{64}\b)[0-9a-f]{64}\b/g, '<id>')
    .replace(/\b[0-9a-f]{12}\b/g, '<short id>');
  return JSON.parse(text) as Value;
}

/** @param path such as `Config.Env`, `Mounts.0.RW` @returns null where there is nothing */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | null)?.[name] ?? null, value);
}

function exchanged(lab: HostLab, { ask, picked }: Exchange): Omit<Exchange, 'ask'> {
  const response = lab.answer(...ask);
  lab.sandbox.advance(300);
  const body: unknown = 'stream' in response ? undefined : response.body;
  const message = at(body ?? null, 'message');
  const parts = Object.keys(picked ?? {}).map((path) => [path, at(body ?? null, path)]);
  return withoutIds({
    answer: message === null ? `${response.status}` : `${response.status} ${message}`,
    ...(picked && { picked: Object.fromEntries(parts) }),
  });
}

describe('the engine answers as the real one', () => {
  it.each(recorded)('$title', ({ steps }) => {
    const lab = new HostLab().images('busybox:1.36');
    for (const step of steps) {
      if ('wait' in step) {
        lab.sandbox.advance(step.wait * 1000);
        continue;
      }
      const { ask, ...answered } = step;
      expect(exchanged(lab, step), ask.slice(0, 2).join(' ')).toEqual(answered);
    }
  });
});
