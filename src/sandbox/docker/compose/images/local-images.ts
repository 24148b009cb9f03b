import type { Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import { ask, encoded } from '../../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../../failures.ts';
import { imageOf, type Project, type Service } from '../project/project.ts';

/** An image that is there. */
export interface LocalImage {
  /** What tells one content from another: the manifest of the machine's own platform. */
  readonly digest: string;
  /** When its tag was set last, in milliseconds since 1970. */
  readonly taggedAt: number;
}

interface InspectedImage {
  readonly Id: string;
  readonly Metadata: { readonly LastTagTime: string };
  readonly Manifests: readonly { readonly ID: string; readonly Kind: string; readonly Available: boolean }[];
}

/** Images that services need, beside the one they run. */
export function dependentImages({ pre_start = [], volumes = [] }: Service): readonly string[] {
  const hooks = pre_start.flatMap(({ image }) => (image ? [image] : []));
  const mounted = volumes.flatMap(({ type, source }) => (type === 'image' && source ? [source] : []));
  return [...hooks, ...mounted];
}

/** The images of a project that are there, by name. @throws CommandFailure */
export function* localImages(project: Project): Steps<Map<string, LocalImage>> {
  const found = new Map<string, LocalImage>();
  for (const service of project.services.values()) {
    for (const name of [imageOf(service, project.name), ...dependentImages(service)]) {
      const image = found.get(name) ?? (yield* localImage(name));
      if (image) found.set(name, image);
    }
  }
  return found;
}

/** An image by its name; undefined where it is not there. @throws CommandFailure */
export function* localImage(name: string): Steps<LocalImage | undefined> {
  try {
    const image = yield* ask<InspectedImage>('GET', `/images/${encoded(name)}/json`, {
      query: { manifests: '1' },
    });
    const here = image.Manifests.find(({ Kind, Available }) => Kind === 'image' && Available);
    return { digest: (here ?? { ID: image.Id }).ID, taggedAt: Date.parse(image.Metadata.LastTagTime) };
  } catch (error) {
    throwUnless(error, DaemonFailure);
    if (error.status === 404) return undefined;
    throw new CommandFailure(`unable to get image '${name}': ${error.message}`);
  }
}
