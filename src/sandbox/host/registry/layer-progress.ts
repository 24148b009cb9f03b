import type { Layer } from '../../runtime/container-runtime.ts';
import { shortDigest } from '../images/image-names.ts';
import { compressedSize } from '../images/image-sizes.ts';
import type { TimedMessage } from './timed-messages.ts';

/** How often the daemon tells of progress, and how many layers it transfers at a time. */
const tickMs = 100;
const mostAtOnce = 3;
/** All layers together: some 40 MB a second. */
const bytesPerTick = 4_000_000;
/** What is unpacked in a tick. */
const unpackedPerTick = 20_000_000;

/** What is told of a layer at a time. */
function told(status: string, layer: Layer, progressDetail: object): unknown {
  return { status, progressDetail, id: shortDigest(layer.digest) };
}

/**
 * When how much of some layers is transferred.
 *
 * @param begin milliseconds after which the first bytes come
 * @param tell what is said of a layer that is on its way, and of one that has come
 * @returns the messages in order, and when each of the layers has come
 */
function transfer(
  layers: readonly Layer[],
  begin: number,
  tell: { readonly running: string; readonly done: string; readonly doneDetail: object },
): { readonly messages: readonly TimedMessage[]; readonly doneAt: ReadonlyMap<Layer, number> } {
  const messages: TimedMessage[] = [];
  const doneAt = new Map<Layer, number>();
  const waiting = [...layers];
  let active: { readonly layer: Layer; current: number; readonly total: number }[] = [];
  for (let after = begin; waiting.length > 0 || active.length > 0; after += tickMs) {
    while (active.length < mostAtOnce && waiting.length > 0) {
      const layer = waiting.shift() as Layer;
      active.push({ layer, current: 0, total: compressedSize(layer) });
    }
    const share = Math.floor(bytesPerTick / active.length);
    for (const each of active) {
      each.current = Math.min(each.total, each.current + share);
      const { current, total, layer } = each;
      if (current < total) {
        messages.push({ after, message: told(tell.running, layer, { current, total }) });
      } else {
        messages.push({ after, message: told(tell.done, layer, tell.doneDetail) });
        doneAt.set(layer, after);
      }
    }
    active = active.filter(({ current, total }) => current < total);
  }
  return { messages, doneAt };
}

const hidden = { hidecounts: true };

/**
 * What a pull tells of its layers (daemon/containerd/progress.go of github.com/moby/moby): they come together and
 * are unpacked one after the other, from the lowest.
 *
 * @param isThere whether the engine has a layer already
 */
export function pullMessages(
  layers: readonly Layer[],
  begin: number,
  isThere: (layer: Layer) => boolean,
): readonly TimedMessage[] {
  const first = layers.map((layer) => ({ after: begin, message: told('Pulling fs layer', layer, {}) }));
  const known = layers.filter(isThere);
  const there = known.map((layer) => ({
    after: begin + tickMs,
    message: told('Already exists', layer, hidden),
  }));
  const missing = layers.filter((layer) => !known.includes(layer));
  const running = { running: 'Downloading', done: 'Download complete', doneDetail: hidden };
  const { messages, doneAt } = transfer(missing, begin + tickMs, running);
  const unpacked: TimedMessage[] = [];
  let free = begin + tickMs;
  for (const layer of missing) {
    let after = Math.max(free, doneAt.get(layer) ?? free);
    const ticks = Math.max(1, Math.ceil(layer.size / unpackedPerTick));
    for (let tick = 0; tick < ticks; tick++) {
      after += tickMs;
      const current = 1 + Math.floor((tick * tickMs) / 1000);
      unpacked.push({ after, message: told('Extracting', layer, { current, units: 's' }) });
    }
    unpacked.push({ after: after + tickMs, message: told('Pull complete', layer, hidden) });
    free = after + tickMs;
  }
  return sorted([...first, ...there, ...messages, ...unpacked]);
}

/**
 * What a push tells of its layers.
 *
 * @param isThere whether the registry has a layer already
 */
export function pushMessages(
  layers: readonly Layer[],
  begin: number,
  isThere: (layer: Layer) => boolean,
): readonly TimedMessage[] {
  const first = layers.map((layer) => ({ after: begin, message: told('Waiting', layer, {}) }));
  const known = layers.filter(isThere).map((layer) => ({
    after: begin + tickMs,
    message: told('Layer already exists', layer, {}),
  }));
  const missing = layers.filter((layer) => !isThere(layer));
  const running = { running: 'Pushing', done: 'Pushed', doneDetail: {} };
  return sorted([...first, ...known, ...transfer(missing, begin + tickMs, running).messages]);
}

function sorted(messages: readonly TimedMessage[]): readonly TimedMessage[] {
  return [...messages].sort((one, other) => one.after - other.after);
}
