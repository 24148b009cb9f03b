import { randomInt } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { exitCode, TutorError } from '../../errors.ts';
import { LockTaken } from '../../learner/lock.ts';
import { stateDirectory } from '../../learner/state-directory.ts';
import { type SavedWorld, UnreadableWorld, WorldFile } from '../../learner/world-file.ts';
import { History } from '../../sandbox/history.ts';
import { Sandbox } from '../../sandbox/sandbox.ts';
import { shiftedWorld } from '../../sandbox/shifted-world.ts';
import { lessonWithTask, placeOfLesson, prepareForTasks } from '../learn/lesson-world.ts';
import type { Session } from '../session.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import type { WorldPlace } from './world-place.ts';

/** How many steps can be taken back in a later run. */
const keptSteps = 20;

/** A sandbox that was taken up from where it is kept, and the way back there. */
export class KeptSandbox {
  readonly sandbox: Sandbox;
  readonly history: History;
  /** Whether nothing has happened in it yet. */
  readonly isNew: boolean;
  readonly #place: WorldPlace;
  readonly #session: Session;
  #isWarned = false;

  constructor(session: Session, sandbox: Sandbox, history: History, place: WorldPlace, isNew: boolean) {
    this.isNew = isNew;
    this.#session = session;
    this.sandbox = sandbox;
    this.history = history;
    this.#place = place;
  }

  /** Keeps the world as it is. What hinders it is said once; the run goes on. */
  save(history: History): void {
    const { file, another } = this.#place;
    const present = this.sandbox.snapshot();
    if (!file) return this.#warn('there is no home directory to keep the world in', another);
    try {
      const stamp = this.#session.io.now().toISOString().replace(/[:.]/g, '-');
      const aside = join(dirname(file.path), `${basename(file.path, '.json')}-${stamp}-${process.pid}.json`);
      if (file.save(present, history.patches(present, keptSteps), aside)) {
        this.#warn('another run has changed this world in the meantime', `Yours is kept as ${file.path}.`);
      }
    } catch (error) {
      const hint = error instanceof LockTaken ? 'Leave the other sandbox first.' : another;
      this.#warn(`the world cannot be saved: ${(error as Error).message}`, hint);
    }
  }

  #warn(what: string, hint: string): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    this.#session.warn(what, hint);
  }
}

/**
 * Takes up the world that the options name: the learner's own, the one of a file, or a new one.
 *
 * @throws TutorError when a file that was named holds no world
 */
export function takeUpWorld(session: Session, options: SandboxOptions): KeptSandbox {
  const { nodes, lesson, fresh = false } = options;
  const place = placeOf(session, options);
  const make = (): Sandbox => {
    const sandbox = freshSandbox(session, nodes);
    return lesson === undefined ? sandbox : prepareForTasks(lessonWithTask(session, lesson), sandbox);
  };
  const kept = takeUp(session, place, make, fresh);
  if (nodes !== undefined && !kept.isNew) {
    throw new TutorError(
      '--nodes is for a new world',
      'Add --fresh to begin one; the world at hand is then given up.',
    );
  }
  return kept;
}

/** How many nodes the recorded world has. */
const recordedNodes = 3;

/** A new world. That of the usual size is at hand; to bring another one up takes as long as to start Node. */
export function freshSandbox({ io, content }: Session, nodes = recordedNodes): Sandbox {
  const now = io.now().getTime();
  const seed = randomInt(2 ** 32);
  if (nodes !== recordedNodes) return Sandbox.fresh({ now, seed, nodes });
  const recorded = content.freshWorld();
  const seconds = Math.floor((now - recorded.now) / 1000);
  return new Sandbox({ ...shiftedWorld(recorded, seconds * 1000), random: seed });
}

/**
 * Takes up a world from where it is kept, or makes a new one.
 *
 * @param isFresh whether a new one is wanted all the same
 * @throws TutorError when a file that was named holds no world
 */
export function takeUp(
  session: Session,
  place: WorldPlace,
  make: () => Sandbox,
  isFresh: boolean,
): KeptSandbox {
  const saved = place.file && loadWorld(session, place.file, place);
  if (!saved || isFresh) return new KeptSandbox(session, make(), new History(), place, true);
  const history = History.of(saved.world, saved.undo);
  return new KeptSandbox(session, new Sandbox(saved.world), history, place, false);
}

/**
 * Does something with the world while no other run does that is over as soon: of two lines that are run at
 * once, one waits for the other. Where that cannot be had, it is done all the same.
 */
export function withoutOthers({ file }: WorldPlace, act: () => void): void {
  let isBegun = false;
  const begun = (): void => {
    isBegun = true;
    act();
  };
  try {
    if (file) return file.alone(begun);
  } catch (error) {
    if (isBegun) throw error;
  }
  act();
}

/** Where the world that the options name is kept. */
export function placeOf(session: Session, { world, lesson }: SandboxOptions): WorldPlace {
  if (lesson !== undefined) return placeOfLesson(session, lessonWithTask(session, lesson));
  const { io } = session;
  const directory = stateDirectory(io);
  const own = directory === undefined ? undefined : join(directory, 'sandbox.json');
  const path = world === undefined ? own : resolve(world);
  return {
    file: path === undefined ? undefined : new WorldFile(path),
    isNamed: world !== undefined,
    name: "the sandbox's world",
    another: 'Name another file with --world.',
  };
}

/** @throws TutorError when it is a file of the learner's that cannot be read, or one of a newer program */
function loadWorld({ io, warn }: Session, file: WorldFile, place: WorldPlace): SavedWorld | undefined {
  try {
    return file.load();
  } catch (error) {
    const why = (error as Error).message;
    if (!(error instanceof UnreadableWorld)) {
      throw new TutorError(`the world cannot be read: ${why}`, place.another, exitCode.usage);
    }
    if (place.isNamed || error.isNewer) {
      throw new TutorError(
        `${file.path} cannot be taken up: ${why}`,
        error.isNewer ? `Update the tutor. ${place.another}` : 'It is left as it is. Name another file.',
      );
    }
    const aside = file.setAside(io.now().toISOString().replace(/[:.]/g, '-'));
    warn(`${place.name} could not be understood: ${why}`, `It is kept as ${aside}; a new one is begun.`);
    return undefined;
  }
}
