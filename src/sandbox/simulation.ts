import type { Change, Store } from './store.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

/** Brings one part of the world nearer to what is wanted, as often as it is asked to. */
export interface Controller {
  /** Such as `replicaset`; unique. */
  readonly name: string;
  /** The only tables whose changes can concern it; those of any can where it does not say. */
  readonly tables?: readonly string[];
  /**
   * Which of its keys a change concerns. It is asked for every change of its tables.
   */
  concerns(change: Change): readonly string[];
  /**
   * Looks at what is there and does what is missing. It is level-triggered: it may be called too often,
   * and must then do nothing. It never waits: what has to happen later it asks for by `wake`.
   */
  reconcile(key: string): void;
}

const timers = 'timers';

/** More steps at one instant than any world needs: controllers that fight would go on for ever. */
const mostStepsPerObject = 2_000;

/**
 * Runs the controllers of a world. Nothing here knows a clock: time passes when `advance` is told to let it,
 * from one moment at which something is to happen to the next.
 */
export class Simulation {
  readonly store: Store;
  readonly #controllers = new Map<string, Controller>();
  /** Those whom changes of a table can concern; made when the first one comes. */
  readonly #watchers = new Map<string, readonly Controller[]>();
  /** What is to be reconciled now. */
  readonly #queue = new WorkQueue<Controller>();
  /** Undefined until it is needed again, after another world was taken up. */
  #heap: Alarm[] | undefined;

  constructor(store: Store) {
    this.store = store;
    store.listen(
      (change) => this.#notice(change),
      (table) => this.#watchersOf(table).length > 0,
    );
  }

  /** Puts a controller to work; it hears of every change from now on. */
  add(controller: Controller): void {
    this.#controllers.set(controller.name, controller);
    this.#watchers.clear();
  }

  /** Goes on from another world that had come to rest, such as an earlier snapshot. */
  restore(world: World): void {
    this.store.restore(world);
    this.#queue.clear();
    this.#heap = undefined;
  }

  /**
   * Asks for a key to be reconciled at a time to come. An earlier time that was asked for already stays.
   *
   * @param at milliseconds since 1970; a time that has passed means now
   */
  wake(controller: string, key: string, at: number): void {
    const id = `${controller} ${key}`;
    const known = this.store.read(timers, id) as number | undefined;
    if (known !== undefined && known <= at) return;
    this.store.write(timers, id, at);
    pushAlarm(this.#alarms, { at, id, controller, key });
  }

  /** Asks for a key to be reconciled at this very moment. */
  enqueue(controller: string, key: string): void {
    const found = this.#controllers.get(controller);
    if (!found) throw new Error(`there is no controller ${controller}`);
    this.#queue.push(found, key);
  }

  /** Lets everything happen that happens at this moment. */
  settle(): void {
    let steps = 0;
    let most = mostStepsPerObject * 100;
    this.#ring();
    for (;;) {
      const next = this.#queue.shift();
      if (!next) return;
      const { worker, key } = next;
      steps += 1;
      if (steps > most) {
        most = mostStepsPerObject * (100 + this.#size());
        if (steps > most)
          throw new Error(`the controllers do not come to rest; the last was ${worker.name} ${key}`);
      }
      worker.reconcile(key);
      if (this.#queue.size === 0) this.#ring();
    }
  }

  /** When something is to happen next, in milliseconds since 1970; undefined when nothing is. */
  nextMoment(): number | undefined {
    if (this.#queue.size > 0) return this.store.now;
    for (;;) {
      const first = this.#alarms[0];
      if (!first) return undefined;
      if (this.store.read(timers, first.id) === first.at) return first.at;
      popAlarm(this.#alarms);
    }
  }

  /**
   * Lets time pass, and everything happen on the way.
   *
   * @param milliseconds at least 0
   * @param until looked at after every moment; time stops when it says so
   * @returns whether `until` stopped it
   */
  advance(milliseconds: number, until: () => boolean = () => false): boolean {
    const end = this.store.now + milliseconds;
    this.settle();
    if (until()) return true;
    for (let next = this.nextMoment(); next !== undefined && next <= end; next = this.nextMoment()) {
      this.store.now = Math.max(next, this.store.now);
      this.settle();
      if (until()) return true;
    }
    this.store.now = end;
    return false;
  }

  #notice(change: Change): void {
    for (const controller of this.#watchersOf(change.table)) {
      for (const key of controller.concerns(change)) this.#queue.push(controller, key);
    }
  }

  #watchersOf(table: string): readonly Controller[] {
    const known = this.#watchers.get(table);
    if (known) return known;
    // Timers are nobody's business but ours.
    const all = table === timers ? [] : [...this.#controllers.values()];
    const found = all.filter(({ tables }) => !tables || tables.includes(table));
    this.#watchers.set(table, found);
    return found;
  }

  /** Puts into the queue what was asked for by now. */
  #ring(): void {
    for (let next = this.#alarms[0]; next && next.at <= this.store.now; next = this.#alarms[0]) {
      popAlarm(this.#alarms);
      if (this.store.read(timers, next.id) !== next.at) continue;
      this.store.delete(timers, next.id);
      this.enqueue(next.controller, next.key);
    }
  }

  get #alarms(): Alarm[] {
    if (this.#heap) return this.#heap;
    const heap: Alarm[] = [];
    for (const [id, at] of Object.entries(this.store.table(timers))) {
      const space = id.indexOf(' ');
      const [controller, key] = [id.slice(0, space), id.slice(space + 1)];
      pushAlarm(heap, { at: at as number, id, controller, key });
    }
    this.#heap = heap;
    return heap;
  }

  #size(): number {
    return Object.keys(this.store.table('pods')).length;
  }
}

interface Alarm {
  readonly at: number;
  /** `controller key`. */
  readonly id: string;
  readonly controller: string;
  readonly key: string;
}

/** Alarms at the same time ring in the order of their names, so that a loaded world goes on as it would have. */
function isBefore(one: Alarm, other: Alarm): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}

/** A binary heap: the earliest alarm stands first. */
function pushAlarm(alarms: Alarm[], alarm: Alarm): void {
  let place = alarms.length;
  alarms.push(alarm);
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(alarm, alarms[parent] as Alarm)) break;
    alarms[place] = alarms[parent] as Alarm;
    place = parent;
  }
  alarms[place] = alarm;
}

function popAlarm(alarms: Alarm[]): void {
  const last = alarms.pop();
  if (!last || alarms.length === 0) return;
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= alarms.length) break;
    if (child + 1 < alarms.length && isBefore(alarms[child + 1] as Alarm, alarms[child] as Alarm)) child += 1;
    if (!isBefore(alarms[child] as Alarm, last)) break;
    alarms[place] = alarms[child] as Alarm;
    place = child;
  }
  alarms[place] = last;
}
