import type { Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { readPairs, splitWords } from '../changing/words.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, throwAll } from '../failures.ts';
import { changeObjects, takeForSet } from './change-objects.ts';
import { withContainers, withPodSpec } from './pod-specs.ts';

/** `kubectl set image (-f FILENAME | TYPE NAME) CONTAINER=IMAGE …` (k8s.io/kubectl/pkg/cmd/set). */
export function* runSetImage(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const { resources, pairs } = splitWords(options.args, 'image');
  const images = Object.entries(readPairs(pairs, 'image', false).set);
  const subjects = yield* takeForSet(context, resources);
  throwAll(shortcomings(context, resources, images, dryRun === 'server'));
  const manner = {
    outcome: 'image updated',
    refusal: 'failed to patch image update to pod template:',
    manager: 'kubectl-set',
  };
  yield* changeObjects(context, subjects, manner, (object, failures) =>
    withPodSpec(object, (spec) => {
      let changed = spec;
      for (const [name, image] of images) {
        const found = withContainers(changed, name === '*' ? '*' : name, (container) => ({
          ...container,
          image,
        }));
        if (found.count === 0) {
          failures.push(new CommandFailure(`error: unable to find container named ${JSON.stringify(name)}`));
        }
        changed = found.spec;
      }
      return changed;
    }),
  );
  return 0;
}

function shortcomings(
  { options }: KubectlContext,
  resources: readonly string[],
  images: readonly (readonly [string, string])[],
  isTriedByServer: boolean,
): readonly CommandFailure[] {
  const says = [
    options.on('--all') && options.text('--selector') && 'cannot set --all and --selector at the same time',
    resources.length === 0 &&
      !options.has('--filename') &&
      !options.has('--kustomize') &&
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    images.length === 0 && 'at least one image update is required',
    images.length > 1 &&
      images.some(([name]) => name === '*') &&
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    options.on('--local') &&
      isTriedByServer &&
      'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
  ];
  return says.filter((each) => typeof each === 'string').map((each) => new CommandFailure(each));
}
