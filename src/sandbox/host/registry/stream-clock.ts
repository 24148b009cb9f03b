import type { Controller, Simulation } from '../../simulation.ts';

const name = 'docker-streams';

/** Does nothing: that its time has come is what whoever reads a stream waits for. */
const controller: Controller = {
  name,
  tables: [],
  concerns: () => [],
  reconcile: () => undefined,
};

/** Has the moments of streams happen in a world. */
export function addStreamClock(simulation: Simulation): void {
  simulation.add(controller);
}

/** Makes a time to come a moment of the world, at which whoever reads a stream looks again. */
export function wakeReader(simulation: Simulation, at: number): void {
  simulation.wake(name, String(at), at);
}
