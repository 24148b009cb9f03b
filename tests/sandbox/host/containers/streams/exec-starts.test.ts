import { beforeEach, describe, expect, it } from 'vitest';
import { TestEngine } from '../test-engine.ts';

let engine: TestEngine;

function made(...cmd: readonly string[]): string {
  const answer = engine.answer('POST', '/containers/web/exec', { Cmd: cmd, AttachStdout: true });
  return 'body' in answer ? (answer.body as { readonly Id: string }).Id : '';
}

const start = (id: string) => engine.outcome('POST', `/exec/${id}/start`, { Detach: true });

beforeEach(() => {
  engine = new TestEngine();
  engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'none' } });
});

// Said by Docker Engine 29.7.2.
describe('a command in a container is started', () => {
  it('once', () => {
    const [long, short] = [made('sleep', '100'), made('true')];
    expect([start(long), start(short)]).toEqual(['200', '200']);
    engine.advance(1000);
    expect(start(long)).toBe(`409 exec command ${long} is already running`);
    expect(start(short)).toBe(`409 exec command ${short} has already run`);
  });

  it('not while the container is paused', () => {
    const id = made('true');
    const { Id } = engine.get<{ readonly Id: string }>('/containers/web/json');
    engine.outcome('POST', '/containers/web/pause');
    expect(start(id)).toBe(`409 Container ${Id} is paused, unpause the container before exec`);
    engine.outcome('POST', '/containers/web/unpause');
    expect(start(id)).toBe('200');
  });
});

it('statistics asked for once have no earlier ones, and no networks where there are none', () => {
  const stats = JSON.parse(
    engine.read(engine.stream('GET', '/containers/web/stats?stream=0&one-shot=1')),
  ) as Readonly<Record<string, unknown>>;
  expect(stats.preread).toBe('0001-01-01T00:00:00Z');
  expect(stats).not.toHaveProperty('networks');
});
