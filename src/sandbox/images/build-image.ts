import type { Image, ImageConfig } from '../runtime/container-runtime.ts';
import { sha256 } from './sha256.ts';

/** A layer, as whoever publishes an image describes it. */
export interface Step {
  /** The line of the Dockerfile. */
  readonly line: string;
  /** Bytes it adds; 0 for a line that only says something of the containers. */
  readonly size?: number;
  /** Name of the files it brings, where it brings any. */
  readonly files?: string;
}

/** What an image is made of. */
export interface Recipe {
  /** Distinguishes images that are alike, such as `nginx:1.28.0`. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly config: ImageConfig;
  readonly steps: readonly Step[];
}

/** Makes an image. Its digests follow from what it is made of, so that they are the same in every world. */
export function buildImage({ name, created, config, steps }: Recipe): Image {
  const layers = steps.map(({ line, size = 0, files = '' }) => ({
    digest: `sha256:${sha256(`layer ${files} ${line} ${size}`)}`,
    size,
    createdBy: line,
    files,
  }));
  const described = JSON.stringify([name, created, config, layers]);
  return {
    id: `sha256:${sha256(`config ${described}`)}`,
    digest: `sha256:${sha256(`manifest ${described}`)}`,
    config,
    size: layers.reduce((sum, layer) => sum + layer.size, 0),
    created,
    layers,
  };
}
