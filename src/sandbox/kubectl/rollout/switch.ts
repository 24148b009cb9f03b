import type { Deployment } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { timestamp } from '../../cluster/object.ts';
import { complain, now, print, type Steps } from '../../effects.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { twoWayPatch } from '../changing/two-way.ts';
import { fieldManager, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import { patch, pathOf } from '../server/client.ts';
import { qualifiedName } from '../server/discovery.ts';
import type { Served } from '../server/served-object.ts';
import { changedAt } from '../set/pod-specs.ts';
import { takeForRollout } from './take.ts';

/** `kubectl rollout pause` (k8s.io/kubectl/pkg/cmd/rollout). */
export function* runRolloutPause(context: KubectlContext): Steps<number> {
  return yield* changeEach(context, 'paused', (object) => {
    if (object.kind !== 'Deployment') throw new CommandFailure('pausing is not supported');
    if (isPaused(object)) throw new CommandFailure('is already paused');
    return changedAt(object, ['spec', 'paused'], () => true) as ApiObject;
  });
}

/** `kubectl rollout resume` */
export function* runRolloutResume(context: KubectlContext): Steps<number> {
  return yield* changeEach(context, 'resumed', (object) => {
    if (object.kind !== 'Deployment') throw new CommandFailure('resuming is not supported');
    if (!isPaused(object)) throw new CommandFailure('is not paused');
    const { paused: _, ...spec } = (object as Served<Deployment>).spec;
    return { ...object, spec } as ApiObject;
  });
}

/** `kubectl rollout restart` */
export function* runRolloutRestart(context: KubectlContext): Steps<number> {
  const at = timestamp(yield* now());
  return yield* changeEach(context, 'restarted', (object) => {
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind)) {
      throw new CommandFailure('restarting is not supported');
    }
    if (isPaused(object)) {
      throw new CommandFailure("can't restart paused deployment (run rollout resume first)");
    }
    const place = ['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt'];
    return changedAt(object, place, () => at) as ApiObject;
  });
}

function isPaused(object: ApiObject): boolean {
  return object.kind === 'Deployment' && ((object as Deployment).spec?.paused ?? false);
}

function* changeEach(
  context: KubectlContext,
  outcome: string,
  change: (object: ApiObject) => ApiObject,
): Steps<number> {
  const { options } = context;
  yield* outcomePrinter(options, outcome);
  const { subjects, failures } = yield* takeForRollout(context);
  if (subjects.length + failures.length === 0) {
    yield* complain(`No resources found in ${(yield* context.target()).namespace} namespace.\n`);
    return 0;
  }
  const query = writeQuery({ manager: fieldManager(options, 'kubectl-rollout') });
  for (const { resource, namespace, name, object } of subjects) {
    try {
      const body = twoWayPatch(object, change(object));
      if (Object.keys(body).length === 0) {
        failures.push(
          new CommandFailure(
            `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
          ),
        );
        continue;
      }
      const printer = yield* outcomePrinter(options, outcome, 'none', true);
      yield* print(printer.text(yield* patch(pathOf(resource, namespace, name), 'strategic', body, query)));
    } catch (failure) {
      if (failure instanceof ServerFailure) {
        failures.push(new CommandFailure(`failed to patch: ${failure.message}`));
      } else if (failure instanceof CommandFailure) {
        const what = `${qualifiedName(resource)} ${JSON.stringify(name)}`;
        failures.push(new CommandFailure(`error: ${what} ${failure.message}`));
      } else throw failure;
    }
  }
  throwAll(failures);
  return 0;
}
