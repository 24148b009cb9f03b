import { sha256 } from '../../images/sha256.ts';
import type { HostImage, Image, ImageConfig } from '../../runtime/container-runtime.ts';
import type { Store } from '../../store.ts';
import { allContainers } from '../containers/container-record.ts';
import { goTime } from '../containers/views/shown-time.ts';
import { familiarName, repositoryOf } from './image-names.ts';
import { contentSize, fileLayers, manifestSize, totalSize } from './image-sizes.ts';
import { imageInfo, namesOf } from './image-store.ts';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';

/** An image as the list of them shows it. */
export function imageSummary(
  store: Store,
  image: HostImage,
  withManifests: boolean,
): Readonly<Record<string, unknown>> {
  const { digest, config, created } = image.image;
  const names = namesOf(store, image);
  const [last] = names.slice(-1);
  return {
    Containers: containersOf(store, digest).length,
    Created: Math.floor(created / 1000),
    Id: digest,
    Labels: config.labels ?? {},
    ParentId: '',
    Descriptor: descriptorOf(image.image),
    ...(withManifests ? { Manifests: [manifestOf(store, image.image)] } : {}),
    RepoDigests: last === undefined ? [] : [familiarName(`${repositoryOf(last)}@${digest}`)],
    RepoTags: names.map(familiarName),
    SharedSize: -1,
    Size: totalSize(image.image),
  };
}

/** An image as `docker image inspect` shows it. */
export function imageDetails(
  store: Store,
  image: HostImage,
  withManifests: boolean,
): Readonly<Record<string, unknown>> {
  const { digest, config, created } = image.image;
  const names = namesOf(store, image);
  const info = imageInfo(store, image.image);
  const comment = info.comment ?? commentOf(image.image, image.image.layers.length - 1);
  const author = image.image.author ?? info.author;
  const pulls = info.pulledFrom.map((Repository) => ({ Repository }));
  const builds = (info.builds ?? []).map(({ ref, at }) => ({ Ref: ref, CreatedAt: goTime(at) }));
  const identity = {
    ...(pulls.length > 0 ? { Pull: pulls } : {}),
    ...(builds.length > 0 ? { Build: builds } : {}),
  };
  return {
    Id: digest,
    RepoTags: names.map(familiarName),
    RepoDigests: [...new Set(names.map((name) => familiarName(`${repositoryOf(name)}@${digest}`)))],
    ...(comment === '' ? {} : { Comment: comment }),
    Created: goTime(created),
    ...(author ? { Author: author } : {}),
    Config: configView(config),
    Architecture: 'amd64',
    Os: 'linux',
    Size: contentSize(image.image),
    RootFS: { Type: 'layers', Layers: fileLayers(image.image).map(unpackedDigest) },
    Metadata: { LastTagTime: goTime(info.taggedAt || created) },
    Descriptor: descriptorOf(image.image),
    ...(withManifests ? { Manifests: [manifestOf(store, image.image)] } : {}),
    ...(Object.keys(identity).length > 0 ? { Identity: identity } : {}),
  };
}

/** What `docker history` shows: the newest line first. */
export function imageHistory(store: Store, image: HostImage): readonly Readonly<Record<string, unknown>>[] {
  const { digest, created, layers } = image.image;
  const { comment } = imageInfo(store, image.image);
  const last = layers.length - 1;
  return layers
    .map(({ createdBy, size, created: madeAt }, place) => ({
      Comment: place === last && comment !== undefined ? comment : commentOf(image.image, place),
      Created: Math.floor((madeAt ?? created) / 1000),
      CreatedBy: createdBy,
      Id: place === last ? digest : '<missing>',
      Size: size,
      Tags: place === last ? namesOf(store, image).map(familiarName) : null,
    }))
    .reverse();
}

/** The ids of the containers of an image, running or not. */
export function containersOf(store: Store, digest: string): readonly string[] {
  return allContainers({ store })
    .filter(({ image }) => image === digest)
    .map(({ id }) => id);
}

/** The configuration of an image as the API writes it: what it does not say is left out. */
function configView(config: ImageConfig): Readonly<Record<string, unknown>> {
  const { healthcheck: health } = config;
  const nanoseconds = (milliseconds: number) => milliseconds * 1_000_000;
  const asSet = (names: readonly string[]) => Object.fromEntries([...names].sort().map((name) => [name, {}]));
  return {
    ...(config.user ? { User: config.user } : {}),
    ...(config.exposedPorts?.length ? { ExposedPorts: asSet(config.exposedPorts) } : {}),
    ...(config.env ? { Env: config.env } : {}),
    ...(config.entrypoint ? { Entrypoint: config.entrypoint } : {}),
    ...(config.cmd ? { Cmd: config.cmd } : {}),
    ...(config.volumes?.length ? { Volumes: asSet(config.volumes) } : {}),
    ...(config.workingDir ? { WorkingDir: config.workingDir } : {}),
    ...(config.labels && Object.keys(config.labels).length > 0 ? { Labels: config.labels } : {}),
    ...(config.stopSignal ? { StopSignal: config.stopSignal } : {}),
    ...(config.argsEscaped ? { ArgsEscaped: true } : {}),
    ...(health
      ? {
          Healthcheck: {
            Test: health.test,
            ...(health.intervalMs === undefined ? {} : { Interval: nanoseconds(health.intervalMs) }),
            ...(health.timeoutMs === undefined ? {} : { Timeout: nanoseconds(health.timeoutMs) }),
            ...(health.startPeriodMs === undefined ? {} : { StartPeriod: nanoseconds(health.startPeriodMs) }),
            ...(health.startIntervalMs === undefined
              ? {}
              : { StartInterval: nanoseconds(health.startIntervalMs) }),
            ...(health.retries === undefined ? {} : { Retries: health.retries }),
          },
        }
      : {}),
    ...(config.onBuild?.length ? { OnBuild: config.onBuild } : {}),
    ...(config.shell ? { Shell: config.shell } : {}),
  };
}

/** What points at an image in a registry or in the content store. */
export function descriptorOf(image: Image): Readonly<Record<string, unknown>> {
  return { mediaType, digest: image.digest, size: manifestSize(image) };
}

function manifestOf(store: Store, image: Image): Readonly<Record<string, unknown>> {
  const containers = containersOf(store, image.digest);
  const { manifest = image.digest } = imageInfo(store, image);
  return {
    ID: manifest,
    Descriptor: descriptorOf(image),
    Available: true,
    Size: { Content: contentSize(image), Total: totalSize(image) },
    Kind: 'image',
    ImageData: {
      Platform: { architecture: 'amd64', os: 'linux' },
      Size: { Unpacked: image.size },
      Containers: containers.length > 0 ? containers : null,
    },
  };
}

/** BuildKit leaves its name on every line that it made; root file systems come from elsewhere. */
function commentOf({ layers }: Image, place: number): string {
  const isBuilt = layers.some(({ createdBy }) => createdBy.endsWith('# buildkit'));
  const { createdBy: line = '', comment } = layers[place] ?? {};
  if (comment !== undefined) return comment;
  return isBuilt && !/^(# debian\.sh|BusyBox )/.test(line) ? 'buildkit.dockerfile.v0' : '';
}

/** The digest of a layer as it is unpacked; what is sent and stored is compressed, and has another. */
function unpackedDigest({ digest }: { readonly digest: string }): string {
  return `sha256:${sha256(`unpacked ${digest}`)}`;
}
