import { pause, type Steps } from '../../effects.ts';
import type { Command } from '../../runtime/shell/syntax.ts';
import type { Place } from '../shell-context.ts';
import { BreakLoop } from './control-flow.ts';
import type { Evaluator } from './evaluate.ts';

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
  const inside = { ...place, loops: place.loops + 1 };
  let code = 0;
  for (let round = 1; ; round++) {
    const found = yield* evaluator.run(command.condition, { ...place, isChecked: true });
    if ((found === 0) === command.isUntil) return code;
    const body = yield* oneRound(evaluator, command.body, inside);
    code = body.code;
    if (body.isLast) return code;
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
    const found = yield* oneRound(evaluator, body, { ...place, loops: place.loops + 1 });
    code = found.code;
    if (found.isLast) return code;
    if (round % roundsInTurn === roundsInTurn - 1) yield* pause(turn);
  }
  return code;
}

interface Round {
  readonly code: number;
  readonly isLast: boolean;
}

/** One round of a loop. @throws BreakLoop for the loops around it */
function* oneRound(evaluator: Evaluator, body: Command, place: Place): Steps<Round> {
  try {
    return { code: yield* evaluator.run(body, place), isLast: false };
  } catch (error) {
    if (!(error instanceof BreakLoop)) throw error;
    const { way, levels, code } = error;
    if (levels > 1) throw new BreakLoop(way, levels - 1, code);
    return { code, isLast: way === 'break' };
  }
}
