import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, print, type Steps } from '../../effects.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { threeWayPatch } from '../apply/three-way.ts';
import type { JsonMap } from '../changing/diff-values.ts';
import { configurationOf, rememberedBy, rememberedConfiguration } from '../changing/last-applied.ts';
import { currentOf, takeSubjects } from '../changing/subjects.ts';
import { usageFailure } from '../changing/usage.ts';
import { writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, failureText, rethrowUnlessOwn, ServerFailure } from '../failures.ts';
import { logLine } from '../log-line.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { create, patch, pathOf } from '../server/client.ts';
import { unifiedDiff } from './diff-text.ts';

/**
 * `kubectl diff -f FILENAME` (k8s.io/kubectl/pkg/cmd/diff): what applying would change, as `diff -u -N` shows
 * two folders.
 *
 * @returns 1 where something differs; what fails gives a higher code
 */
export function* runDiff(context: KubectlContext): Steps<number> {
  try {
    return yield* differences(context);
  } catch (failure) {
    rethrowUnlessOwn(failure);
    yield* complain(failureText(failure));
    return 2;
  }
}

/** An object as it is and as it would be, under the name of a file. */
interface Compared {
  readonly file: string;
  readonly live: string;
  readonly merged: string;
}

function* differences(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length > 0) throw usageFailure(options, `Unexpected args: [${options.args.join(' ')}]`);
  if (!options.has('--filename') && !options.has('--kustomize')) {
    throw new CommandFailure('must specify one of -f and -k');
  }
  if (options.on('--force-conflicts') && !options.on('--server-side')) {
    throw new CommandFailure('--force-conflicts only works with --server-side');
  }
  if (options.on('--prune')) {
    throw new CommandFailure('diff --prune is not simulated here. Leave --prune out');
  }
  const { subjects, failures } = yield* takeSubjects(context);
  const compared: Compared[] = [];
  for (const subject of subjects) compared.push(yield* compare(subject, options));
  const [failure] = failures;
  if (failure) throw failure;
  const found = compared
    .toSorted((one, other) => (one.file < other.file ? -1 : 1))
    .map((each) => ({ ...each, text: unifiedDiff(each.live, each.merged) }))
    .filter(({ text }) => text !== '');
  const time = timeText(yield* now());
  for (const { file, text } of found) {
    // The folders are made anew in life, with numbers by chance.
    const live = `/tmp/LIVE-1/${file}`;
    const merged = `/tmp/MERGED-2/${file}`;
    yield* print(`diff -u -N ${live} ${merged}\n--- ${live}\t${time}\n+++ ${merged}\t${time}\n${text}`);
  }
  return found.length > 0 ? 1 : 0;
}

function timeText(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}000000 +0000`;
}

/** So often it is tried again when the object changes meanwhile. */
const mostTries = 4;

function* compare(subject: Subject, options: Options): Steps<Compared> {
  for (let count = 1; ; count++) {
    const live = yield* liveOf(subject);
    try {
      const merged = yield* mergedOf(subject, live, options, count === mostTries);
      if (live?.metadata.deletionTimestamp !== undefined) {
        yield* complain(
          `Warning: Detected changes to resource ${subject.name} which is currently being deleted.\n`,
        );
      }
      return shown(subject, live, merged, options);
    } catch (failure) {
      const isConflict = failure instanceof ServerFailure && failure.reason === 'Conflict';
      if (!isConflict || count === mostTries) throw failure;
      if (count < mostTries - 1) continue;
      const { group, version, kind } = subject.resource;
      yield* complain(
        logLine(
          'W',
          yield* now(),
          'diff.go:723',
          `Object (${group}/${version}, Kind=${kind}: ${subject.name}) keeps changing, diffing without lock`,
        ),
      );
    }
  }
}

function* liveOf(subject: Subject): Steps<ApiObject | undefined> {
  try {
    return yield* currentOf(subject);
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return undefined;
    throw failure;
  }
}

function* mergedOf(
  { resource, namespace, name, object }: Subject,
  live: ApiObject | undefined,
  options: Options,
  isForced: boolean,
): Steps<ApiObject> {
  const byServer = options.on('--server-side');
  const manager = options.text('--field-manager') ?? (byServer ? 'kubectl' : 'kubectl-client-side-apply');
  const query = writeQuery({ dryRun: 'server', manager });
  const path = pathOf(resource, namespace, name);
  if (byServer) {
    const force = String(options.on('--force-conflicts'));
    return yield* patch(path, 'apply', object, { ...query, force });
  }
  if (!live) return yield* create(pathOf(resource, namespace), object, query);
  const original = rememberedConfiguration(live);
  const modified = JSON.parse(configurationOf(object)) as ApiObject;
  const kept = { ...modified.metadata.annotations, ...annotationOf(live) };
  const { type, patch: body } = threeWayPatch(
    original,
    { ...modified, metadata: { ...modified.metadata, annotations: kept } },
    live,
  );
  if (Object.keys(body).length === 0) return live;
  const guard = isForced ? {} : { resourceVersion: live.metadata.resourceVersion };
  const { metadata = {} } = body as { metadata?: JsonMap };
  return yield* patch(path, type, { ...body, metadata: { ...metadata, ...guard } }, query);
}

/** What was applied last is no part of the comparison. */
function annotationOf(live: ApiObject): Record<string, string> {
  const remembered = rememberedBy(live);
  return remembered === undefined ? {} : { 'kubectl.kubernetes.io/last-applied-configuration': remembered };
}

function shown(
  { resource: { group, version, kind }, namespace, name }: Subject,
  live: ApiObject | undefined,
  merged: ApiObject,
  options: Options,
): Compared {
  const isManaged = options.on('--show-managed-fields');
  const isMasked = kind === 'Secret' && version === 'v1' && !options.on('--show-secrets');
  const before = live && (isManaged ? live : withoutManagers(live));
  const after = isManaged ? merged : withoutManagers(merged);
  // A Secret that is not there yet is masked too, and then is `null`.
  const [one, other] = isMasked ? masked(before, after) : [before, after];
  return {
    file: `${group === '' ? '' : `${group}.`}${version}.${kind}.${namespace ?? ''}.${name}`,
    live: one ? goYaml(one) : isMasked ? 'null\n' : '',
    merged: goYaml(other),
  };
}

function withoutManagers(object: ApiObject): ApiObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

type WithData = ApiObject & { readonly data?: Readonly<Record<string, string>> };

/** What a Secret holds is only said to be the same or not. */
function masked(
  before: ApiObject | undefined,
  after: ApiObject,
): readonly [ApiObject | undefined, ApiObject] {
  const old = (before as WithData | undefined)?.data;
  const fresh = (after as WithData).data;
  const mask = (
    object: ApiObject,
    own: WithData['data'],
    other: WithData['data'],
    word: string,
  ): ApiObject => {
    if (!own) return object;
    const data = Object.entries(own).map(([key, value]) => {
      const differs = other?.[key] !== undefined && other[key] !== value;
      return [key, differs ? `*** (${word})` : '***'];
    });
    return { ...object, data: Object.fromEntries(data) } as ApiObject;
  };
  return [before && mask(before, old, fresh, 'before'), mask(after, fresh, old, 'after')];
}
