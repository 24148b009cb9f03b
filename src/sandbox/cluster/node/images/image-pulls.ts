import { goDuration } from '../../../go/go-duration.ts';
import type { HostImage, Image } from '../../../runtime/container-runtime.ts';
import { afterAWhile, type NodeContext } from '../node-context.ts';
import type { RoledContainer } from '../pods/pod-containers.ts';
import { fullImageOf, imageOf } from '../pods/pod-facts.ts';
import { withContainer } from '../pods/pod-record.ts';
import { isPausing, nextPause, type PodWork, remember, say } from '../pods/pod-work.ts';
import { pullCredentials } from './image-credentials.ts';
import { referenceComplaint } from './image-names.ts';

/** How it stands with the image of a container that is to be started. */
export type ImageState =
  | { readonly kind: 'present' }
  | { readonly kind: 'pulling' }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string };

const table = 'kubelet/pulls';

/** A pull that is under way or waits, by Pod and container; a node makes one after the other. */
type Waiting = readonly string[];

/**
 * Sees to the image of a container (k8s.io/kubernetes/pkg/kubelet/images/image_manager.go,
 * `EnsureImageExists`): by its policy it is there, or a pull is begun, or it cannot be.
 */
export function ensureImage(work: PodWork, container: RoledContainer): ImageState {
  const { context, record, key } = work;
  const { name, imagePullPolicy: policy = 'IfNotPresent' } = container.spec;
  const image = imageOf(container.spec);
  const complaint = referenceComplaint(image);
  if (complaint !== undefined) {
    const why = `couldn't parse image name "${image}": ${complaint}`;
    const message = `Failed to apply default image tag "${image}": ${why}`;
    say(work, container, 'Warning', 'InspectFailed', message);
    return { kind: 'failed', reason: 'InvalidImageName', message };
  }
  const isPresent = policy !== 'Always' && imageOnNode(work, container) !== undefined;
  if (isPresent) {
    const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
    say(work, container, 'Normal', 'Pulled', message);
    return { kind: 'present' };
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    say(work, container, 'Warning', 'ErrImageNeverPull', message);
    return { kind: 'failed', reason: 'ErrImageNeverPull', message };
  }
  const known = record.containers[name];
  const { now, store } = context.cluster;
  if (known?.pulls && isPausing(known.pulls, known.pulls.at, now)) {
    const message = `Back-off pulling image "${image}"`;
    say(work, container, 'Normal', 'BackOff', message);
    const before = known.pullError === undefined ? '' : `: ErrImagePull: ${known.pullError}`;
    return { kind: 'failed', reason: 'ImagePullBackOff', message: `${message}${before}` };
  }
  say(work, container, 'Normal', 'Pulling', `Pulling image "${image}"`);
  const waiting = (store.read(table, record.node) ?? []) as Waiting;
  store.write(table, record.node, waiting.concat(`${key} ${name}`));
  remember(work, { step: { kind: 'pull', container: name, asked: now } });
  return { kind: 'pulling' };
}

/**
 * Goes on with a pull.
 *
 * @returns undefined while it goes on
 */
export function advancePull(work: PodWork, container: RoledContainer): ImageState | undefined {
  const { context, record, key } = work;
  const { step } = record;
  if (step?.kind !== 'pull') return undefined;
  const { now, store } = context.cluster;
  const { name } = container.spec;
  const image = imageOf(container.spec);
  const waiting = (store.read(table, record.node) ?? []) as Waiting;
  if (waiting[0] !== `${key} ${name}`) return undefined;
  const began = step.began ?? now;
  const reference = fullImageOf(container.spec);
  // Whoever waited while another Pod pulled the same image only finds it there.
  const found = step.began === undefined && step.asked < now ? imageOnNode(work, container) : undefined;
  if (!found && (step.ends === undefined || step.ends > now)) {
    if (step.ends === undefined) {
      const { milliseconds } = pull(work, reference);
      remember(work, { step: { ...step, began, ends: afterAWhile(context, milliseconds) } });
    }
    return undefined;
  }
  leaveQueue(work, container);
  let pulled = found;
  if (!pulled) {
    const result = pull(work, reference);
    if ('failure' in result) return pullFailed(work, container, result.failure, result.message);
    context.runtime.keepImage(record.node, reference, result.image);
    pulled = context.runtime.findImage(record.node, reference);
  }
  const size = pulled ? downloadSize(pulled.image) : 0;
  const times = `in ${goDuration(now - began)} (${goDuration(now - step.asked)} including waiting)`;
  const text = `Successfully pulled image "${image}" ${times}. Image size: ${size} bytes.`;
  say(work, container, 'Normal', 'Pulled', text);
  return { kind: 'present' };
}

/** Gives up a pull, or ends it: the next one in the queue of the node has its turn. */
export function leaveQueue({ context, record, key }: PodWork, { spec }: RoledContainer): void {
  const entry = `${key} ${spec.name}`;
  shorten(context, record.node, (each) => each === entry);
}

/** Gives up all pulls of a Pod that is gone. */
export function leaveQueues(context: NodeContext, node: string, key: string): void {
  shorten(context, node, (each) => each.startsWith(`${key} `));
}

function shorten(
  { cluster: { store }, simulation }: NodeContext,
  node: string,
  isOver: (entry: string) => boolean,
): void {
  const waiting = (store.read(table, node) ?? []) as Waiting;
  const last = waiting.findLastIndex(isOver);
  if (last < 0) return;
  // Mostly it is the first one alone that is over.
  const rest = last === 0 ? waiting.slice(1) : waiting.filter((each) => !isOver(each));
  if (rest.length === 0) store.delete(table, node);
  else store.write(table, node, rest);
  const [next] = rest;
  if (next && next !== waiting[0]) simulation.enqueue('kubelet', next.slice(0, next.indexOf(' ')));
}

/** Bytes that come over the wire: layers travel compressed. */
export function downloadSize({ size }: Image): number {
  return Math.ceil(size / 3);
}

function pullFailed(work: PodWork, container: RoledContainer, failure: string, message: string): ImageState {
  const { record, context } = work;
  const { name } = container.spec;
  const image = imageOf(container.spec);
  // Of the codes of gRPC the kubelet shows those that say more than "unknown".
  const text = failure === 'not-found' ? `rpc error: code = NotFound desc = ${message}` : message;
  say(work, container, 'Warning', 'Failed', `Failed to pull image "${image}": ${text}`);
  const known = record.containers[name] ?? { ids: [], restarts: 0, image };
  const { now } = context.cluster;
  const pulls = nextPause(known.pulls, now, now);
  work.record = withContainer(work.record, name, { ...known, pulls, pullError: text });
  return { kind: 'failed', reason: 'ErrImagePull', message: text };
}

function pull(work: PodWork, reference: string) {
  const { runtime } = work.context;
  const { node } = work.record;
  const credentials = pullCredentials(work.context.cluster, work.pod, reference);
  return runtime.resolvePull(node, reference, credentials);
}

function imageOnNode({ context, record }: PodWork, { spec }: RoledContainer): HostImage | undefined {
  return context.runtime.findImage(record.node, fullImageOf(spec));
}
