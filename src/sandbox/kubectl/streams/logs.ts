import type { Pod } from '../../../kubernetes/api.ts';
import type { LogStream } from '../../cluster/api/request.ts';
import { complain, now, pause, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { containerNames, containersOf, defaultContainer } from '../selecting/pod-containers.ts';
import { byLogging, podSelectorOf, podsSelected } from '../selecting/pod-selection.ts';
import { type ObjectList, readObjects } from '../selecting/selection.ts';
import { get, getText, inNamespace, open, pathOf } from '../server/client.ts';
import { nameOf, namespaceOf } from '../server/served-object.ts';
import { demandLogArguments, logQuery, refuseUnfitting } from './log-options.ts';

type Query = Readonly<Record<string, string>>;

/** A log that is asked for. */
interface LogRequest {
  readonly pod: Pod;
  readonly query: Query;
}

/** How long Pods and their containers are waited for. */
const defaultTimeout = 20_000;

/** `kubectl logs` (k8s.io/kubectl/pkg/cmd/logs). */
export function* runLogs(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandLogArguments(options);
  const query = logQuery(options);
  const pods = yield* podsMeant(context);
  refuseUnfitting(options);
  const requests: LogRequest[] = [];
  for (const pod of pods) requests.push(...(yield* requestsFor(pod, query, options)));
  if (options.on('--follow')) return yield* follow(requests, options);
  for (const request of requests) yield* printLog(request, options);
  return 0;
}

/** The Pods that the line names, or that what it names manages. */
function* podsMeant(context: KubectlContext): Steps<readonly Pod[]> {
  const { options } = context;
  const { namespace } = yield* context.target();
  const labelSelector = options.text('--selector');
  if (labelSelector) {
    const list = yield* get<ObjectList>(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
    if (list.items.length === 0) yield* complain(`No resources found in ${namespace} namespace.\n`);
    return list.items as readonly unknown[] as readonly Pod[];
  }
  const [word = ''] = options.args;
  const [{ resource, name }] = readObjects(
    word.includes('/') ? [word] : ['pods', word],
    yield* context.known(),
  );
  const object = yield* getNamed(
    pathOf(resource, resource.namespaced ? namespace : undefined, name),
    namespace,
  );
  if (resource.kind === 'Pod' && resource.group === '') return [object as Pod];
  const timeout = options.duration('--pod-running-timeout') ?? defaultTimeout;
  const found = yield* podsSelected(namespace, selectorOrFailure(object, resource), timeout, byLogging);
  const [first] = found;
  if (found.length === 1 || options.on('--all-pods')) return found;
  yield* complain(`Found ${found.length} pods, using pod/${first.metadata.name}\n`);
  return [first];
}

function selectorOrFailure(...[object, resource]: Parameters<typeof podSelectorOf>): string {
  try {
    return podSelectorOf(object, resource);
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    throw new CommandFailure(
      `cannot get the logs from *${resource.version}.${resource.kind}: ${failure.message}`,
    );
  }
}

function* getNamed(path: string, namespace: string): Steps<Pod> {
  try {
    return yield* inNamespace(namespace, get<Pod>(path));
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    if (failure.reason !== 'NotFound') throw failure;
    throw new CommandFailure(
      `error from server (NotFound): ${failure.message} in namespace ${JSON.stringify(namespace)}`,
    );
  }
}

function* requestsFor(pod: Pod, query: Query, options: Options): Steps<readonly LogRequest[]> {
  if (options.on('--all-containers')) {
    return containersOf(pod).map(({ name }) => ({ pod, query: { ...query, container: name } }));
  }
  const container = query.container ?? (yield* containerMeant(pod, options));
  if (!containersOf(pod).some(({ name }) => name === container)) {
    throw new CommandFailure(
      `container ${container} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  }
  return [{ pod, query: { ...query, container } }];
}

/** The container that an annotation names, or else the first one. */
function* containerMeant(pod: Pod, options: Options): Steps<string> {
  const { metadata, spec } = pod;
  const annotated = metadata.annotations?.[defaultContainer];
  if (annotated) {
    if (containersOf(pod).some(({ name }) => name === annotated)) return annotated;
    yield* complain(
      `Default container name ${JSON.stringify(annotated)} not found in pod ${metadata.name}\n`,
    );
  }
  const first = spec?.containers[0]?.name ?? '';
  if (containersOf(pod).length > 1 && !options.on('--all-pods')) {
    yield* complain(`Defaulted container ${JSON.stringify(first)} out of: ${containerNames(pod)}\n`);
  }
  return first;
}

function pathOfLog({ metadata }: Pod): string {
  return `/api/v1/namespaces/${namespaceOf(metadata)}/pods/${nameOf(metadata)}/log`;
}

function* printLog({ pod, query }: LogRequest, options: Options): Steps<void> {
  try {
    const text = yield* getText(pathOfLog(pod), query);
    yield* print(new Prefixed(prefixOf(pod, query, options)).text(text, true));
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    if (!options.on('--ignore-errors')) throw failure;
    yield* print(`error: ${failure.message}\n`);
  }
}

function prefixOf({ metadata }: Pod, { container }: Query, options: Options): string {
  const isPrefixed = options.on('--prefix') || options.on('--all-pods');
  return isPrefixed ? `[pod/${metadata.name}/${container}] ` : '';
}

/** Sets the same words before each line; a line that is not at its end waits for the rest. */
class Prefixed {
  readonly #prefix: string;
  #rest = '';

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  text(more: string, isEnd: boolean): string {
    const all = this.#rest + more;
    const end = isEnd ? all.length : all.lastIndexOf('\n') + 1;
    this.#rest = all.slice(end);
    if (this.#prefix === '') return all.slice(0, end);
    return all.slice(0, end).replace(/^(?!$(?![\s\S]))/gm, this.#prefix);
  }
}

interface Followed {
  readonly stream: LogStream;
  readonly lines: Prefixed;
}

/** Longer than anything that is waited for. */
const hour = 3_600_000;

function* follow(requests: readonly LogRequest[], options: Options): Steps<number> {
  const most = options.number('--max-log-requests', 5);
  if (requests.length > 1 && requests.length > most) {
    throw new CommandFailure(
      `you are attempting to follow ${requests.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  const followed: Followed[] = [];
  try {
    for (const { pod, query } of requests) {
      const stream = yield* openLog(pathOfLog(pod), query, options);
      if (stream) followed.push({ stream, lines: new Prefixed(prefixOf(pod, query, options)) });
    }
    for (;;) {
      const isOver = followed.every(({ stream }) => stream.ended);
      for (const { stream, lines } of followed) yield* print(lines.text(stream.next(), stream.ended));
      if (isOver) return 0;
      yield* pause(hour);
    }
  } finally {
    for (const { stream } of followed) stream.close();
  }
}

/** What refuses now may not refuse in a second: the container may still be starting. */
function* openLog(path: string, query: Query, options: Options): Steps<LogStream | undefined> {
  const end = (yield* now()) + (options.duration('--pod-running-timeout') ?? defaultTimeout);
  for (;;) {
    try {
      return yield* open('log', { method: 'GET', path, query });
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      // A Pod that is on no node has no log yet, and that is no error: the answer has no content.
      if (failure.status.code === 204) return undefined;
      if (options.on('--ignore-errors')) {
        yield* print(`error: ${failure.message}\n`);
        return undefined;
      }
      yield* complain(`${failure.message}\n`);
      const left = end - (yield* now());
      if (left <= 0) throw new CommandFailure('context deadline exceeded');
      yield* sleep(Math.min(1000, left));
    }
  }
}

/** Lets so much time pass, whatever happens in it. */
function* sleep(milliseconds: number): Steps<void> {
  const end = (yield* now()) + milliseconds;
  for (let left = milliseconds; left > 0; left = end - (yield* now())) yield* pause(left);
}
