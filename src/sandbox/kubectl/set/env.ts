import type { Container, EnvVar } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, type Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { takeSubjects } from '../changing/subjects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, throwAll } from '../failures.ts';
import { nameOf } from '../server/served-object.ts';
import { changeObjects, demandLocal, takeForSet } from './change-objects.ts';
import { listEnv } from './list-env.ts';
import { hasPodSpec, withContainers, withPodSpec } from './pod-specs.ts';
import { type EnvChanges, readEnvChanges } from './read-env.ts';

/** `kubectl set env (-f FILENAME | TYPE NAME) KEY=VALUE … KEY- …` (k8s.io/kubectl/pkg/cmd/set/set_env.go). */
export function* runSetEnv(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.on('--all') && options.text('--selector')) {
    throw new CommandFailure('cannot set --all and --selector at the same time');
  }
  const { resources, words } = splitWords([...options.args, ...options.command.afterDashes]);
  const dryRun = yield* readDryRun(options);
  demandFitting(context, resources, dryRun === 'server');
  const typedIn = yield* readEnvChanges([...options.all('--env'), ...words]);
  const changes = prefixed(
    { ...typedIn, set: [...typedIn.set, ...(yield* envFromObject(context))] },
    options.text('--prefix', ''),
  );
  const subjects = yield* takeForSet(context, resources);
  const pattern = options.text('--containers', '*');
  const withPods = subjects.filter(({ object }) => hasPodSpec(object));
  for (const { object } of withPods) yield* warnOfNone(object, pattern);
  if (options.on('--list')) {
    for (const { object } of withPods) yield* listEnv(context, changed(object, changes, pattern), pattern);
    return 0;
  }
  const manner = {
    outcome: 'env updated',
    refusal: 'failed to patch env update to pod template:',
    manager: 'kubectl-set',
  };
  yield* changeObjects(context, subjects, manner, (object) =>
    changed(object, changes, pattern, options.on('--overwrite', true)),
  );
  return 0;
}

function splitWords(words: readonly string[]): {
  readonly resources: readonly string[];
  readonly words: readonly string[];
} {
  const isEnv = (word: string): boolean => /^.+=.*$/ms.test(word) || word.endsWith('-');
  const first = words.findIndex(isEnv);
  if (first < 0) return { resources: words, words: [] };
  if (!words.slice(first).every(isEnv)) {
    throw new CommandFailure(
      `all resources must be specified before environment changes: ${words.join(' ')}`,
    );
  }
  return { resources: words.slice(0, first), words: words.slice(first) };
}

function demandFitting({ options }: KubectlContext, resources: readonly string[], isTried: boolean): void {
  demandLocal(options.on('--local'), isTried ? 'server' : 'none');
  if (resources.length === 0 && !options.has('--filename')) {
    throw new CommandFailure(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  if (options.on('--list') && options.text('--output')) {
    throw new CommandFailure('--list and --output may not be specified together');
  }
  if (options.list('--keys').length > 0 && !options.text('--from')) {
    throw new CommandFailure('when specifying --keys, a configmap or secret must be provided with --from');
  }
}

function prefixed({ set, removed }: EnvChanges, prefix: string): EnvChanges {
  return { set: set.map((each) => ({ ...each, name: `${prefix}${each.name}` })), removed };
}

/** Every key of a ConfigMap or a Secret as a variable. */
function* envFromObject(context: KubectlContext): Steps<readonly EnvVar[]> {
  const { options } = context;
  const from = options.text('--from', '');
  if (from === '') return [];
  const { subjects, failures } = yield* takeSubjects(context, { words: [from], latest: true });
  throwAll(failures);
  const keys = options.list('--keys');
  const found: EnvVar[] = [];
  for (const { object } of subjects) {
    if (object.kind !== 'Secret' && object.kind !== 'ConfigMap') {
      throw new CommandFailure('unsupported resource specified in --from');
    }
    const { data = {} } = object as ApiObject & { data?: Readonly<Record<string, string>> };
    for (const key of Object.keys(data).sort()) {
      if (keys.length > 0 && !keys.includes(key)) continue;
      const name = key.replaceAll(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
      if (name !== key) yield* complain(`Warning: key ${key} transferred to ${name}\n`);
      const ref = { key, name: nameOf(object.metadata) };
      found.push({
        name,
        valueFrom: object.kind === 'Secret' ? { secretKeyRef: ref } : { configMapKeyRef: ref },
      });
    }
  }
  return found;
}

function* warnOfNone(object: ApiObject, pattern: string): Steps<void> {
  let count = 0;
  withPodSpec(object, (spec) => {
    count = withContainers(spec, pattern, (container) => container).count;
    return spec;
  });
  if (count > 0) return;
  yield* complain(
    `Warning: ${object.kind}/${object.metadata.name} does not have any containers matching ${JSON.stringify(pattern)}\n`,
  );
}

function changed(object: ApiObject, changes: EnvChanges, pattern: string, overwrites = true): ApiObject {
  return withPodSpec(
    object,
    (spec) => withContainers(spec, pattern, (container) => withEnv(container, changes, overwrites)).spec,
  );
}

function withEnv(container: Container, { set, removed }: EnvChanges, overwrites: boolean): Container {
  const before = container.env ?? [];
  const wanted = (name: string): EnvVar | undefined => set.find((each) => each.name === name);
  if (!overwrites) {
    const taken = set.find((each) => {
      const there = before.find(({ name }) => name === each.name);
      return there && (there.value ?? '') !== (each.value ?? '');
    });
    const value = before.find(({ name }) => name === taken?.name)?.value ?? '';
    if (taken) {
      throw new CommandFailure(`'${taken.name}' already has a value (${value}), and --overwrite is false`);
    }
  }
  const kept = before.filter(({ name }) => !removed.includes(name)).map((each) => wanted(each.name) ?? each);
  const names = new Set([...before.map(({ name }) => name), ...removed]);
  const added = set.filter(({ name }, place) => {
    return !names.has(name) && set.findIndex((each) => each.name === name) === place;
  });
  const env = [...kept, ...added];
  if (env.length > 0) return { ...container, env };
  const { env: _, ...rest } = container;
  return rest;
}
