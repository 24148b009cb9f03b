import { describe, expect, it } from 'vitest';
import { History, patchBetween, patched } from '../../src/sandbox/history.ts';
import { Store } from '../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../src/sandbox/world.ts';

function worlds(): World[] {
  const store = new Store(emptyWorld(1000, 1));
  store.write('pods', 'default/web', { phase: 'Pending' });
  store.write('nodes', '/worker-1', {});
  const first = store.snapshot();
  store.now = 2000;
  store.revision = 5;
  store.write('pods', 'default/web', { phase: 'Running' });
  store.write('pods', 'default/api', { phase: 'Pending' });
  const second = store.snapshot();
  store.random(5);
  store.delete('pods', 'default/web');
  store.write('services', 'default/web', {});
  return [first, second, store.snapshot()];
}

describe('a patch', () => {
  it('leads from any world to any other, and says nothing of what is the same', () => {
    const all = worlds();
    for (const from of all) {
      for (const to of all) {
        const patch = JSON.parse(JSON.stringify(patchBetween(from, to)));
        const reached = patched(from, patch);
        // A table in which nothing is left says the same as one that is not there.
        const tables = Object.fromEntries(
          Object.entries(reached.tables).filter(([, table]) => Object.keys(table).length > 0),
        );
        expect({ ...reached, tables }).toEqual(to);
        expect(patch.tables).not.toHaveProperty('nodes');
      }
    }
  });
});

describe('a history', () => {
  it('goes back step by step, and forward again', () => {
    const [first, second, third] = worlds() as [World, World, World];
    const history = new History();
    history.record(first);
    history.record(second);
    expect(history.undo(third)).toBe(second);
    expect(history.undo(second)).toBe(first);
    expect(history.undo(first)).toBeUndefined();
    expect(history.redo(first)).toBe(second);
    expect(history.redo(second)).toBe(third);
    expect(history.redo(third)).toBeUndefined();
  });

  it('forgets what was undone when something else is done', () => {
    const [first, second] = worlds() as [World, World];
    const history = new History();
    history.record(first);
    history.undo(second);
    history.record(first);
    expect(history.redo(second)).toBeUndefined();
  });

  it('can be kept as patches and taken up again', () => {
    const [first, second, third] = worlds() as [World, World, World];
    const history = new History();
    history.record(first);
    history.record(second);
    const taken = History.of(third, JSON.parse(JSON.stringify(history.patches(third, 20))));
    expect(taken.undo(third)?.tables.pods).toEqual(second.tables.pods);
    expect(taken.undo(second)).toMatchObject({ now: 1000, tables: { pods: first.tables.pods } });
    expect(taken.undo(first)).toBeUndefined();
  });
});
