import type { Store } from '../../../store.ts';
import type { Vertex } from '../plan/plan.ts';
import type { ResolvedBase } from './base-images.ts';
import type { OpenVertex, ProgressWriter } from './progress-writer.ts';
import { keepImageSource } from './step-cache.ts';
import type { BuildSteps } from './waiting.ts';

/** How much smaller a layer is on its way. */
const compression = 3;

/** Fetches the layers of an image that a stage begins with, unless they are here. @returns the key of what is kept of it */
export function* fetchImage(
  store: Store,
  bases: readonly ResolvedBase[],
  {
    vertex,
    open,
    progress,
  }: {
    readonly vertex: Vertex & { readonly kind: 'image' };
    readonly open: OpenVertex;
    readonly progress: ProgressWriter;
  },
): BuildSteps<string> {
  yield* progress.part(open, `resolve ${vertex.reference}`, 10);
  const found = bases.find((each) => 'base' in each && each.base.reference === vertex.reference);
  if (!found || !('base' in found)) {
    progress.end(open, { cached: true });
    return '';
  }
  const { layers, size } = found.base.image;
  for (const { digest, size: own, files } of found.isHere ? [] : layers) {
    if (files === '' && own === 0) continue;
    const share = size > 0 ? (own / size) * found.fetchMs : 0;
    const bytes = Math.round(own / compression);
    yield* progress.part(open, digest, Math.round(share), { current: bytes, total: bytes });
    yield* progress.part(open, `extracting ${digest}`, Math.round(share / 2));
  }
  progress.end(open, { cached: found.isHere });
  return keepImageSource(store, found.name, found.base.image);
}
