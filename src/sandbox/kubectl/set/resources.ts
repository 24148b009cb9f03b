import type { Container } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { readAmounts } from '../changing/quantities.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { changeObjects, demandLocal, takeForSet } from './change-objects.ts';
import { withContainers, withPodSpec } from './pod-specs.ts';

type Amounts = Readonly<Record<string, string>> | undefined;

/** `kubectl set resources (-f FILENAME | TYPE NAME) --limits=… --requests=…` */
export function* runSetResources(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const subjects = yield* takeForSet(context, options.args);
  demandLocal(options.on('--local'), dryRun);
  if (options.on('--all') && options.text('--selector')) {
    throw new CommandFailure('cannot set --all and --selector at the same time');
  }
  if (!options.text('--limits') && !options.text('--requests')) {
    throw new CommandFailure(
      'you must specify an update to requests or limits (in the form of --requests/--limits)',
    );
  }
  const limits = readAmounts(options.text('--limits'));
  const requests = readAmounts(options.text('--requests'));
  const pattern = options.text('--containers', '*');
  const manner = {
    outcome: 'resource requirements updated',
    refusal: 'failed to patch resources update to pod template',
    manager: 'kubectl-set',
  };
  yield* changeObjects(context, subjects, manner, (object, failures) =>
    withPodSpec(object, (spec) => {
      const changed = withContainers(spec, pattern, (container) => sized(container, limits, requests));
      if (changed.count === 0) {
        failures.push(new CommandFailure(`error: unable to find container named ${pattern}`));
      }
      return changed.spec;
    }),
  );
  return 0;
}

function sized(container: Container, limits: Amounts, requests: Amounts): Container {
  const { resources = {} } = container;
  return {
    ...container,
    resources: {
      ...resources,
      ...(limits ? { limits: { ...resources.limits, ...limits } } : {}),
      ...(requests ? { requests: { ...resources.requests, ...requests } } : {}),
    },
  };
}
