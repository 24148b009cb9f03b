import type { ImageReference } from '../../../docker/images.ts';
import {
  askRegistry,
  fullName,
  publishedTags,
  registryAt,
  transferTime,
  unreachable,
} from '../../images/registry.ts';
import type { Credentials, Image } from '../../runtime/container-runtime.ts';
import type { Store } from '../../store.ts';
import { unlessThrown } from '../../thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import type { EngineResponse } from '../engine/request.ts';
import { recordEvent } from '../events.ts';
import { demandReference, familiarName, repositoryOf } from '../images/image-names.ts';
import { fileLayers } from '../images/image-sizes.ts';
import { allImages, imageInfo, nameImage, noteImage } from '../images/image-store.ts';
import { demandSpace } from '../system/disk.ts';
import { pullMessages } from './layer-progress.ts';
import { errorMessage, type TimedMessage, timedMessages } from './timed-messages.ts';

/** What is asked for, in the words of the API. */
export interface PullRequest {
  /** Name of the image, maybe with a tag or a digest in it. */
  readonly fromImage: string;
  /** Tag or digest; empty for all tags. */
  readonly tag: string;
  /** Such as `linux/arm64`; empty for that of the laptop. */
  readonly platform: string;
}

/**
 * Pulls an image, or all of a repository.
 *
 * @returns a stream of what the daemon tells
 * @throws EngineError when the registry does not give it, in the words of the daemon
 */
export function pullImage(
  parts: EngineParts,
  request: PullRequest,
  credentials: Credentials | undefined,
): EngineResponse {
  const { store } = parts;
  const references = wanted(store, request);
  const images = references.map((reference) => ({
    reference,
    image: demandPublished(store, reference, credentials),
  }));
  demandPlatform(request.platform, references[0]);
  const messages: TimedMessage[] = [];
  const ends: (() => readonly unknown[])[] = [];
  let begin = transferTime(0);
  for (const { reference, image } of images) {
    const part = partOf(store, reference, image, begin);
    messages.push(...part.messages);
    // All but the last one tell how they ended in between; what they do they do together with it.
    begin = (part.messages.at(-1)?.after ?? begin) + 100;
    ends.push(part.finish);
  }
  const finish = () =>
    unlessThrown(
      EngineError,
      () => ends.flatMap((end) => end()),
      ({ message }) => [errorMessage(message)],
    );
  return { status: 200, stream: timedMessages(parts, messages, finish) };
}

function partOf(
  store: Store,
  reference: ImageReference,
  image: Image,
  begin: number,
): { readonly messages: readonly TimedMessage[]; readonly finish: () => readonly unknown[] } {
  const name = fullName(reference);
  const known = allImages(store);
  const isThere = known.some((each) => each.image.id === image.id);
  const before = known.find(({ tags }) => tags.includes(name))?.image.id;
  const layers = new Set(known.flatMap((each) => each.image.layers.map(({ digest }) => digest)));
  const from = {
    status: `Pulling from ${reference.repository}`,
    id: reference.tag || (reference.digest ? name : 'latest'),
  };
  const messages = isThere ? [] : pullMessages(fileLayers(image), begin, ({ digest }) => layers.has(digest));
  return {
    messages: [{ after: begin, message: from }, ...messages],
    finish: () => {
      if (!isThere) demandSpace(store, image);
      const isUpToDate = before === image.id || (reference.digest !== '' && isThere);
      nameImage(store, name, image);
      const repository = repositoryOf(name);
      const { pulledFrom } = imageInfo(store, image);
      noteImage(store, image, { pulledFrom: [...new Set([...pulledFrom, repository])] });
      recordEvent(store, 'image', 'pull', familiarName(name), { name: familiarName(repository) });
      const how = isUpToDate ? 'Image is up to date' : 'Downloaded newer image';
      return [{ status: `Digest: ${image.digest}` }, { status: `Status: ${how} for ${familiarName(name)}` }];
    },
  };
}

/** The references that are pulled: one, or one for each tag. */
function wanted(store: Store, { fromImage, tag }: PullRequest): readonly ImageReference[] {
  const base = demandReference(fromImage);
  if (tag !== '') {
    const isDigest = tag.includes(':');
    const named = fromImage.replace(/@.*$/, '');
    const bare = repositoryOf(named);
    if (!isDigest && !/^\w[\w.-]{0,127}$/.test(tag)) throw new EngineError(400, 'invalid tag format');
    return [demandReference(isDigest ? `${bare}@${tag}` : `${bare}:${tag}`)];
  }
  if (base.tag !== '' || base.digest !== '') return [base];
  if (!registryAt(store, base.registry)) {
    const host = base.registry;
    throw new EngineError(500, `Get "https://${host}/v2/": ${unreachable(host)}`);
  }
  const tags = publishedTags(store, base);
  // A repository without tags says at once what is wrong with it.
  return (tags.length > 0 ? tags : ['latest']).map((each) => ({ ...base, tag: each }));
}

function demandPublished(
  store: Store,
  reference: ImageReference,
  credentials: Credentials | undefined,
): Image {
  const answer = askRegistry(store, reference, credentials);
  if ('image' in answer) return answer.image;
  const { failure, why } = answer;
  const name = fullName(reference);
  if (failure === 'denied' && !why.includes('no basic auth credentials')) {
    const what = familiarName(repositoryOf(name));
    const advice = "repository does not exist or may require 'docker login'";
    throw new EngineError(404, `pull access denied for ${what}, ${advice}`);
  }
  const message = `failed to resolve reference "${name}": ${why}`;
  if (failure === 'not-found') throw new EngineError(404, message);
  throw new EngineError(500, failure === 'unauthorized' ? `unknown: ${message}` : message);
}

/** All images of the sandbox are for one platform. */
function demandPlatform(platform: string, reference: ImageReference | undefined): void {
  if (platform === '' || platform === 'linux' || /^linux\/(amd64|x86_64)$/.test(platform) || !reference)
    return;
  const why = `no match for platform in manifest: not found`;
  throw new EngineError(404, `no matching manifest for ${platform} in the manifest list entries: ${why}`);
}
