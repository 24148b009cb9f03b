import { type ImageReference, parseImage } from '../../../docker/images.ts';
import { DockerRefusal } from '../../../docker/refusal.ts';
import { EngineError } from '../engine/engine-error.ts';

/** A name of an image in its parts. @throws EngineError in docker's words when it is none */
export function demandReference(text: string): ImageReference {
  try {
    return parseImage(text);
  } catch (error) {
    if (error instanceof DockerRefusal) throw new EngineError(400, error.message);
    throw error;
  }
}

/** A full name as docker shows it: without what goes without saying. */
export function familiarName(full: string): string {
  return full.replace(/^docker\.io\/(library\/(?=[^/]*$))?/, '');
}

/** The repository of a full name: without tag and digest. */
export function repositoryOf(full: string): string {
  const named = full.replace(/@.*$/, '');
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
}

/** The tag of a full name; empty for one with a digest. */
export function tagOf(full: string): string {
  if (full.includes('@')) return '';
  return full.slice(repositoryOf(full).length + 1);
}

/** The first digits of a digest, as docker shows it. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}
