import type { Steps } from '../../effects.ts';
import type { Taken } from '../changing/subjects.ts';
import { takeSubjects } from '../changing/subjects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { fetchSubjects, readNames } from '../selecting/selection.ts';

/**
 * What a command of `kubectl rollout` is about; a kind without a name means all of it.
 *
 * @throws CommandFailure
 */
export function* takeForRollout(context: KubectlContext): Steps<Taken> {
  const { options } = context;
  const hasFile = options.has('--filename') || options.has('--kustomize');
  if (options.args.length === 0 && !hasFile) throw new CommandFailure('required resource not specified');
  if (hasFile) return yield* takeSubjects(context, { latest: true });
  const selector = options.text('--selector', '');
  const named = readNames(options.args, yield* context.known(), {
    base: 'kubectl',
    hasSelector: selector !== '',
    allowsAll: true,
  });
  const failures: Error[] = [];
  const query: Record<string, string> = selector === '' ? {} : { labelSelector: selector };
  const target = yield* context.target();
  const subjects = yield* fetchSubjects(named, target, query, (failure) => failures.push(failure));
  return { subjects, isSingle: named.kind === 'objects' && named.isSingle, failures };
}
