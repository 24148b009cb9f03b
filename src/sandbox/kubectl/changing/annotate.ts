import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { patch, pathOf } from '../server/client.ts';
import { demandPairs } from './demand-pairs.ts';
import { readDryRun } from './dry-run.ts';
import { listed } from './label.ts';
import { outcomePrinter } from './outcome.ts';
import { forEachSubject, takeSubjects } from './subjects.ts';
import { type Pairs, readPairs, splitWords } from './words.ts';
import { fieldManager, writeQuery } from './write-query.ts';

/** `kubectl annotate` (k8s.io/kubectl/pkg/cmd/annotate). */
export function* runAnnotate(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'annotated', dryRun);
  const words = [...options.args, ...options.command.afterDashes];
  const { resources, pairs: given } = splitWords(words, 'annotation');
  const pairs = readPairs(given, 'annotation', true);
  demandPairs(options, resources, pairs, dryRun, { what: 'annotation', file: 'rsrc' });
  demandApart(pairs);
  const local = options.on('--local');
  const taken = yield* takeSubjects(context, { words: resources, latest: true, local });
  const version = options.text('--resource-version', '');
  if (!taken.isSingle && version !== '') {
    throw new CommandFailure('--resource-version may only be used with a single resource');
  }
  const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-annotate') });
  const isSent = dryRun !== 'client' && !local && !options.on('--list');
  yield* forEachSubject(taken, function* (subject) {
    const { resource, namespace, name, object } = subject;
    if (!options.on('--overwrite')) demandNew(object, pairs);
    const changed = isSent
      ? yield* patch(pathOf(resource, namespace, name), 'merge', patchOf(object, pairs, version), query)
      : annotated(object, pairs);
    yield* print(
      options.on('--list')
        ? listed(subject, changed.metadata.annotations, taken.isSingle, 'annotations')
        : printer.text(changed),
    );
  });
  return 0;
}

function demandApart({ set, removed }: Pairs): void {
  const both = removed.filter((key) => Object.hasOwn(set, key));
  if (both.length > 0) {
    throw new CommandFailure(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  }
}

/** The cause of a change may always be written anew. */
const changeCause = 'kubernetes.io/change-cause';

function demandNew({ metadata: { annotations = {} } }: ApiObject, { set }: Pairs): void {
  const taken = Object.entries(set)
    .filter(([key, value]) => annotations[key] !== undefined && annotations[key] !== value)
    .filter(([key]) => key !== changeCause)
    .map(([key]) => `'${key}' already has a value (${annotations[key]})`);
  if (taken.length === 0) return;
  throw new CommandFailure(
    `--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`,
  );
}

function annotated(object: ApiObject, { set, removed }: Pairs): ApiObject {
  const both = Object.entries({ ...object.metadata.annotations, ...set });
  const annotations = Object.fromEntries(both.filter(([key]) => !removed.includes(key)));
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function patchOf(object: ApiObject, { set, removed }: Pairs, version: string): unknown {
  const before = object.metadata.annotations ?? {};
  const changed = Object.entries(set).filter(([key, value]) => before[key] !== value);
  const gone = removed.filter((key) => before[key] !== undefined).map((key) => [key, null] as const);
  const annotations = Object.fromEntries<string | null>([...changed, ...gone]);
  const metadata = {
    ...(changed.length + gone.length > 0 ? { annotations } : {}),
    ...(version === '' ? {} : { resourceVersion: version }),
  };
  return Object.keys(metadata).length > 0 ? { metadata } : {};
}
