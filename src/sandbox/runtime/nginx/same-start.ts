import { isWithin } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { type FileChanges, tables } from '../records.ts';
import type { ConfigTexts } from './load-config.ts';

/** What one container did to its files in a part of its start, and what it said. */
interface Start {
  readonly before: FileChanges;
  readonly after: FileChanges;
  readonly owner: string;
  readonly at: number;
  readonly version: string | undefined;
  readonly quiet: string | undefined;
  readonly text: string;
}

/** The last start of each part, of each image. */
const starts = new Map<string, WeakMap<readonly string[], Start>>();

/** Where a mount or a file of the host could change what happens. */
const touched = ['/docker-entrypoint.d', '/etc/nginx', '/run', '/var/cache', '/var/run'];

/**
 * Does a part of a start of nginx. Containers of one image whose files are the same do the same at the same
 * moment: what the last one did is done again without looking.
 *
 * @param act does it, and says what it wrote; undefined when that is not to be repeated
 */
export function sameStart(call: ProcessCall, part: string, act: () => string | undefined): void {
  const { container, record } = call;
  const files = call.kernel.filesOf(container);
  if (!isPlain(call)) {
    act();
    return;
  }
  const { NGINX_VERSION: version, NGINX_ENTRYPOINT_QUIET_LOGS: quiet } = call.env;
  const known = starts.get(part)?.get(container.layers);
  const before = files.changed;
  if (
    known?.before === before &&
    known.owner === record.owner &&
    known.at === call.now &&
    known.version === version &&
    known.quiet === quiet
  ) {
    if (known.after !== before) call.kernel.store.write(tables.changes, files.key, known.after);
    call.out(known.text);
    return;
  }
  const text = act();
  if (text === undefined) return;
  const images = starts.get(part) ?? new WeakMap<readonly string[], Start>();
  images.set(container.layers, {
    before,
    after: files.changed,
    owner: record.owner,
    at: call.now,
    version,
    quiet,
    text,
  });
  starts.set(part, images);
}

/** What was read last, of each image. */
const readings = new WeakMap<readonly string[], Reading>();

interface Reading {
  readonly before: FileChanges;
  readonly owner: string;
  readonly texts: ConfigTexts;
}

/**
 * Reads the configuration: containers of one image that changed the same of it read the same.
 *
 * @throws what `read` throws
 */
export function sameReading(call: ProcessCall, read: () => ConfigTexts): ConfigTexts {
  const { container, record } = call;
  const before = call.kernel.filesOf(container).changed;
  const known = readings.get(container.layers);
  if (known?.before === before && known.owner === record.owner && isPlain(call)) return known.texts;
  const texts = read();
  if (isPlain(call)) readings.set(container.layers, { before, owner: record.owner, texts });
  return texts;
}

function isPlain({ spec }: ProcessCall): boolean {
  if (spec.confinement || spec.readOnlyRoot || spec.mounts.some(({ target }) => isNear(target))) return false;
  for (const target in spec.hostFiles) if (isNear(target)) return false;
  return true;
}

/** What was found of the paths that were asked about: each container has the same few. */
const near = new Map<string, boolean>();
const mostKnown = 500;

function isNear(target: string): boolean {
  const known = near.get(target);
  if (known !== undefined) return known;
  // `/var/run/secrets` and the like are near, but hold nothing that nginx reads.
  const found =
    !isWithin(target, '/var/run/secrets') &&
    touched.some((path) => isWithin(target, path) || isWithin(path, target));
  if (near.size >= mostKnown) near.clear();
  near.set(target, found);
  return found;
}
