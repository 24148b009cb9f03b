import { describe, expect, it } from 'vitest';
import { type Controller, Simulation } from '../../src/sandbox/simulation.ts';
import { Store } from '../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../src/sandbox/world.ts';

const start = 1_000_000;

/** Counts to what is wanted, one a second. */
function counting(world: World = emptyWorld(start, 1)) {
  const store = new Store(world);
  const simulation = new Simulation(store);
  const reconciled: string[] = [];
  const controller: Controller = {
    name: 'counter',
    concerns: ({ table, key }) => (table === 'wanted' ? [key] : []),
    reconcile(key) {
      reconciled.push(`${store.now - start} ${key}`);
      const count = (store.read('count', key) as number | undefined) ?? 0;
      if (count >= ((store.read('wanted', key) as number | undefined) ?? 0)) return;
      store.write('count', key, count + 1);
      simulation.wake('counter', key, store.now + 1000);
    },
  };
  simulation.add(controller);
  return { store, simulation, reconciled };
}

describe('a simulation', () => {
  it('does at once what can be done at once, and the rest when its time has come', () => {
    const { store, simulation } = counting();
    store.write('wanted', 'web', 3);
    simulation.settle();
    expect(store.read('count', 'web')).toBe(1);
    simulation.advance(999);
    expect(store.read('count', 'web')).toBe(1);
    simulation.advance(1);
    expect(store.read('count', 'web')).toBe(2);
    simulation.advance(60_000);
    expect(store.read('count', 'web')).toBe(3);
    expect(store.now).toBe(start + 61_000);
  });

  it('knows when something happens next, and that nothing does', () => {
    const { store, simulation } = counting();
    expect(simulation.nextMoment()).toBeUndefined();
    store.write('wanted', 'web', 2);
    expect(simulation.nextMoment()).toBe(start);
    simulation.settle();
    expect(simulation.nextMoment()).toBe(start + 1000);
    simulation.advance(5000);
    expect(simulation.nextMoment()).toBeUndefined();
  });

  it('stops in the middle of time when it is told to', () => {
    const { store, simulation } = counting();
    store.write('wanted', 'web', 5);
    expect(simulation.advance(60_000, () => store.read('count', 'web') === 3)).toBe(true);
    expect(store.now).toBe(start + 2000);
    expect(simulation.advance(60_000, () => false)).toBe(false);
  });

  it('wakes a key at the earliest of the times that were asked for', () => {
    const { simulation, reconciled } = counting();
    simulation.wake('counter', 'web', start + 500);
    simulation.wake('counter', 'web', start + 900);
    simulation.wake('counter', 'web', start + 200);
    simulation.advance(1000);
    expect(reconciled).toEqual(['200 web']);
  });

  it('rings at once for a time that has passed', () => {
    const { simulation, reconciled } = counting();
    simulation.wake('counter', 'web', start - 1);
    simulation.settle();
    expect(reconciled).toEqual(['0 web']);
  });

  it('goes on after it was saved and loaded exactly as it would have', () => {
    const first = counting();
    for (const key of ['web', 'api', 'db']) first.store.write('wanted', key, 4);
    first.simulation.advance(1500);
    const second = counting(JSON.parse(JSON.stringify(first.store.snapshot())));
    first.reconciled.length = 0;
    first.simulation.advance(10_000);
    second.simulation.advance(10_000);
    expect(second.reconciled).toEqual(first.reconciled);
    expect(JSON.stringify(second.store.snapshot())).toBe(JSON.stringify(first.store.snapshot()));
  });

  it('goes back to an earlier world with its alarms', () => {
    const { store, simulation } = counting();
    store.write('wanted', 'web', 3);
    simulation.settle();
    const before = store.snapshot();
    simulation.advance(10_000);
    simulation.restore(before);
    expect([store.now, store.read('count', 'web'), simulation.nextMoment()]).toEqual([
      start,
      1,
      start + 1000,
    ]);
    simulation.advance(10_000);
    expect(store.read('count', 'web')).toBe(3);
  });

  it('says which controllers do not come to rest instead of running for ever', () => {
    const store = new Store(emptyWorld(start, 1));
    const simulation = new Simulation(store);
    simulation.add({
      name: 'restless',
      concerns: ({ table }) => (table === 'ball' ? ['it'] : []),
      reconcile: () => store.write('ball', 'it', store.random(1_000_000)),
    });
    store.write('ball', 'it', 0);
    expect(() => simulation.settle()).toThrow(/do not come to rest; the last was restless it/);
  });

  it('refuses to wake what is not there', () => {
    const { simulation } = counting();
    simulation.wake('nobody', 'web', start);
    expect(() => simulation.settle()).toThrow('there is no controller nobody');
  });
});
