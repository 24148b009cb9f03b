import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { byKey } from '../../go/go-order.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, SeveralFailures } from '../failures.ts';
import type { Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';
import { demandPairs } from './demand-pairs.ts';
import { readDryRun } from './dry-run.ts';
import { noLabelValue } from './name-rules.ts';
import { outcomePrinter } from './outcome.ts';
import { forEachSubject, takeSubjects } from './subjects.ts';
import { type Pairs, splitWords } from './words.ts';
import { fieldManager, writeQuery } from './write-query.ts';

/** `kubectl label` (k8s.io/kubectl/pkg/cmd/label). */
export function* runLabel(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  yield* outcomePrinter(options, 'labeled');
  const { resources, pairs: words } = splitWords([...options.args, ...options.command.afterDashes], 'label');
  const pairs = readLabels(words);
  demandPairs(options, resources, pairs, dryRun, { what: 'label', file: 'pod' });
  const local = options.on('--local');
  const taken = yield* takeSubjects(context, { words: resources, latest: true, local });
  const version = options.text('--resource-version', '');
  if (!taken.isSingle && version !== '') {
    throw new CommandFailure('--resource-version may only be used with a single resource');
  }
  const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-label') });
  const isSent = dryRun !== 'client' && !local && !options.on('--list');
  yield* forEachSubject(taken, function* (subject) {
    if (isSent) yield* tellMissing(subject, pairs);
    if (!options.on('--overwrite')) demandNew(subject.object, pairs);
    const { object, added, removed } = labelled(subject.object, pairs);
    if (isSent && added + removed.length > 0) yield* sendLabels(subject, object, removed, version, query);
    if (options.on('--list')) yield* print(listed(subject, object.metadata.labels, taken.isSingle));
    else {
      const printer = yield* outcomePrinter(options, outcomeOf(added, removed.length), dryRun);
      yield* print(printer.text(object));
    }
  });
  return 0;
}

function readLabels(words: readonly string[]): Pairs {
  const set: Record<string, string> = {};
  const removed: string[] = [];
  for (const word of words) {
    const parts = word.split('=');
    const [key = '', value = ''] = parts;
    if (parts.length > 2) throw new CommandFailure(`invalid label spec: ${word}`);
    if (parts.length === 1) removed.push(word.slice(0, -1));
    else {
      const why = noLabelValue(value);
      if (why) throw new CommandFailure(`invalid label value: ${JSON.stringify(word)}: ${why}`);
      set[key] = value;
    }
  }
  if (removed.some((key) => Object.hasOwn(set, key))) {
    throw new CommandFailure('can not both modify and remove a label in the same command');
  }
  return { set, removed };
}

function* tellMissing({ object }: Subject, { removed }: Pairs): Steps<void> {
  for (const key of removed) {
    if (object.metadata.labels?.[key] === undefined) {
      yield* print(`label ${JSON.stringify(key)} not found.\n`);
    }
  }
}

function demandNew({ metadata: { labels = {} } }: ApiObject, { set }: Pairs): void {
  const failures = Object.entries(set)
    .filter(([key, value]) => labels[key] !== undefined && labels[key] !== value)
    .map(([key]) => {
      const says = `'${key}' already has a value (${labels[key]}), and --overwrite is false`;
      return new CommandFailure(says);
    });
  const [first, ...others] = failures;
  if (first) throw others.length > 0 ? new SeveralFailures(failures) : first;
}

interface Labelled {
  readonly object: ApiObject;
  readonly added: number;
  readonly removed: readonly string[];
}

function labelled(object: ApiObject, { set, removed }: Pairs): Labelled {
  const before = object.metadata.labels ?? {};
  const added = Object.entries(set).filter(([key, value]) => before[key] !== value);
  const gone = removed.filter((key) => before[key] !== undefined);
  const kept = Object.entries({ ...before, ...set }).filter(([key]) => !gone.includes(key));
  const metadata = { ...object.metadata, labels: Object.fromEntries(kept) };
  return { object: { ...object, metadata }, added: added.length, removed: gone };
}

function* sendLabels(
  { resource, namespace, name, object: before }: Subject,
  { metadata }: ApiObject,
  removed: readonly string[],
  version: string,
  query: Record<string, string>,
): Steps<void> {
  const changed = Object.entries(metadata.labels ?? {}).filter(
    ([key, value]) => before.metadata.labels?.[key] !== value,
  );
  const labels = Object.fromEntries([...changed, ...removed.map((key) => [key, null] as const)]);
  const body = { metadata: { labels, ...(version === '' ? {} : { resourceVersion: version }) } };
  yield* patch(pathOf(resource, namespace, name), 'merge', body, query);
}

function outcomeOf(added: number, removed: number): string {
  if (added > 0) return removed > 0 ? 'modified' : 'labeled';
  return removed > 0 ? 'unlabeled' : 'not labeled';
}

/** Labels or annotations, one a line; below a title when they are not of the one object that was named. */
export function listed(
  { resource: { kind, group }, name }: Subject,
  texts: Readonly<Record<string, string>> = {},
  isSingle = false,
  what = 'labels',
): string {
  const lines = Object.entries(texts)
    .sort(byKey)
    .map(([key, value]) => `${isSingle ? '' : ' '}${key}=${value}\n`);
  const title = isSingle ? '' : `Listing ${what} for ${kind}.${group}/${name}:\n`;
  return `${title}${lines.join('')}`;
}
