import { sameValue } from '../../cluster/object.ts';
import { print, readFile, type Steps } from '../../effects.ts';
import { goJsonComplaint } from '../../go/go-json-complaint.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import { readManifests } from '../manifests/manifest-yaml.ts';
import type { Options } from '../options.ts';
import { type PatchType, patch, pathOf } from '../server/client.ts';
import { type DryRun, readDryRun } from './dry-run.ts';
import { outcomePrinter } from './outcome.ts';
import { patchedLocally } from './patching.ts';
import { forEachSubject, takeSubjects } from './subjects.ts';
import { fieldManager, writeQuery } from './write-query.ts';

/** `kubectl patch` (k8s.io/kubectl/pkg/cmd/patch). */
export function* runPatch(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  yield* outcomePrinter(options, 'patched');
  const type = readType(options, dryRun);
  const body = readBody(yield* patchText(options), type);
  const isLocal = options.on('--local');
  const part = options.text('--subresource') || undefined;
  const taken = yield* takeSubjects(context, { latest: true, local: isLocal });
  const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-patch') });
  const isEmpty = taken.subjects.length + taken.failures.length === 0;
  yield* forEachSubject(taken, function* ({ resource, namespace, name, object }) {
    const isAsked = !isLocal && dryRun !== 'client';
    try {
      const patched = isAsked
        ? yield* patch(pathOf(resource, namespace, name, part), type, body, query)
        : patchedLocally(object, type, body);
      const isChanged = !sameValue(object, patched);
      // Each object is printed for itself, and that nothing was kept is not said.
      const printer = yield* outcomePrinter(options, isChanged ? 'patched' : 'patched (no change)');
      yield* print(printer.text(patched));
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      if (failure.reason !== 'UnsupportedMediaType') throw failure;
      const { group, version, kind } = resource;
      const named = `${mediaTypes[type]} is not supported by ${group}/${version}, Kind=${kind}`;
      throw new ServerFailure(failure.status, named);
    }
  });
  if (isEmpty) throw new CommandFailure('no objects passed to patch');
  return 0;
}

const mediaTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

function readType(options: Options, dryRun: DryRun): Exclude<PatchType, 'apply'> {
  const text = options.text('--patch', '');
  const file = options.text('--patch-file', '');
  if (text !== '' && file !== '')
    throw new CommandFailure('cannot specify --patch and --patch-file together');
  if (text === '' && file === '') {
    throw new CommandFailure('must specify --patch or --patch-file containing the contents of the patch');
  }
  if (options.on('--local') && options.args.length > 0) {
    throw new CommandFailure('cannot specify --local and server resources');
  }
  if (options.on('--local') && dryRun === 'server') {
    throw new CommandFailure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  const type = options.text('--type') || 'strategic';
  const known = type.toLowerCase();
  if (known === 'json' || known === 'merge' || known === 'strategic') return known;
  throw new CommandFailure(`--type must be one of [json merge strategic], not ${JSON.stringify(type)}`);
}

function* patchText(options: Options): Steps<string> {
  const path = options.text('--patch-file', '');
  if (path === '') return options.text('--patch', '');
  const text = yield* readFile(path);
  if (text !== undefined) return text;
  throw new CommandFailure(`unable to read patch file: open ${path}: no such file or directory`);
}

function readBody(text: string, type: PatchType): unknown {
  if (/^\s*\{/.test(text)) return readJson(text, type);
  try {
    return readManifests(text, 'patch')[0] ?? null;
  } catch (failure) {
    const why = /yaml: .*$/s.exec((failure as Error).message)?.[0] ?? (failure as Error).message;
    throw new CommandFailure(`unable to parse ${JSON.stringify(text)}: ${why}`);
  }
}

/** What looks like JSON is sent as it is, and the server finds out. */
function readJson(text: string, type: PatchType): unknown {
  const complaint = goJsonComplaint(text);
  if (complaint === undefined) return JSON.parse(text);
  throw new ServerFailure({
    apiVersion: 'v1',
    kind: 'Status',
    metadata: {},
    reason: 'BadRequest',
    message: type === 'json' ? `error decoding patch: ${complaint}` : complaint,
  });
}
