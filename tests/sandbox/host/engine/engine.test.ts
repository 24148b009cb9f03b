import { describe, expect, it } from 'vitest';
import { askEngine, type Effect } from '../../../../src/sandbox/effects.ts';
import type { EngineRequest } from '../../../../src/sandbox/host/engine/request.ts';
import { begin, TestEngine } from '../containers/test-engine.ts';

const request = (method: EngineRequest['method'], path: string): EngineRequest => ({
  method,
  path,
  query: {},
  headers: {},
});

/** What a client gets that lets the time pass that it is asked to, and how long that is. */
function asClient(
  engine: TestEngine,
  asked: EngineRequest,
): { readonly status: number; readonly took: number } {
  const steps = askEngine(asked);
  const before = engine.store.now;
  let given: unknown;
  for (;;) {
    const { done, value } = steps.next(given as never);
    if (done) return { status: value.status, took: engine.store.now - before };
    given = answer(engine, value as Effect);
  }
}

function answer(engine: TestEngine, effect: Effect): unknown {
  if (effect.kind === 'engine') return engine.ask(effect.request.method, effect.request.path);
  if (effect.kind === 'now') return engine.store.now;
  if (effect.kind !== 'pause') throw new Error(effect.kind);
  const next = engine.simulation.nextMoment() ?? Number.POSITIVE_INFINITY;
  engine.advance(Math.min(effect.atMost, Math.max(0, next - engine.store.now)));
  return undefined;
}

describe('the engine', () => {
  it.each([
    ['GET', '/nosuch'],
    ['PUT', '/containers/json'],
    ['GET', '/containers/'],
  ] as const)('does not know %s %s', (method, path) => {
    const response = new TestEngine().ask(method, path);
    expect(response).toEqual({ status: 404, body: { message: 'page not found' } });
  });

  it('has something of each of its parts', () => {
    const engine = new TestEngine();
    for (const path of ['/containers/json', '/images/json', '/networks', '/volumes', '/version'])
      expect(engine.ask('GET', path).status, path).toBe(200);
  });

  it('leaves nothing in a world in which nobody asks it', () => {
    const engine = new TestEngine([]);
    const tables = Object.keys(engine.store.snapshot().tables);
    expect(tables.filter((name) => name.startsWith('docker/'))).toEqual([]);
    expect(engine.store.now).toBe(begin);
  });
});

describe('a client', () => {
  it('waits as long as a start takes', () => {
    const engine = new TestEngine();
    engine.create('web', { Cmd: ['sleep', '1000'] });
    expect(asClient(engine, request('POST', '/containers/web/start'))).toEqual({ status: 204, took: 200 });
  });

  it('waits for the answer of a stop', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    expect(asClient(engine, request('POST', '/containers/web/stop'))).toEqual({ status: 204, took: 10_000 });
  });

  it('gets what there is at once', () => {
    expect(asClient(new TestEngine(), request('GET', '/containers/json'))).toEqual({ status: 200, took: 0 });
  });
});
