import { fullName } from '../../images/registry.ts';
import { sha256 } from '../../images/sha256.ts';
import type { Image, ImageConfig, Layer } from '../../runtime/container-runtime.ts';
import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import { keepLayer } from '../build/files/layers.ts';
import { changedConfig } from '../images/config-changes.ts';
import { demandReference, familiarName } from '../images/image-names.ts';
import { keepUnnamed, nameImage, noteImage } from '../images/image-store.ts';
import { tell } from './container-events.ts';
import type { ContainerParts } from './container-parts.ts';
import type { ContainerConfig } from './container-record.ts';
import { findContainer } from './find-container.ts';

/** What `POST /commit` is asked for. */
export interface CommitOptions {
  readonly container: string;
  readonly repository: string;
  readonly tag: string;
  readonly comment: string;
  readonly author: string;
  /** Lines of a Dockerfile that say something of the containers. */
  readonly changes: readonly string[];
}

/**
 * Makes an image of a container, as it is now: one more layer with what it changed (daemon/commit.go of
 * github.com/moby/moby).
 *
 * @returns the id of the image
 * @throws EngineError
 */
export function commitContainer(parts: ContainerParts, options: CommitOptions): string {
  const { repository, tag, author, comment } = options;
  const name =
    repository === ''
      ? undefined
      : fullName(demandReference(tag === '' ? repository : `${repository}:${tag}`));
  const container = findContainer(parts, options.container);
  const { runtime, store } = parts;
  const base = runtime.findImage(laptopHost, container.image)?.image;
  const { config: inherited = {}, layers: belowLayers = [], created = 0 } = base ?? {};
  const kept = configOf(container.config, inherited);
  const config = changedConfig(kept, options.changes, base);
  const files = Object.entries(runtime.files(laptopHost, container.id).changed).filter(
    ([path]) => !path.startsWith('/dev/shm'),
  );
  const made = keepLayer(store, Object.fromEntries(files) as LayerFiles);
  const layer: Layer = {
    digest: made.digest,
    size: files.length === 0 ? 0 : made.size,
    createdBy: (container.config.Cmd ?? []).join(' '),
    files: files.length === 0 ? '' : made.digest,
    created: store.now,
    comment,
  };
  const below = belowLayers.map((each) => ({ created, ...each }));
  const layers = [...below, layer];
  const described = JSON.stringify([store.now, config, author, comment, layers]);
  const image: Image = {
    id: `sha256:${sha256(`config ${described}`)}`,
    digest: `sha256:${sha256(`manifest ${described}`)}`,
    config,
    size: layers.reduce((sum, { size }) => sum + size, 0),
    created: store.now,
    ...(author === '' ? {} : { author }),
    layers,
  };
  if (name === undefined) keepUnnamed(store, image);
  else nameImage(store, name, image);
  noteImage(store, image, { ...(author === '' ? {} : { author }), comment });
  const shown = name === undefined ? '' : familiarName(name);
  tell(parts, container, 'commit', { comment, imageID: image.digest, imageRef: shown });
  return image.digest;
}

/** What a container's configuration says of those that are made after it. */
function configOf(config: ContainerConfig, base: ImageConfig): ImageConfig {
  const health = config.Healthcheck;
  const time = (name: string, value: number | undefined) => (value ? { [name]: value / 1e6 } : {});
  return {
    ...(config.Entrypoint ? { entrypoint: config.Entrypoint } : {}),
    ...(config.Cmd ? { cmd: config.Cmd } : {}),
    ...(config.Env ? { env: config.Env } : {}),
    ...(config.WorkingDir === '' ? {} : { workingDir: config.WorkingDir }),
    ...(config.User === '' ? {} : { user: config.User }),
    ...(config.ExposedPorts ? { exposedPorts: Object.keys(config.ExposedPorts) } : {}),
    ...(config.Volumes ? { volumes: Object.keys(config.Volumes) } : {}),
    ...(Object.keys(config.Labels).length > 0 ? { labels: config.Labels } : {}),
    ...(config.StopSignal ? { stopSignal: config.StopSignal } : {}),
    ...(config.Shell ? { shell: config.Shell } : base.shell ? { shell: base.shell } : {}),
    ...(health?.Test
      ? {
          healthcheck: {
            test: health.Test,
            ...time('intervalMs', health.Interval),
            ...time('timeoutMs', health.Timeout),
            ...time('startPeriodMs', health.StartPeriod),
            ...time('startIntervalMs', health.StartInterval),
            ...(health.Retries ? { retries: health.Retries } : {}),
          },
        }
      : {}),
  };
}
