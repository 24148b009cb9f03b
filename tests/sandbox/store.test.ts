import { describe, expect, it } from 'vitest';
import { type Change, Store } from '../../src/sandbox/store.ts';
import { emptyWorld } from '../../src/sandbox/world.ts';

const start = Date.parse('2026-01-05T09:00:00Z');
const newStore = (): Store => new Store(emptyWorld(start, 1));
const saved = (store: Store): Store => new Store(JSON.parse(JSON.stringify(store.snapshot())));

describe('a store', () => {
  it('keeps what was written, and forgets what was deleted', () => {
    const store = newStore();
    store.write('pods', 'default/web', { name: 'web' });
    store.write('pods', 'default/api', { name: 'api' });
    store.delete('pods', 'default/api');
    expect(store.table('pods')).toEqual({ 'default/web': { name: 'web' } });
    expect(store.read('pods', 'default/api')).toBeUndefined();
  });

  it('leaves a snapshot as it was, whatever is written later', () => {
    const store = newStore();
    store.write('pods', 'default/web', { phase: 'Pending' });
    const before = store.snapshot();
    const text = JSON.stringify(before);
    store.write('pods', 'default/web', { phase: 'Running' });
    store.write('pods', 'default/api', { phase: 'Running' });
    store.delete('pods', 'default/web');
    expect(JSON.stringify(before)).toBe(text);
  });

  it('shares the tables that did not change between two snapshots', () => {
    const store = newStore();
    store.write('pods', 'default/web', {});
    store.write('nodes', '/worker-1', {});
    const before = store.snapshot();
    store.write('pods', 'default/api', {});
    const after = store.snapshot();
    expect(after.tables.nodes).toBe(before.tables.nodes);
    expect(after.tables.pods).not.toBe(before.tables.pods);
  });

  it('goes on from an earlier snapshot as if nothing had been since', () => {
    const store = newStore();
    store.write('pods', 'default/web', { phase: 'Pending' });
    const before = store.snapshot();
    const drawn = store.random(1000);
    store.now += 1000;
    store.write('pods', 'default/web', { phase: 'Running' });
    store.restore(before);
    expect(store.snapshot()).toEqual(before);
    expect(store.random(1000)).toBe(drawn);
  });

  it('draws the same numbers after it was saved and loaded', () => {
    const store = newStore();
    store.random(10);
    const loaded = saved(store);
    const draw = (from: Store): number[] => Array.from({ length: 50 }, () => from.random(1_000_000));
    const numbers = draw(store);
    expect(draw(loaded)).toEqual(numbers);
    expect(new Set(numbers).size).toBeGreaterThan(45);
    expect(numbers.every((number) => number >= 0 && number < 1_000_000)).toBe(true);
  });

  it('tells every change with what was before', () => {
    const store = newStore();
    const heard: Change[] = [];
    const listener = (change: Change): void => void heard.push(change);
    store.listen(listener);
    store.write('pods', 'default/web', 1);
    store.write('pods', 'default/web', 2);
    store.delete('pods', 'default/web');
    store.delete('pods', 'default/web');
    store.unlisten(listener);
    store.write('pods', 'default/web', 3);
    expect(heard.map(({ before, after }) => [before, after])).toEqual([
      [undefined, 1],
      [1, 2],
      [2, undefined],
    ]);
  });

  it('tells each listener of the tables that it hears of', () => {
    const store = newStore();
    const [ofPods, ofAll]: [string[], string[]] = [[], []];
    store.listen(
      ({ key }) => void ofPods.push(key),
      (table) => table === 'pods',
    );
    store.listen(({ key }) => void ofAll.push(key));
    store.write('nodes', '/worker-1', 1);
    store.write('pods', 'default/web', 1);
    store.delete('nodes', '/worker-1');
    expect(ofPods).toEqual(['default/web']);
    expect(ofAll).toEqual(['/worker-1', 'default/web', '/worker-1']);
  });
});

describe('an index', () => {
  const byNode = (store: Store) =>
    store.index('pods', 'node', ({ node }: { node?: string }) => (node ? [node] : []));

  it('finds what was there before it was made, and what came later', () => {
    const store = newStore();
    store.write('pods', 'default/b', { node: 'worker-1' });
    const index = byNode(store);
    store.write('pods', 'default/a', { node: 'worker-1' });
    store.write('pods', 'default/c', { node: 'worker-2' });
    store.write('pods', 'default/d', {});
    expect(index.entries('worker-1')).toEqual([{ node: 'worker-1' }, { node: 'worker-1' }]);
    expect(index.count('worker-2')).toBe(1);
    expect(index.entries('worker-3')).toEqual([]);
  });

  it('follows an entry from one value to another', () => {
    const store = newStore();
    const index = byNode(store);
    store.write('pods', 'default/a', { node: 'worker-1' });
    store.write('pods', 'default/a', { node: 'worker-2' });
    expect([index.count('worker-1'), index.count('worker-2')]).toEqual([0, 1]);
    store.delete('pods', 'default/a');
    expect(index.entries('worker-2')).toEqual([]);
  });

  it('gives entries in the order of their keys, so that a loaded world is like the one that was saved', () => {
    const store = newStore();
    const index = byNode(store);
    for (const name of ['c', 'a', 'b']) store.write('pods', `default/${name}`, { node: 'n', name });
    const names = (entries: readonly unknown[]) => entries.map((entry) => (entry as { name: string }).name);
    expect(names(index.entries('n'))).toEqual(['a', 'b', 'c']);
    expect(names(byNode(saved(store)).entries('n'))).toEqual(['a', 'b', 'c']);
  });

  it('is made anew after a restore', () => {
    const store = newStore();
    const before = store.snapshot();
    byNode(store);
    store.write('pods', 'default/a', { node: 'n' });
    store.restore(before);
    expect(byNode(store).entries('n')).toEqual([]);
  });
});
