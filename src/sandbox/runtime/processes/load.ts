import type { Store } from '../../store.ts';
import { type ContainerRecord, keyOn, tables } from '../records.ts';

/** Work is felt for about so long, in milliseconds: as long as the metrics server looks back. */
const memory = 15_000;
/** What is asked for sooner than that must not happen too often. */
const soonMs = 100;
/** So many events in a row take no longer than they do in life. */
const freeEvents = 20_000;
/** So many a second are forgotten, and fewer once there were too many. */
const forgottenPerSecond = 1;
const slowlyForgotten = 0.2;

/** How busy a container was: `rate` thousandths of a processor at the time `at`, fading since. */
interface Load {
  readonly rate: number;
  readonly at: number;
  /** Events that it has had too many of, as `pace` counts them. */
  readonly hurry: number;
}

/** What containers used of the processors lately, by short pieces of work such as requests. */
export class LoadMeter {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param milliseconds of a processor */
  add({ host, id }: ContainerRecord, milliseconds: number): void {
    const rate = this.rate(host, id) + (milliseconds / memory) * 1000;
    this.#write(host, id, { rate, hurry: this.#hurry(host, id) });
  }

  /**
   * Counts something that happens in a container in next to no time, such as a program that is started. When
   * that goes on for hours it gets slower and slower, so that a day of it does not take longer than a minute.
   *
   * @returns how long it takes, in milliseconds
   */
  pace({ host, id }: ContainerRecord): number {
    const hurry = this.#hurry(host, id) + 1;
    this.#write(host, id, { rate: this.rate(host, id), hurry });
    return hurry <= freeEvents ? 1 : Math.round(2 ** Math.min((hurry - freeEvents) / 50, 16));
  }

  /** A time that is asked for, or a later one when things are asked for too often. */
  notTooSoon(container: ContainerRecord, at: number): number {
    const { now } = this.#store;
    return at > now + soonMs ? at : Math.max(at, now + this.pace(container));
  }

  /** Thousandths of a processor. */
  rate(host: string, id: string): number {
    const load = this.#read(host, id);
    return load ? load.rate * Math.exp((load.at - this.#store.now) / memory) : 0;
  }

  #hurry(host: string, id: string): number {
    const load = this.#read(host, id);
    if (!load) return 0;
    const seconds = (this.#store.now - load.at) / 1000;
    const rate = load.hurry > freeEvents ? slowlyForgotten : forgottenPerSecond;
    return Math.max(0, load.hurry - seconds * rate);
  }

  #read(host: string, id: string): Load | undefined {
    return this.#store.read(tables.load, keyOn(host, id)) as Load | undefined;
  }

  #write(host: string, id: string, load: Omit<Load, 'at'>): void {
    this.#store.write(tables.load, keyOn(host, id), { ...load, at: this.#store.now });
  }

  /** Forgets a container. */
  remove(host: string, id: string): void {
    this.#store.delete(tables.load, keyOn(host, id));
  }
}
