import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, pause, print, readInput, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import { readSubjects } from '../manifests/manifests.ts';
import type { Options } from '../options.ts';
import { fetchSubjects, namespaceFor, type Subject } from '../selecting/selection.ts';
import { get, pathOf, remove } from '../server/client.ts';
import { type Propagation, readCascade } from './cascade.ts';
import { type DryRun, dryRunNote, readDryRun } from './dry-run.ts';
import { fileRequirements, fitsRequirements } from './label-selector.ts';
import { withSource } from './source.ts';
import { objectName, readWords } from './subjects.ts';

/** What is deleted: the server need not have been asked for it. */
type Doomed = Omit<Subject, 'object'>;

/** How something is deleted. */
interface DeleteManner {
  /** -1 for the time that the objects have themselves. */
  readonly grace: number;
  readonly propagation: Propagation;
  readonly dryRun: DryRun;
}

/** `kubectl delete` (k8s.io/kubectl/pkg/cmd/delete). */
export function* runDelete(context: KubectlContext): Steps<number> {
  const { options } = context;
  const propagation = yield* readCascade(options);
  const grace = readGrace(options);
  const dryRun = yield* readDryRun(options);
  if (options.has('--raw')) throw new CommandFailure('delete --raw is not simulated here. Leave --raw out');
  if (options.on('--all') && (options.text('--selector') || options.text('--field-selector'))) {
    throw new CommandFailure("setting 'all' parameter but found a non empty selector. ");
  }
  const failures: Error[] = [];
  const unread: Error[] = [];
  const doomed = yield* findDoomed(context, failures, unread);
  yield* demandFitting(options, grace);
  const isIgnoring = options.on('--ignore-not-found', isSelecting(options));
  const manner = { grace, propagation, dryRun };
  if (options.on('--interactive') && !(yield* isConfirmed(doomed))) return 0;
  const deleted = yield* deleteAll(context, doomed, manner, failures);
  const told = [...failures, ...unread].filter((each) => !(isIgnoring && isNotFound(each)));
  if (doomed.length === 0 && told.length === 0) {
    yield* print('No resources found\n');
    return 0;
  }
  throwAll(told);
  if (options.on('--wait', true) && dryRun === 'none') {
    yield* waitUntilGone(deleted, options.duration('--timeout') || week);
  }
  return 0;
}

const week = 168 * 3_600_000;

function isSelecting(options: Options): boolean {
  return options.on('--all') || Boolean(options.text('--selector') || options.text('--field-selector'));
}

function isNotFound(failure: Error): boolean {
  return failure instanceof ServerFailure && failure.reason === 'NotFound';
}

function readGrace(options: Options): number {
  const given = options.number('--grace-period', -1);
  const isForced = options.on('--force');
  if (options.on('--now')) {
    if (given !== -1) throw new CommandFailure('--now and --grace-period cannot be specified together');
    return 1;
  }
  if (given === 0 && !isForced) return 1;
  return isForced && given < 0 ? 0 : given;
}

function* demandFitting(options: Options, grace: number): Steps<void> {
  const output = options.text('--output', '');
  if (output !== '' && output !== 'name') {
    throw new CommandFailure(`unexpected -o output mode: ${output}. We only support '-o name'`);
  }
  if (!options.on('--force')) return;
  if (grace > 0) {
    throw new CommandFailure('--force and --grace-period greater than 0 cannot be specified together');
  }
  yield* complain(
    'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
  );
}

function* findDoomed(context: KubectlContext, failures: Error[], unread: Error[]): Steps<readonly Doomed[]> {
  const { options } = context;
  if (options.has('--filename') || options.has('--kustomize')) {
    if (options.args.length > 0) {
      throw new CommandFailure(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    }
    const subjects = yield* readSubjects(context, (failure) => unread.push(failure));
    const requirements = fileRequirements(options.text('--selector', ''));
    return subjects.filter(({ object }) => fitsRequirements(requirements, object.metadata.labels));
  }
  const named = yield* readWords(context, options.args, { selectsAll: true });
  const target = yield* context.target();
  if (named.kind === 'objects') {
    return named.objects.map(({ resource, name }) => ({
      resource,
      name,
      namespace: namespaceFor(resource, target),
    }));
  }
  const labels = options.text('--selector');
  const fields = options.text('--field-selector');
  const query = {
    ...(labels ? { labelSelector: labels } : {}),
    ...(fields ? { fieldSelector: fields } : {}),
  };
  const everywhere = { ...target, isEveryNamespace: options.on('--all-namespaces') };
  return yield* fetchSubjects(named, everywhere, query, (failure) => failures.push(failure));
}

function* isConfirmed(doomed: readonly Doomed[]): Steps<boolean> {
  if (doomed.length === 0) {
    yield* print('No resources found\n');
    return false;
  }
  yield* print(`You are about to delete the following ${doomed.length} resource(s):\n`);
  for (const each of doomed) yield* print(`${kindName(each)}/${each.name}\n`);
  yield* print('Do you want to continue? (y/N): ');
  const [answer = ''] = (yield* readInput()).split('\n');
  if (/^y$/i.test(answer.trim())) return true;
  yield* print('deletion is cancelled\n');
  return false;
}

/** What was deleted, with what the server then knew it by. */
interface Deleted {
  readonly doomed: Doomed;
  readonly uid: string | undefined;
}

function* deleteAll(
  context: KubectlContext,
  doomed: readonly Doomed[],
  manner: DeleteManner,
  failures: Error[],
): Steps<readonly Deleted[]> {
  const { options } = context;
  let warns = (yield* context.target()).isNamespaceGiven && !options.on('--all-namespaces');
  const deleted: Deleted[] = [];
  for (const each of doomed) {
    if (warns && !each.resource.namespaced) {
      warns = false;
      yield* complain('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
    }
    try {
      const uid = manner.dryRun === 'client' ? undefined : yield* deleteObject(each, manner);
      deleted.push({ doomed: each, uid });
      yield* print(outcomeText(each, manner, options.text('--output') === 'name'));
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      failures.push(failure);
    }
  }
  return deleted;
}

function* deleteObject(
  doomed: Doomed,
  { grace, propagation, dryRun }: DeleteManner,
): Steps<string | undefined> {
  const { resource, namespace, name, source } = doomed;
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation,
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  };
  try {
    const answer = yield* remove<ApiObject & { details?: { uid?: string } }>(
      pathOf(resource, namespace, name),
      options,
    );
    return answer.kind === 'Status' ? answer.details?.uid : answer.metadata.uid;
  } catch (failure) {
    throw withSource(failure, 'deleting', source);
  }
}

function outcomeText(doomed: Doomed, { grace, dryRun }: DeleteManner, isShort: boolean): string {
  const kind = kindName(doomed);
  if (isShort) return `${kind}/${doomed.name}\n`;
  const operation = grace === 0 ? 'force deleted' : 'deleted';
  const where = doomed.namespace === undefined ? '' : ` from ${doomed.namespace} namespace`;
  return `${kind} "${doomed.name}" ${operation}${where}${dryRunNote(dryRun)}\n`;
}

function kindName({ resource: { kind, group } }: Doomed): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

function* waitUntilGone(deleted: readonly Deleted[], timeout: number): Steps<void> {
  const deadline = (yield* now()) + timeout;
  const failures: Error[] = [];
  for (const { doomed, uid } of deleted) {
    while (yield* isStillThere(doomed, uid)) {
      const left = deadline - (yield* now());
      if (left <= 0) {
        failures.push(new CommandFailure(`timed out waiting for the condition on ${objectName(doomed)}`));
        break;
      }
      yield* pause(left);
    }
  }
  throwAll(failures);
}

function* isStillThere({ resource, namespace, name }: Doomed, uid: string | undefined): Steps<boolean> {
  try {
    const { metadata } = yield* get(pathOf(resource, namespace, name));
    return uid === undefined || metadata.uid === uid;
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return false;
    throw failure;
  }
}
