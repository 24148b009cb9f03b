import { type ImageReference, parseImage } from '../../../../docker/images.ts';
import { unlessRefused } from '../../../../docker/refusal.ts';
import { fullName, readReference } from '../../../images/registry.ts';
import type { Image } from '../../../runtime/container-runtime.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { BaseImage } from '../plan/make-plan.ts';
import type { BuildRequest } from './build-request.ts';
import { knownImage } from './step-cache.ts';

/** What came of asking for an image. */
export type ResolvedBase = {
  /** Its full name, such as `docker.io/library/nginx:1.28`. */
  readonly name: string;
} & (
  | {
      readonly base: BaseImage;
      /** Whether the engine has its files already. */
      readonly isHere: boolean;
      /** How long it takes to ask, and how long its files take. */
      readonly askMs: number;
      readonly fetchMs: number;
    }
  | { readonly failure: string; readonly askMs: number }
);

const askMs = 400;

/** Says why a name of an image is none; undefined when it is one. */
export function wrongName(text: string): string | undefined {
  const read = () => void parseImage(text);
  return unlessRefused(read, ({ message }) => message) ?? undefined;
}

/** Asks for the image that a stage begins with: the engine first, then its registry. */
export function resolveBase(
  { store, runtime }: EngineParts,
  text: string,
  { options, credentials }: BuildRequest,
): ResolvedBase {
  const reference = readReference(text);
  const name = reference ? fullName(reference) : text;
  const local = options.pull
    ? undefined
    : (runtime.findImage(laptopHost, name)?.image ?? knownImage(store, name));
  if (local) return { name, base: baseOf(name, local), isHere: true, askMs: 20, fetchMs: 0 };
  const login = reference && credentials[reference.registry];
  const pull = runtime.resolvePull(laptopHost, text, login);
  if ('failure' in pull) {
    const isHub = reference?.registry === 'docker.io';
    const why =
      reference && pull.failure === 'denied' && !isHub
        ? `unexpected status from HEAD request to ${manifestAddress(reference)}: 401 Unauthorized`
        : pull.message.replace(/^.*failed to resolve image: /, '');
    return { name, failure: why, askMs: Math.max(askMs, pull.milliseconds) };
  }
  const isHere = [runtime.findImage(laptopHost, name)?.image, knownImage(store, name)].some(
    (known) => known?.digest === pull.image.digest,
  );
  const fetchMs = isHere ? 0 : Math.max(0, pull.milliseconds - askMs);
  return { name, base: baseOf(name, pull.image), isHere, askMs, fetchMs };
}

function manifestAddress({ registry, repository, tag, digest }: ImageReference): string {
  return `https://${registry}/v2/${repository}/manifests/${digest || tag || 'latest'}`;
}

function baseOf(name: string, image: Image): BaseImage {
  return { image, reference: name.includes('@') ? name : `${name}@${image.digest}` };
}
