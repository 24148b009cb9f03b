import type { Effect, Steps } from '../effects.ts';
import { through } from '../through.ts';
import type { ShellContext } from './shell-context.ts';

/** What is asked for by a path depends on the folder of whoever asks. */
const named: readonly Effect['kind'][] = [
  'read-file',
  'list-folder',
  'write-file',
  'look-at',
  'put',
  'remove',
];

/**
 * Runs steps as in a process of their own: they begin with the variables and the folder of the shell, and
 * what they change of them the shell does not see. While they wait, the shell has its own.
 */
export function* apart(context: ShellContext, steps: Steps<number>): Steps<number> {
  let own = context.own;
  const inside = <T>(act: () => T): T => {
    const outer = context.own;
    context.own = own;
    try {
      return act();
    } finally {
      own = context.own;
      context.own = outer;
    }
  };
  function* answered(effect: Effect): Steps<unknown> {
    if (!named.includes(effect.kind)) return yield effect;
    const outer = context.own;
    context.own = own;
    try {
      return yield effect;
    } finally {
      context.own = outer;
    }
  }
  return yield* through(withEachStep(steps, inside), answered);
}

/** Steps of which each is taken within something. */
function* withEachStep<T>(steps: Steps<T>, within: <R>(act: () => R) => R): Steps<T> {
  let next = within(() => steps.next());
  while (!next.done) {
    let heard: unknown;
    try {
      heard = yield next.value;
    } catch (error) {
      next = within(() => steps.throw(error));
      continue;
    }
    next = within(() => steps.next(heard));
  }
  return next.value;
}
