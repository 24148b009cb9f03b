import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { shiftedWorld } from '../../src/sandbox/shifted-world.ts';

const now = Date.parse('2026-11-20T09:00:00Z');
const day = 86_400_000;

describe('A world that is moved in time', () => {
  it('is as old as it was, and goes on', () => {
    const { cluster } = new Sandbox(shiftedWorld(Sandbox.fresh({ now, seed: 7 }).snapshot(), day));
    expect(cluster.now).toBe(now + day);
    for (const { metadata } of cluster.list('pods')) {
      expect(cluster.now - Date.parse(metadata.creationTimestamp), metadata.name).toBe(12 * 60_000);
    }
    const sandbox = new Sandbox(shiftedWorld(Sandbox.fresh({ now, seed: 7 }).snapshot(), day));
    sandbox.cluster.remove(
      'pods',
      'kube-system',
      cluster.list('pods', 'kube-system')[0]?.metadata.name ?? '',
    );
    sandbox.advance(60_000);
    expect(sandbox.cluster.list('pods').every(({ status }) => status?.phase === 'Running')).toBe(true);
  });

  it('moves back to what it was', () => {
    const world = Sandbox.fresh({ now, seed: 7 }).snapshot();
    expect(shiftedWorld(shiftedWorld(world, day), -day)).toEqual(world);
  });

  it('moves by whole seconds only', () => {
    const world = Sandbox.fresh({ now, seed: 7 }).snapshot();
    expect(() => shiftedWorld(world, 500)).toThrow('worlds are moved by whole seconds');
  });
});
