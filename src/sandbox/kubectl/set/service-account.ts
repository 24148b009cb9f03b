import type { Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { changeObjects, demandLocal, takeForSet } from './change-objects.ts';
import { withPodSpec } from './pod-specs.ts';

/** `kubectl set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT` */
export function* runSetServiceAccount(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandLocal(options.on('--local'), yield* readDryRun(options));
  const name = options.args.at(-1);
  if (name === undefined) throw new CommandFailure('serviceaccount is required');
  const words = options.on('--local') ? [] : options.args.slice(0, -1);
  const subjects = yield* takeForSet(context, words);
  const manner = {
    outcome: 'serviceaccount updated',
    refusal: 'failed to patch ServiceAccountName',
    manager: 'kubectl-set',
    sendsAlways: true,
  };
  yield* changeObjects(context, subjects, manner, (object) =>
    withPodSpec(object, (spec) => ({ ...spec, serviceAccountName: name })),
  );
  return 0;
}
