import { sha256 } from '../../../images/sha256.ts';
import type { Image, ImageConfig, Layer } from '../../../runtime/container-runtime.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { BaseImage } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { StepRunner } from './step-runner.ts';

/** What is written to the store of images: an image, and the digests of its parts. */
export interface ExportedImage {
  readonly image: Image;
  readonly manifest: string;
  /** What says how it was built; there is none of an image without files. */
  readonly attestation: string | undefined;
}

/** What says of a layer that BuildKit made it. */
const comment = 'buildkit.dockerfile.v0';

/**
 * Puts an image together of what the steps gave.
 *
 * @param base the image that the target's stage begins with, if any
 * @param at when the build is done: an attestation says it, so that its digest is always another
 */
export function exportImage(
  { store }: Pick<EngineParts, 'store'>,
  { plan, runner, base }: { plan: Plan; runner: StepRunner; base: BaseImage | undefined },
): ExportedImage {
  const { config, history, author } = plan.image;
  let created = base?.image.created ?? store.now;
  const own = history.map(({ createdBy, vertex }): Layer => {
    const made = vertex === undefined ? undefined : runner.result(vertex).layer;
    created = made?.created ?? created;
    return {
      digest: made?.digest ?? '',
      size: made?.size ?? 0,
      createdBy,
      files: made?.digest ?? '',
      created,
      comment,
    };
  });
  const below = (base?.image.layers ?? []).map((layer) => ({ created: base?.image.created ?? 0, ...layer }));
  const layers = [...below, ...own];
  const kept = cleanConfig(config);
  const described = JSON.stringify([created, kept, author, layers]);
  const id = `sha256:${sha256(`config ${described}`)}`;
  const manifest = `sha256:${sha256(`manifest ${id} ${described}`)}`;
  const hasFiles = layers.some(({ files }) => files !== '');
  const attestation = hasFiles ? `sha256:${sha256(`attestation ${manifest} ${store.now}`)}` : undefined;
  return {
    image: {
      id,
      digest: attestation ? `sha256:${sha256(`index ${manifest} ${attestation}`)}` : manifest,
      config: kept,
      size: layers.reduce((sum, { size }) => sum + size, 0),
      created,
      ...(author && { author }),
      layers,
    },
    manifest,
    attestation,
  };
}

/** Without what is not set, so that the same image is always written in the same way. */
function cleanConfig(config: ImageConfig): ImageConfig {
  const entries = Object.entries(config).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1))) as ImageConfig;
}
