import { alias, unalias } from '../line/aliases.ts';
import type { Evaluator } from '../line/evaluate.ts';
import type { Builtins } from '../shell-context.ts';
import { flowBuiltins } from './flow-builtins.ts';
import { nameBuiltins } from './name-builtins.ts';
import { read } from './read-builtin.ts';
import { variableBuiltins } from './variable-builtins.ts';

/** Words of the shell that somebody may look for, besides programs. */
export const builtinNames =
  'alias break command continue declare eval exec exit export local read readonly return set shift source type unalias unset'.split(
    ' ',
  );

/** The words of a shell. */
export function builtins(evaluator: Evaluator): Builtins {
  const { context } = evaluator;
  return {
    ...flowBuiltins(evaluator),
    ...variableBuiltins(context),
    ...nameBuiltins(evaluator),
    read: (words, place) => read(words, place, context),
    alias: (words) => alias(words, context.aliases),
    unalias: (words) => unalias(words, context.aliases),
  };
}
