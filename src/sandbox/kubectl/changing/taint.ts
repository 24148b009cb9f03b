import type { Node, Taint } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure, throwAll } from '../failures.ts';
import { fetchSubjects, type Named } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { resourceNamed } from '../server/discovery.ts';
import type { Served } from '../server/served-object.ts';
import { readDryRun } from './dry-run.ts';
import { noLabelValue, noQualifiedName } from './name-rules.ts';
import { outcomePrinter } from './outcome.ts';
import { forEachSubject } from './subjects.ts';
import { twoWayPatch } from './two-way.ts';
import { usageFailure } from './usage.ts';
import { fieldManager, readValidation, writeQuery } from './write-query.ts';

/** What is put on a node, and what is taken off; the effect may be left out then. */
interface TaintChanges {
  readonly added: readonly Taint[];
  readonly removed: readonly { readonly key: string; readonly effect: string }[];
}

/** `kubectl taint NODE NAME KEY=VALUE:EFFECT … KEY-` (k8s.io/kubectl/pkg/cmd/taint). */
export function* runTaint(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const validation = readValidation(options);
  const { resources, words } = splitWords([...options.args, ...options.command.afterDashes]);
  const changes = readChanges(context, words);
  const named = yield* nodesNamed(context, resources, changes);
  const target = yield* context.target();
  const selector = options.text('--selector', '');
  const query: Record<string, string> = selector === '' ? {} : { labelSelector: selector };
  const failures: Error[] = [];
  const subjects = yield* fetchSubjects(named, target, query, (failure) => failures.push(failure));
  const manner = { dryRun, validation, manager: fieldManager(options, 'kubectl-taint') };
  yield* forEachSubject({ subjects, isSingle: false, failures }, function* ({ resource, name, object }) {
    const { node, outcome } = changed(object as Served<Node>, changes, options.on('--overwrite'));
    // Whether it is kept is not said here.
    const printer = yield* outcomePrinter(options, outcome, 'none', true);
    if (dryRun === 'client') {
      yield* print(printer.text(node));
      return;
    }
    const body = twoWayPatch(object, node);
    const path = pathOf(resource, undefined, name);
    yield* print(printer.text(yield* patch(path, 'strategic', body, writeQuery(manner))));
  });
  return 0;
}

function splitWords(all: readonly string[]): {
  readonly resources: readonly string[];
  readonly words: readonly string[];
} {
  const isTaint = (word: string): boolean => /[=:]/.test(word) || word.endsWith('-');
  const found = all.findIndex(isTaint);
  const first = found < 0 ? all.length : found;
  const odd = all.slice(first).find((word) => !isTaint(word));
  if (odd !== undefined) {
    throw new CommandFailure(`all resources must be specified before taint changes: ${odd}`);
  }
  if (first === 0) {
    throw new CommandFailure('one or more resources must be specified as <resource> <name>');
  }
  if (first === all.length) throw new CommandFailure('at least one taint update is required');
  return { resources: all.slice(0, first), words: all.slice(first) };
}

function readChanges({ options }: KubectlContext, words: readonly string[]): TaintChanges {
  const added: Taint[] = [];
  const removed: TaintChanges['removed'][number][] = [];
  try {
    for (const word of words) {
      const taint = readTaint(word.replace(/-$/, ''));
      if (word.endsWith('-')) removed.push({ key: taint.key, effect: taint.effect });
      else if (taint.effect === '') throw new CommandFailure(`invalid taint spec: ${word}`);
      else if (added.some((each) => isSame(each, taint))) {
        throw new CommandFailure(
          `duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ${taint.effect} <nil>}`,
        );
      } else added.push(taint);
    }
  } catch (failure) {
    throw usageFailure(options, (failure as Error).message);
  }
  return { added, removed };
}

function isSame(one: { key: string; effect: string }, other: { key: string; effect: string }): boolean {
  return one.key === other.key && one.effect === other.effect;
}

function readTaint(text: string): Taint {
  const parts = text.split(':');
  const [start = '', effect = ''] = parts;
  if (parts.length > 2) throw new CommandFailure(`invalid taint spec: ${text}`);
  if (parts.length === 2 && !['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
    throw new CommandFailure(`invalid taint effect: ${effect}, unsupported taint effect`);
  }
  const pair = parts.length === 2 ? start.split('=') : [start];
  const [key = '', value = ''] = pair;
  if (pair.length > 2) throw new CommandFailure(`invalid taint spec: ${text}`);
  const why = noLabelValue(value) ?? noQualifiedName(key);
  if (why) throw new CommandFailure(`invalid taint spec: ${text}, ${why}`);
  return { key, effect, ...(value === '' ? {} : { value }) };
}

function nodeType(type: string, known: readonly DiscoveredResource[]): DiscoveredResource {
  try {
    return resourceNamed(type, known);
  } catch (failure) {
    throw new BareFailure((failure as Error).message);
  }
}

function* nodesNamed(
  context: KubectlContext,
  resources: readonly string[],
  { added, removed }: TaintChanges,
): Steps<Named> {
  const { options } = context;
  const [type = '', ...names] = resources;
  const known = yield* context.known();
  const resource = nodeType(type, known);
  if (resource.kind !== 'Node') {
    throw new CommandFailure(`invalid resource type ${type.toLowerCase()}, only node types are supported`);
  }
  const both = added.flatMap((each) =>
    removed.filter(({ key, effect }) => key === each.key && (effect === '' || effect === each.effect)),
  );
  if (both.length > 0) {
    const shown = both.map(({ key, effect }) => `${key}=${effect}`).join(', ');
    throw new CommandFailure(
      `can not both modify and remove the following taint(s) in the same command: ${shown}`,
    );
  }
  const selector = options.text('--selector', '');
  if (options.on('--all') && selector !== '') {
    throw new CommandFailure("setting 'all' parameter with a non empty selector is prohibited");
  }
  if (options.on('--all') || selector !== '') return { kind: 'collections', resources: [resource] };
  if (names.length === 0) {
    throw new CommandFailure("at least one resource name must be specified since 'all' parameter is not set");
  }
  return {
    kind: 'objects',
    objects: names.map((name) => ({ resource, name })),
    isSingle: names.length === 1,
  };
}

function changed(
  node: Served<Node>,
  { added, removed }: TaintChanges,
  overwrites: boolean,
): { readonly node: ApiObject; readonly outcome: string } {
  const before = node.spec?.taints ?? [];
  if (!overwrites) {
    const taken = added.filter((each) => before.some((old) => isSame(old, each)));
    if (taken.length > 0) {
      const keys = taken.map(({ key }) => key).join(',');
      throw new CommandFailure(
        `node ${node.metadata.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`,
      );
    }
  }
  let taints = [...added, ...before.filter((old) => !added.some((each) => isSame(old, each)))];
  const isAdded = before.length !== taints.length;
  let isRemoved = false;
  const failures: Error[] = [];
  for (const { key, effect } of removed) {
    const left = taints.filter((each) => each.key !== key || (effect !== '' && each.effect !== effect));
    isRemoved = left.length !== taints.length;
    if (!isRemoved) {
      const shown = effect === '' ? key : `${key}:${effect}`;
      failures.push(new CommandFailure(`taint ${JSON.stringify(shown)} not found`));
    }
    taints = left;
  }
  throwAll(failures);
  const { taints: _, ...spec } = node.spec;
  const outcome = (isAdded && isRemoved) || overwrites ? 'modified' : isAdded ? 'tainted' : 'untainted';
  return {
    node: { ...node, spec: { ...spec, ...(taints.length > 0 ? { taints } : {}) } } as ApiObject,
    outcome,
  };
}
