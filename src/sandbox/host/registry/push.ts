import { fullName, hasLayer, publish, refusePush, transferTime } from '../../images/registry.ts';
import type { Credentials, HostImage } from '../../runtime/container-runtime.ts';
import type { Store } from '../../store.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import type { EngineResponse } from '../engine/request.ts';
import { recordEvent } from '../events.ts';
import { demandReference, familiarName, repositoryOf, tagOf } from '../images/image-names.ts';
import { fileLayers, manifestSize } from '../images/image-sizes.ts';
import { allImages } from '../images/image-store.ts';
import { pushMessages } from './layer-progress.ts';
import { errorMessage, type TimedMessage, timedMessages } from './timed-messages.ts';

/**
 * Pushes an image, or all tags of a repository.
 *
 * @param name as docker was told it, without a tag
 * @param tag empty for all tags that the engine has
 * @returns a stream of what the daemon tells; what goes wrong with the registry is told in it
 * @throws EngineError for a name that cannot be
 */
export function pushImage(
  parts: EngineParts,
  name: string,
  tag: string,
  credentials: Credentials | undefined,
): EngineResponse {
  const { store } = parts;
  const base = demandReference(name);
  const repository = `${base.registry}/${base.repository}`;
  const wanted = tag || base.tag;
  const targets = targetsOf(store, repository, wanted);
  const first = { after: 0, message: { status: `The push refers to repository [${repository}]` } };
  const failed = (why: string, before: readonly TimedMessage[]): EngineResponse => ({
    status: 200,
    stream: timedMessages(parts, before, () => [errorMessage(why)]),
  });
  if (targets.length === 0) {
    const full = familiarName(`${repository}:${wanted || 'latest'}`);
    return wanted === ''
      ? failed(`An image does not exist locally with the tag: ${familiarName(repository)}`, [first])
      : failed(`tag does not exist: ${full}`, [first]);
  }
  const messages: TimedMessage[] = [first];
  let begin = transferTime(0);
  for (const { image, full } of targets) {
    const layers = fileLayers(image.image);
    const reference = demandReference(full);
    const refusal = refusePush(store, reference, layers[0]?.digest ?? image.image.id, credentials);
    if (refusal !== undefined) {
      const waiting = pushMessages(layers, begin, () => true);
      const shown = waiting.filter(({ after }) => after === begin);
      return failed(refusal, [...messages, ...shown]);
    }
    messages.push(...pushMessages(layers, begin, ({ digest }) => hasLayer(store, reference, digest)));
    begin = (messages.at(-1)?.after ?? begin) + 100;
    const { digest } = image.image;
    const status = `${tagOf(full)}: digest: ${digest} size: ${manifestSize(image.image)}`;
    messages.push({ after: begin, message: { status } });
  }
  const finish = (): readonly unknown[] => {
    for (const { image, full } of targets) {
      publish(store, demandReference(full), image.image);
      recordEvent(store, 'image', 'push', familiarName(full), { name: familiarName(repository) });
    }
    return [];
  };
  return { status: 200, stream: timedMessages(parts, messages, finish) };
}

function targetsOf(
  store: Store,
  repository: string,
  tag: string,
): readonly { readonly image: HostImage; readonly full: string }[] {
  const wanted = tag === '' ? undefined : fullName(demandReference(`${repository}:${tag}`));
  return allImages(store).flatMap((image) =>
    image.tags
      .filter((full) => (wanted === undefined ? repositoryOf(full) === repository : full === wanted))
      .map((full) => ({ image, full })),
  );
}
