import { complain, type Effect, pause, type Steps, type Terminal } from '../../effects.ts';
import { Interrupt } from '../../signals.ts';
import { type Answer, asked, killed } from '../../through.ts';

/** So much waits between two commands before the first one has to wait. */
const roomBetween = 64 * 1024;
/** A command that wants everything at once gets so much. */
const mostAtOnce = 16 * 2 ** 20;
/** Code of a command whose output nobody reads any more: SIGPIPE. */
const brokenPipe = 141;
/** Code of a command that Ctrl-C has ended: SIGINT. */
const interrupted = 130;

interface Stage {
  readonly steps: Steps<number>;
  /** What came from the stage before and was not read. */
  buffer: string;
  code: number | undefined;
  /** What it waits for. */
  waits: { readonly for: 'input' } | TimeOff | undefined;
  heard: unknown;
  /** Ctrl-C that it has not been told of. */
  interrupt?: Interrupt;
}

/** It lets time pass, unless something comes in that was not there when it began to. */
interface TimeOff {
  readonly for: 'time';
  readonly atMost: number;
  readonly buffered: number;
  readonly wasFed: boolean;
}

/**
 * Runs commands with the output of each going to the next one while they run, as a shell does. Ctrl-C goes to
 * all of them.
 *
 * @returns their exit codes
 * @throws Interrupt where it has ended the last one
 */
export function* runPipeline(commands: readonly Steps<number>[]): Steps<readonly number[]> {
  const stages = commands.map(
    (steps): Stage => ({ steps, buffer: '', code: undefined, waits: undefined, heard: undefined }),
  );
  let interrupt: Interrupt | undefined;
  try {
    while (stages.some(({ code }) => code === undefined)) {
      try {
        yield* takeTurns(stages);
      } catch (error) {
        if (!(error instanceof Interrupt)) throw error;
        interrupt = error;
        for (const stage of stages) stage.interrupt = error;
      }
    }
  } catch (error) {
    for (const stage of stages) if (stage.code === undefined) yield* killed(stage.steps, unheard);
    throw error;
  }
  const codes = stages.map(({ code }) => code ?? 0);
  if (interrupt && codes.at(-1) === interrupted) throw interrupt;
  return codes;
}

/** Runs each stage up to where it has to wait, and lets time pass where all have to. */
function* takeTurns(stages: readonly Stage[]): Steps<void> {
  let hasMoved = false;
  for (const [place, stage] of stages.entries()) {
    if (stage.code === undefined)
      hasMoved = (yield* move(stage, stages[place - 1], stages[place + 1])) || hasMoved;
  }
  // Nobody reads what those before would write.
  for (const [place, stage] of stages.slice(0, -1).entries()) {
    if (stage.code === undefined && stages[place + 1]?.code !== undefined) yield* end(stage);
  }
  if (!hasMoved && stages.some(({ code }) => code === undefined)) yield* rest(stages);
}

/** Lets time pass for those that wait for it. */
function* rest(stages: readonly Stage[]): Steps<void> {
  const times = stages.flatMap(({ code, waits }) =>
    code === undefined && waits?.for === 'time' ? [waits.atMost] : [],
  );
  yield* pause(Math.min(...times, 1000));
  for (const stage of stages) if (stage.waits?.for === 'time') stage.waits = undefined;
}

/** Runs a stage up to where it has to wait. @returns whether it did anything */
function* move(stage: Stage, before: Stage | undefined, next: Stage | undefined): Steps<boolean> {
  const isFed = before === undefined || before.code !== undefined;
  if (stage.interrupt) {
    // It is told below.
  } else if (stage.waits?.for === 'input') {
    if (before && !isFed) {
      if (stage.buffer.length <= mostAtOnce) return false;
      yield* complain('sh: too much between two commands of a pipe\n');
      yield* end(before);
    }
    stage.heard = take(stage);
  } else if (stage.waits?.buffered === stage.buffer.length && stage.waits.wasFed === isFed) return false;
  stage.waits = undefined;
  for (let hasMoved = false; ; hasMoved = true) {
    if (next && next.code === undefined && isFull(next)) return hasMoved;
    const { done, value } = goOn(stage);
    if (done) {
      stage.code = value;
      return true;
    }
    if (next && value.kind === 'write' && value.to === 'stdout') {
      if (next.code === undefined) next.buffer += value.text;
    } else if ((before || next) && value.kind === 'terminal') {
      const { isTerminal, isInputTerminal = isTerminal } = (yield value) as Terminal;
      stage.heard = { isTerminal: isTerminal && !next, isInputTerminal: isInputTerminal && !before };
    } else if (before && value.kind === 'take-input') {
      stage.heard = { text: take(stage), ended: before.code !== undefined };
    } else if (before && value.kind === 'read-input') {
      if (before.code === undefined) {
        stage.waits = { for: 'input' };
        return true;
      }
      stage.heard = take(stage);
    } else if (value.kind === 'pause') {
      stage.waits = { for: 'time', atMost: value.atMost, buffered: stage.buffer.length, wasFed: isFed };
      return true;
    } else stage.heard = yield value;
  }
}

/** Takes the next step of a stage: with what it has heard, or with Ctrl-C. */
function goOn(stage: Stage): IteratorResult<Effect, number> {
  const { heard, interrupt } = stage;
  stage.heard = undefined;
  delete stage.interrupt;
  try {
    return interrupt ? stage.steps.throw(interrupt) : stage.steps.next(heard);
  } catch (error) {
    if (!(error instanceof Interrupt)) throw error;
    return { done: true, value: interrupted };
  }
}

function isFull({ buffer, waits }: Stage): boolean {
  return buffer.length > (waits?.for === 'input' ? mostAtOnce : roomBetween);
}

function take(stage: Stage): string {
  const { buffer } = stage;
  stage.buffer = '';
  return buffer;
}

/** Ends a stage that writes to nobody: SIGPIPE. What it closes is closed. */
function* end(stage: Stage): Steps<void> {
  stage.code = brokenPipe;
  yield* killed(stage.steps, unheard);
}

/** What is still said goes nowhere. */
const unheard: Answer = (effect: Effect) =>
  effect.kind === 'write' && effect.to === 'stdout' ? { heard: undefined } : asked(effect);
