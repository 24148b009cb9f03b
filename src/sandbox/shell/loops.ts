import { pause, type Steps } from '../effects.ts';
import type { Command } from '../runtime/shell/syntax.ts';
import { BreakLoop } from './control-flow.ts';
import type { Evaluator } from './evaluate.ts';
import type { Place } from './shell-context.ts';

/** A loop gives others their turn after so many rounds. */
const roundsInTurn = 20;
/** And takes so long for them, in milliseconds. */
const turn = 200;

/** `while` and `until`. @throws what the evaluator throws */
export function* runWhile(
  evaluator: Evaluator,
  command: Command & { kind: 'while' },
  place: Place,
): Steps<number> {
  let code = 0;
  for (let round = 1; ; round++) {
    const found = yield* evaluator.run(command.condition, { ...place, isChecked: true });
    if ((found === 0) === command.isUntil) return code;
    const body = yield* oneRound(evaluator, command.body, place);
    if (body === undefined) return 0;
    code = body;
    if (round % roundsInTurn === 0) yield* pause(turn);
  }
}

/** `for`. @throws what the evaluator throws */
export function* runFor(
  evaluator: Evaluator,
  { name, words, body }: Command & { kind: 'for' },
  place: Place,
): Steps<number> {
  const { context, expansion } = evaluator;
  const items = words ? yield* expansion.words(words) : context.args;
  let code = 0;
  for (const [round, item] of items.entries()) {
    context.setVariable(name, item);
    const found = yield* oneRound(evaluator, body, place);
    if (found === undefined) return 0;
    code = found;
    if (round % roundsInTurn === roundsInTurn - 1) yield* pause(turn);
  }
  return code;
}

/** One round of a loop. @returns undefined when it was the last one */
function* oneRound(evaluator: Evaluator, body: Command, place: Place): Steps<number | undefined> {
  try {
    return yield* evaluator.run(body, place);
  } catch (error) {
    if (!(error instanceof BreakLoop)) throw error;
    if (error.levels > 1) throw new BreakLoop(error.way, error.levels - 1);
    return error.way === 'break' ? undefined : 0;
  }
}
