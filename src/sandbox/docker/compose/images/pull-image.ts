import { type ImageReference, parseImage } from '../../../../docker/images.ts';
import { DockerRefusal } from '../../../../docker/refusal.ts';
import type { Steps } from '../../../effects.ts';
import { humanSize } from '../../../go/go-units.ts';
import { throwUnless } from '../../../thrown.ts';
import { eachMessage, openMessages } from '../../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../../failures.ts';
import { registryAuth } from '../../registry/credentials.ts';
import type { Compose } from '../compose.ts';
import type { Service } from '../project/project.ts';

interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

/** What an image is pulled for. */
export interface Pulled {
  readonly image: string;
  readonly platform?: string | undefined;
  readonly build?: Service['build'] | undefined;
}

/**
 * Pulls the image of a service (pullServiceImage of pkg/compose/pull.go).
 *
 * @throws CommandFailure where that fails
 */
export function* pullImage(compose: Compose, service: Pulled, isQuiet: boolean): Steps<void> {
  const { progress, context } = compose;
  const resource = `Image ${service.image}`;
  yield* progress.working(resource, 'Pulling');
  const reference = referenceOf(service.image);
  const platform = service.platform ?? context.surroundings.env.DOCKER_DEFAULT_PLATFORM;
  const query = { ...partsOf(reference), platform };
  const headers = { 'x-registry-auth': yield* registryAuth(context, reference.registry) };
  let failure: string | undefined;
  try {
    const stream = yield* openMessages('POST', '/images/create', { query, headers });
    yield* eachMessage(stream, function* (each) {
      const message = each as PullMessage;
      failure ??= message.errorDetail?.message ?? message.error;
      if (!isQuiet) yield* tell(compose, resource, message);
    });
  } catch (error) {
    throwUnless(error, DaemonFailure);
    const said = error.message.replace(/^Error response from daemon: /, '');
    if (service.build) yield* progress.warning(resource, said);
    else yield* progress.error(resource, 'Error', said);
    throw error;
  }
  if (failure !== undefined) throw new CommandFailure(failure);
  yield* progress.done(resource, 'Pulled');
}

const finished = ['Download complete', 'Already exists', 'Pull complete'];
const moving = ['Downloading', 'Extracting', 'Verifying Checksum'];

function* tell({ progress }: Compose, parent: string, message: PullMessage): Steps<void> {
  const { id, status = '', progressDetail } = message;
  if (!id || !progressDetail) return;
  const isMoving = moving.includes(status);
  yield* progress.on({
    id,
    parent,
    text: status,
    status: finished.includes(status) ? 'done' : 'working',
    details: humanSize(progressDetail.current ?? 0),
    ...(isMoving && { current: progressDetail.current ?? 0, total: progressDetail.total ?? 0 }),
  });
}

/** The name, and the tag or the digest, of an image as the API takes them. */
function partsOf({ registry, repository, tag, digest }: ImageReference): Readonly<Record<string, string>> {
  return { fromImage: `${registry}/${repository}`, tag: digest || tag || 'latest' };
}

function referenceOf(image: string): ImageReference {
  try {
    return parseImage(image);
  } catch (error) {
    throwUnless(error, DockerRefusal);
    throw new CommandFailure(error.message);
  }
}
