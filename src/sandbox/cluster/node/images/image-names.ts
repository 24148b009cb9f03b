import { parseImage } from '../../../../docker/images.ts';
import type { ContainerRuntime, HostImage } from '../../../runtime/container-runtime.ts';
import { foreseen } from '../foreseen-error.ts';

/**
 * A reference with everything that was left out: `nginx` is `docker.io/library/nginx:latest`.
 *
 * @returns undefined when it is none
 */
export function fullReference(image: string): string | undefined {
  if (image === lastRead.image) return lastRead.full;
  lastRead = { image, full: readFull(image) };
  return lastRead.full;
}

/** The same few references are asked for again and again. */
let lastRead: { readonly image: string; readonly full: string | undefined } = { image: '', full: undefined };

function readFull(image: string): string | undefined {
  try {
    const { registry, repository, tag, digest } = parseImage(image);
    if (repository === '') return undefined;
    if (digest !== '') return `${registry}/${repository}${tag === '' ? '' : `:${tag}`}@${digest}`;
    return `${registry}/${repository}:${tag || 'latest'}`;
  } catch {
    return undefined;
  }
}

/**
 * Why a text is no reference, in the words of the library that the kubelet reads it with
 * (github.com/distribution/reference); undefined when it is one.
 */
export function referenceComplaint(image: string): string | undefined {
  // What could be read is asked for again and again.
  if (image === lastRead.image && lastRead.full !== undefined) return undefined;
  try {
    parseImage(image);
    return undefined;
  } catch (problem) {
    return foreseen(problem, Error).message;
  }
}

/** What a container's status says of its image. */
export function imageNames(
  runtime: ContainerRuntime,
  host: string,
  image: string,
  imageId: string,
): { readonly image: string; readonly imageID: string } {
  const found = runtime.findImage(host, imageId) ?? runtime.findImage(host, image);
  const full = fullReference(image) ?? image;
  if (!found) return { image: full, imageID: imageId };
  if (lastNames.found === found && lastNames.full === full) return lastNames.names;
  const repository = full.replace(/(:[^:/]*)?(@.*)?$/, '');
  const digest = found.digests.find((each) => each.startsWith(`${repository}@`)) ?? found.digests[0];
  const name = full.includes('@') ? (found.tags[0] ?? imageId) : full;
  const names = { image: name, imageID: digest ?? found.image.id };
  lastNames = { found, full, names };
  return names;
}

/** The names that were found last, and for what. */
let lastNames: {
  readonly found: HostImage | undefined;
  readonly full: string;
  readonly names: { readonly image: string; readonly imageID: string };
} = { found: undefined, full: '', names: { image: '', imageID: '' } };
