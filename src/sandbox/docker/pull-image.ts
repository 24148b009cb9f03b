import { type ImageReference, parseImage } from '../../docker/images.ts';
import type { Steps } from '../effects.ts';
import type { DockerContext } from './context.ts';
import { openMessages } from './engine-client.ts';
import { registryAuth } from './registry/credentials.ts';
import { displayMessages, type MessageDisplay } from './streams/json-messages.ts';

/** Which image is pulled, and how it is told. */
export interface Pull extends MessageDisplay {
  readonly image: string;
  /** Such as `linux/arm64`; empty for that of the machine. */
  readonly platform?: string;
  /** Whether all tags of the repository are pulled. */
  readonly isAll?: boolean;
}

/**
 * Has the engine pull an image, and shows how that goes on (`POST /images/create`).
 *
 * @throws DaemonFailure, CommandFailure
 */
export function* pullImage(
  context: DockerContext,
  { image, platform, isAll, ...display }: Pull,
): Steps<void> {
  const reference = parseImage(image);
  const stream = yield* openMessages('POST', '/images/create', {
    query: { fromImage: repositoryOf(reference), tag: isAll ? undefined : tagOf(reference), platform },
    headers: { 'x-registry-auth': yield* registryAuth(context, reference.registry) },
  });
  yield* displayMessages(stream, display);
}

function repositoryOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

function tagOf({ tag, digest }: ImageReference): string {
  return digest || tag || 'latest';
}

/** A name as people write it: without Docker Hub's, and with `latest` where there is no tag. */
export function familiarName(image: string): string {
  const { registry, repository, tag, digest } = parseImage(image);
  const name = registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`;
  const suffix = `${tag && `:${tag}`}${digest && `@${digest}`}`;
  return `${name}${suffix || ':latest'}`;
}
