import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { type DryRun, readDryRun } from '../changing/dry-run.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { objectName, takeSubjects } from '../changing/subjects.ts';
import { twoWayPatch } from '../changing/two-way.ts';
import { fieldManager, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import type { Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';

/** How a command of `kubectl set` goes about its work. */
export interface SetManner {
  /** What became of an object: `image updated`. */
  readonly outcome: string;
  /** What is said when the server refuses, before its own words. */
  readonly refusal: string;
  readonly manager: string;
  /** Whether an object that stays as it is is sent too. */
  readonly sendsAlways?: boolean;
}

/** What the objects of a line are, as the server has them, or as they stand in files with `--local`. */
export function* takeForSet(context: KubectlContext, words: readonly string[]): Steps<readonly Subject[]> {
  const { options } = context;
  const local = options.on('--local');
  if (local && words.length > 0) {
    throw new CommandFailure(
      "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
    );
  }
  const { subjects, failures } = yield* takeSubjects(context, { words, latest: true, local });
  throwAll(failures);
  return subjects;
}

/** @throws CommandFailure for `--local` with a server that is to try the change */
export function demandLocal(isLocal: boolean, dryRun: DryRun): void {
  if (!isLocal || dryRun !== 'server') return;
  throw new CommandFailure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
}

/**
 * Changes objects and sends what changed.
 *
 * @param change gives the object as it is to be; what it finds wrong it adds to the failures, or throws
 * @throws CommandFailure, SeveralFailures
 */
export function* changeObjects(
  context: KubectlContext,
  subjects: readonly Subject[],
  { outcome, refusal, manager, sendsAlways }: SetManner,
  change: (object: ApiObject, failures: Error[]) => ApiObject,
): Steps<void> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, outcome, dryRun, true);
  const query = writeQuery({ dryRun, manager: fieldManager(options, manager) });
  const failures: Error[] = [];
  for (const subject of subjects) {
    const { resource, namespace, name, object } = subject;
    try {
      const changed = change(object, failures);
      const body = twoWayPatch(object, changed);
      if (Object.keys(body).length === 0 && !sendsAlways) continue;
      if (options.on('--local') || dryRun === 'client') {
        yield* print(printer.text(changed));
        continue;
      }
      const path = pathOf(resource, namespace, name);
      yield* print(printer.text(yield* patch(path, 'strategic', body, query)));
    } catch (failure) {
      if (failure instanceof ServerFailure) {
        failures.push(new CommandFailure(`${refusal} ${failure.message}`));
      } else if (failure instanceof CommandFailure) {
        const shown = options.on('--local') ? `${object.kind.toLowerCase()}/${name}` : objectName(subject);
        failures.push(new CommandFailure(`error: ${shown} ${failure.message}\n`));
      } else throw failure;
    }
  }
  throwAll(failures);
}
